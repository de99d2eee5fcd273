import type { Account } from "../../core/account.js";
import type { Resource } from "../../core/resource.js";
import type { Population } from "../firing/demand.js";

/** How many resources like this one publish such a series in its region, told apart by these dimensions. */
export function populationOf(
  account: Account,
  { type, region }: Resource,
  names: readonly string[],
): Population {
  const { resources, blind } = account.list(type);
  const isWhole = !blind.some((place) => place.region === region || place.region === "global");
  return isWhole ? { names, size: resources.filter((one) => one.region === region).length } : { names };
}
