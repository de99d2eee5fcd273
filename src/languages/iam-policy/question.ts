import { anyOf, opposite } from "../../shared/truth.js";
import type { Truth } from "../../shared/truth.js";

/**
 * Who asks.
 *
 * - `service`: an AWS service by its principal, such as cloudwatch.amazonaws.com.
 * - `account`: an account as its owner.
 * - `anyone`: somebody nobody named: the S3 User Guide's "public". Principals and condition values that are fixed do not fit.
 * - `outsider`: somebody whose account is not among `accounts` and whose organization is not `organization`.
 */
export type Asker =
  | { readonly kind: "service"; readonly service: string }
  | { readonly kind: "account"; readonly account: string }
  | { readonly kind: "anyone" }
  | { readonly kind: "outsider"; readonly home: Home };

/** Whose people are not outsiders. Where the organization is not known, a grant to an organization is undecided. */
export type Home = { readonly accounts: readonly string[]; readonly organization?: string };

/** What the request carries, by condition key in any case: its values, or null where it does not carry the key. A key that is missing here is unknown. */
export type RequestContext = { readonly [key: string]: readonly string[] | null };

/**
 * Whether a test can be met and must be met, over all requests that the asker can make. Both are equal where the
 * request is known; they part where the asker chooses, as an outsider chooses a referrer.
 */
export type Span = { readonly can: Truth; readonly must: Truth };

/** A test that every request of the asker answers alike. */
export function fixed(answer: Truth): Span {
  return { can: answer, must: answer };
}

/** A test that the asker can meet or miss at will. */
export const chosen: Span = { can: "yes", must: "no" };

/** Whether one of the tests is met. */
export function anySpan(spans: readonly Span[]): Span {
  return { can: anyOf(spans.map(({ can }) => can)), must: anyOf(spans.map(({ must }) => must)) };
}

/** Whether the test is missed. */
export function oppositeSpan({ can, must }: Span): Span {
  return { can: opposite(must), must: opposite(can) };
}
