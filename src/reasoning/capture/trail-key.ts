import type { Account } from "../../core/account.js";
import { EXISTS } from "../../core/resource.js";
import type { Resource } from "../../core/resource.js";
import { doubtful, everyClaim, holding, refuted } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { claimOf, isKnownGone } from "../../shared/read-claim.js";
import { readText } from "../../shared/read-property.js";
import { findKey } from "../admits/key.js";

/** What is known of the key that encrypts a log: whether it can be used, and whether it is a customer's. */
export type TrailKey = { readonly key?: Resource; readonly usable: Claim; readonly customers: Claim };

/** The properties of a key that `trailKey` reads. */
export const trailKeyProperties = [EXISTS, "KeyState", "KeyManager"] as const;

/** The key that a trail or an event data store names, by id, ARN or alias. */
export function trailKey(account: Account, reference: string, by: Resource): TrailKey {
  const managed = isAwsAlias(reference) ? refuted(`its key ${reference} is managed by AWS`) : undefined;
  const key = findKey(account, reference, by);
  if (key === undefined) {
    const doubt = doubtful("not-collected", `its KMS key ${reference} is not in this snapshot`);
    return { usable: doubt, customers: managed ?? doubt };
  }
  if (isKnownGone(key)) {
    const gone = refuted(`its KMS key ${key.id} does not exist`);
    return { key, usable: gone, customers: gone };
  }
  return { key, usable: isUsable(key), customers: managed ?? isCustomers(key) };
}

// Every alias that begins with aws/ is AWS's own: nobody else can make one.
function isAwsAlias(reference: string): boolean {
  return /(?:^|:)alias\/aws\//u.test(reference);
}

function isCustomers(key: Resource): Claim {
  return claimOf(readText(key, "KeyManager"), `KeyManager of ${key.id}`, (manager) => {
    if (manager === "CUSTOMER") return holding;
    return manager === undefined
      ? doubtful("undecidable", `who manages its KMS key ${key.id} is not reported`)
      : refuted(`its KMS key ${key.id} is managed by ${manager}`);
  });
}

function isUsable(key: Resource): Claim {
  return claimOf(readText(key, "KeyState"), `KeyState of ${key.id}`, (state) => {
    if (state === undefined)
      return doubtful("undecidable", `the state of its KMS key ${key.id} is not reported`);
    return usable.includes(state)
      ? holding
      : refuted(`its KMS key ${key.id} is ${stateWords[state] ?? state}`);
  });
}

const usable: readonly string[] = ["Enabled", "Updating"];
const stateWords: Readonly<Record<string, string>> = {
  Disabled: "disabled",
  PendingDeletion: "pending deletion",
  PendingImport: "pending import",
  PendingReplicaDeletion: "pending deletion",
  Unavailable: "unavailable",
};

/** Whether a trail or an event data store encrypts with a customer's key, and the key can be used. */
export function customerKeyClaim(account: Account, resource: Resource, property: string): Claim {
  return claimOf(readText(resource, property), property, (reference) => {
    if (reference === undefined) return refuted("is not encrypted with a KMS key of its own");
    const { customers, usable: isUsableKey } = trailKey(account, reference, resource);
    return everyClaim([customers, isUsableKey]);
  });
}
