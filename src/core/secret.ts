import type { Unreadable } from "./resource.js";

/** A secret, by its name or ARN, and where it is asked for. */
export type SecretRequest = { readonly id: string; readonly region: string; readonly signal?: AbortSignal };

/** A secret's text, or why it could not be read. The reason holds nothing of the text. */
export type SecretAnswer =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly because: Unreadable };

/** Reads a secret of the account that is looked at. What it yields is never printed, stored or put into an error. */
export type ReadSecret = (request: SecretRequest) => Promise<SecretAnswer>;
