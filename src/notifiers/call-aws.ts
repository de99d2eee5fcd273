import type { ApiCall } from "../aws/transport.js";

/** What became of a request after every attempt; `reason` and `message` as they stand in gaps. */
export type Answer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly reason: string; readonly message: string };

/** Sends a request to AWS with patience. `account`: with whose credentials; undefined: those at hand. Never throws. */
export type CallAws = (call: ApiCall, account?: string) => Promise<Answer>;

/** A refused request in words, with what to grant where permission is missing. */
export function refusalText({ reason, message }: Extract<Answer, { ok: false }>, action: string): string {
  if (reason === "AccessDenied") return `AccessDenied; grant ${action}`;
  return message === "" || message === reason ? reason : `${reason}: ${message}`;
}
