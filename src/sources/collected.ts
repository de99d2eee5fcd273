import type { Operation } from "../core/collector.js";
import { EXISTS, SEEN_IN } from "../core/resource.js";
import type { Collected } from "../core/snapshot.js";
import { answers, foundAt, isListed, readsFor, regionsInScope } from "./plan.js";
import type { Plan, TypePlan } from "./plan.js";

/** What a run of this plan asked of one type, and which operation answers each property. */
export function collectedOf(type: string, plan: Plan, lookedAt: readonly string[]): Collected {
  const typePlan = plan.types.get(type);
  if (typePlan === undefined) return { listed: [], properties: {} };
  return { listed: listedOf(typePlan, plan, lookedAt), properties: propertiesOf(typePlan) };
}

// A region in which the service is not offered counts as listed: there is nothing, and that is known.
function listedOf(typePlan: TypePlan, plan: Plan, lookedAt: readonly string[]): Collected["listed"] {
  if (!isListed(typePlan)) return [];
  const at = foundAt(typePlan.collector);
  if (at === "leader") return "account";
  const isAccountWide =
    typeof at === "object" &&
    "each" in at &&
    plan.types.has(at.each) &&
    collectedOf(at.each, plan, lookedAt).listed === "account";
  return isAccountWide ? "account" : regionsInScope(typePlan, lookedAt);
}

function propertiesOf(typePlan: TypePlan): Collected["properties"] {
  const { collector, demands } = typePlan;
  const wasListed = isListed(typePlan);
  const list = wasListed ? collector.list : undefined;
  const reads = collector.reads.filter((read) =>
    demands.some(({ properties, only }) =>
      readsFor(collector, properties, only === undefined && wasListed).includes(read),
    ),
  );
  const isAskedWhetherThere = demands.some((demand) => demand.properties.includes(EXISTS));
  const existence = isAskedWhetherThere ? (reads.find((read) => answers(read, EXISTS)) ?? list) : undefined;
  return {
    ...origins([EXISTS], existence),
    ...origins([SEEN_IN], list?.at === "each-region" ? list : undefined),
    ...[...reads].reverse().reduce((known, read) => ({ ...known, ...origins(read.properties, read) }), {}),
    ...origins(list?.properties ?? [], list),
  };
}

function origins(
  names: readonly string[],
  call: { readonly operation: Operation } | undefined,
): Collected["properties"] {
  return call === undefined ? {} : Object.fromEntries(names.map((name) => [name, nameOf(call.operation)]));
}

/** "cloudtrail:GetTrailStatus", as it stands in evidence and counts. */
export function nameOf({ service, name }: Operation): string {
  return `${service}:${name}`;
}
