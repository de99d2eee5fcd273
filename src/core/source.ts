import type { Need } from "./need.js";
import type { Resource, Unreadable } from "./resource.js";
import type { AccountIdentity, Snapshot } from "./snapshot.js";

/** What to read: the needs of all rules in the run, and where. */
export type ReadRequest = {
  readonly needs: readonly Need[];
  /** Only these regions are looked at; default: every region enabled for the account. */
  readonly regions?: readonly string[];
  /** Regions not to look at. */
  readonly exclude?: readonly string[];
  readonly signal?: AbortSignal;
  /** Resources that the account will be judged with and does not hold yet, once it is known whose it is: what they refer to is read, too. */
  readonly beside?: (whose: Whose) => Promise<readonly Resource[]>;
};

/** Whose account is read, and where. */
export type Whose = { readonly account: AccountIdentity; readonly regions: readonly string[] };

/** Where state comes from: the live account, a recorded snapshot, … One source is one account. */
export type Source = {
  /** "live", "recorded", … as in the report. */
  readonly kind: string;
  read(request: ReadRequest): Promise<Snapshot>;
};

/**
 * The account cannot be read at all, and a person can mend it: no credentials, expired ones, a role that refuses, a
 * snapshot that is not one. `message` says how. Ends a run with exit code 2.
 */
export class SourceError extends Error {
  override readonly name = "SourceError";
  /** `because`: what failed, as in a gap, where that is known. */
  constructor(
    message: string,
    readonly because?: Unreadable,
  ) {
    super(message);
  }
}
