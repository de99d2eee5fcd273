import type { Account } from "../core/account.js";
import type { Resource } from "../core/resource.js";
import type { Evidence } from "../core/verdict.js";
import { readProperty } from "../shared/read-property.js";

/** The observed values of some properties of a resource, and where they were read. What was not read is left out. */
export function evidenceOf(
  account: Account,
  resource: Resource,
  properties: readonly string[],
): readonly Evidence[] {
  return [...new Set(properties)].flatMap((property) => {
    const reading = readProperty(resource, property);
    if (reading.kind !== "set" && reading.kind !== "absent") return [];
    const origin = account.origin(resource.type, property);
    const path = `${resource.arn ?? `${resource.type}/${resource.id}`}/${property}`;
    return [
      {
        path,
        value: reading.kind === "set" ? reading.value : null,
        ...(origin === undefined ? {} : { from: `${origin} ${resource.region}` }),
      },
    ];
  });
}
