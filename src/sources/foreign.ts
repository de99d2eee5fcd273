import type { Identity } from "../core/collector.js";
import type { AccountIdentity } from "../core/snapshot.js";
import type { Entry } from "./entry.js";

/** Whether a resource is known to be another account's. */
export function isForeign({ account }: Identity, { id }: AccountIdentity): boolean {
  return id !== account && /^\d{12}$/u.test(id) && /^\d{12}$/u.test(account);
}

/** Why a resource of another account cannot be read where it is one of its own account that names it. */
export function foreign({ account }: Identity): NonNullable<Entry["lost"]> {
  return {
    kind: "failed",
    because: {
      reason: "OtherAccount",
      message: `a resource of account ${account} refers to it, and only that account can be asked`,
    },
  };
}
