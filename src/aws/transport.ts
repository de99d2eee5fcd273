import type { JsonObject } from "../core/json.js";

/** One request to AWS, as data. */
export type ApiCall = {
  /** A key of `services`. */
  readonly service: string;
  readonly region: string;
  /** As in the API: "DescribeTrails". */
  readonly operation: string;
  readonly input: JsonObject;
  /** Local names that the root element of the answer's XML document can have; default: what the service sends is no such document, or its members show more. */
  readonly roots?: readonly string[];
};

/** `onHost` is told the host and port before a request leaves for it; when it throws, nothing is sent. */
export type SendOptions = { readonly signal: AbortSignal; readonly onHost: (host: string) => void };

/**
 * The way to AWS: sends one request once, without retries, and rejects with whatever the SDK or the network said. It
 * rejects, too, where a success is an error's document or has another root than `roots`, and where a failure names no error.
 */
export type Transport = {
  /** Finds the credentials that all requests share; says whose they are, where they tell. */
  authenticate(): Promise<{ readonly accountId?: string }>;
  /** The region of the SDK's own configuration; undefined where none is set. */
  configuredRegion(): Promise<string | undefined>;
  send(call: ApiCall, options: SendOptions): Promise<unknown>;
  /** Ends the connections that are kept open. */
  close?(): void;
};
