import { lookup as lookUp } from "node:dns";
import type { LookupAddress } from "node:dns";
import { request as requestHttp } from "node:http";
import type { ClientRequest, IncomingMessage, RequestOptions } from "node:http";
import { request as requestHttps } from "node:https";
import { isIP } from "node:net";
import type { LookupFunction } from "node:net";
import { isPublicAddress } from "./public-address.js";
import type { Web, WebAnswer } from "./web.js";

/** How long an answer may take, all of it (milliseconds), and how large it may be (bytes). */
export type WebLimits = { readonly time: number; readonly size: number };

const usual: WebLimits = { time: 5_000, size: 1_048_576 };

/** Where names lead and which addresses may be asked; a test endpoint is asked in the place of every host. */
export type WebOptions = {
  readonly limits?: Partial<WebLimits>;
  readonly testEndpoint?: string;
  readonly resolve?: typeof lookUp;
};

/**
 * HTTPS by Node, to public addresses only. A name is resolved once, and the connection is made to the address that was
 * checked, so that a name that changes its mind (DNS rebinding) leads nowhere.
 */
export function nodeWeb({ limits, testEndpoint, resolve = lookUp }: WebOptions = {}): Web {
  const bounds = { ...usual, ...limits };
  const endpoint = testEndpoint === undefined ? undefined : new URL(testEndpoint);
  return (url, headers) => {
    if (endpoint === undefined && url.protocol !== "https:")
      return Promise.resolve(failed("not_allowed", "only HTTPS is asked"));
    const host = url.hostname.replace(/^\[|\]$/gu, "");
    if (endpoint === undefined && isIP(host) !== 0 && !isPublicAddress(host))
      return Promise.resolve(failed("not_allowed", `${host} is not a public address`));
    return ask(requestFor(url, headers, { endpoint, resolve }), bounds);
  };
}

type Manner = { readonly endpoint: URL | undefined; readonly resolve: typeof lookUp };

function requestFor(
  url: URL,
  headers: Readonly<Record<string, string>>,
  { endpoint, resolve }: Manner,
): () => ClientRequest {
  const common: RequestOptions = {
    method: "GET",
    path: `${url.pathname}${url.search}`,
    agent: false,
    headers: {
      ...headers,
      host: url.host,
      accept: "*/*",
      "accept-encoding": "identity",
      "user-agent": "watchproof",
    },
  };
  if (endpoint === undefined)
    return () =>
      requestHttps({
        ...common,
        hostname: url.hostname,
        port: 443,
        servername: url.hostname,
        lookup: publicLookup(resolve),
      });
  const to = { ...common, hostname: endpoint.hostname, port: endpoint.port };
  return () => (endpoint.protocol === "http:" ? requestHttp(to) : requestHttps(to));
}

/** Thrown into a connection whose name leads to an address that must not be asked. */
class AddressError extends Error {
  override readonly name = "AddressError";
}

function publicLookup(resolve: typeof lookUp): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) {
        callback(error, "");
        return;
      }
      const refused = addresses.find(({ address }) => !isPublicAddress(address));
      const [first] = addresses;
      if (first === undefined) {
        callback(new AddressError(`${hostname} has no address`), "");
        return;
      }
      if (refused !== undefined) {
        callback(
          new AddressError(`${hostname} leads to ${refused.address}, which is not a public address`),
          "",
        );
        return;
      }
      answerLookup(options.all === true, addresses, callback);
    });
  };
}

function answerLookup(
  all: boolean,
  addresses: readonly LookupAddress[],
  callback: Parameters<LookupFunction>[2],
): void {
  const [first] = addresses;
  if (all) callback(null, [...addresses]);
  else if (first !== undefined) callback(null, first.address, first.family);
}

function ask(open: () => ClientRequest, limits: WebLimits): Promise<WebAnswer> {
  return new Promise((settle) => {
    const request = open();
    const end = (answer: WebAnswer): void => {
      clearTimeout(timer);
      settle(answer);
      request.destroy();
    };
    // One clock for all of it: a server that sends a byte now and then is slow too.
    const timer = setTimeout(() => {
      end(failed("slow", `no whole answer within ${limits.time.toString()} ms`));
    }, limits.time);
    request.on("error", (error) => {
      end(failureOf(error));
    });
    request.on("response", (response) => {
      receive(response, limits.size, end);
    });
    request.end();
  });
}

function receive(response: IncomingMessage, most: number, end: (answer: WebAnswer) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  response.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size > most) end(failed("too_large", `more than ${most.toString()} bytes`));
    else chunks.push(chunk);
  });
  response.on("error", (error) => {
    end(failureOf(error));
  });
  response.on("end", () => {
    end({
      kind: "answer",
      status: response.statusCode ?? 0,
      headers: headersOf(response),
      body: Buffer.concat(chunks).toString("utf8"),
    });
  });
}

function headersOf({ headers }: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
  );
}

function failureOf(error: Error & { readonly code?: string }): WebAnswer {
  const { code = "" } = error;
  if (error instanceof AddressError) return failed("not_allowed", error.message);
  const isTls = /^(?:ERR_TLS|ERR_SSL|CERT_|UNABLE_TO|SELF_SIGNED|DEPTH_ZERO|EPROTO)/u.test(code);
  return failed(isTls ? "tls" : "unreachable", code === "" ? error.name : code);
}

function failed(
  reason: Extract<WebAnswer, { readonly kind: "failed" }>["reason"],
  message: string,
): WebAnswer {
  return { kind: "failed", reason, message };
}
