import type { Operation } from "../core/collector.js";
import { iamAction } from "../aws/services.js";
import type { Reference } from "../core/need.js";
import { sortedUnique } from "../shared/order.js";
import { leaderRegion, partitionOf } from "../shared/aws/partitions.js";
import { nameOf } from "./collected.js";
import { listRegions } from "./enabled-regions.js";
import { getCallerIdentity } from "./identify.js";
import { foundAt, isListed, readsFor, regionsToAsk } from "./plan.js";
import type { Demand, Plan, TypePlan } from "./plan.js";

/** How often a call is made. `regions` is absent where the account's enabled regions are not known. A list takes one request a page. */
export type Often =
  | { readonly kind: "once"; readonly region?: string }
  | { readonly kind: "each-region"; readonly regions?: readonly string[] }
  /** In regions that have a resource of one of these types. */
  | { readonly kind: "each-region-with"; readonly of: readonly string[] }
  /** `only`: not all resources of the type, but those that these references name. */
  | { readonly kind: "each-resource"; readonly of: string; readonly only?: readonly Reference[] };

/** A call that a run would make. */
export type PlannedCall = {
  /** Such as "cloudtrail:DescribeTrails". */
  readonly operation: string;
  /** The IAM actions to allow; none where AWS asks for none. */
  readonly actions: readonly string[];
  /** The type that it reads; absent for questions about the account itself. */
  readonly type?: string;
  readonly often: Often;
  /** The properties that it answers. */
  readonly properties: readonly string[];
};

/** The calls that a run of this plan would make. `regions`: those looked at, where they are known. */
export function plannedCalls(plan: Plan, regions?: readonly string[]): readonly PlannedCall[] {
  const about = (operation: Operation): PlannedCall => ({
    operation: nameOf(operation),
    actions: actionsOf(operation),
    often: { kind: "once" },
    properties: [],
  });
  const beginning = [about(getCallerIdentity), ...(regions === undefined ? [about(listRegions)] : [])];
  return [
    ...beginning,
    ...[...plan.types].flatMap(([type, typePlan]) => [
      ...listing(type, typePlan, regions),
      ...locating(type, typePlan),
      ...reading(type, typePlan, regions),
    ]),
  ];
}

/** The IAM actions that these calls need, sorted. */
export function plannedActions(calls: readonly PlannedCall[]): readonly string[] {
  return sortedUnique(calls.flatMap(({ actions }) => actions));
}

function listing(
  type: string,
  plan: TypePlan,
  regions: readonly string[] | undefined,
): readonly PlannedCall[] {
  const { list } = plan.collector;
  if (list === undefined || !isListed(plan)) return [];
  return [
    {
      operation: nameOf(list.operation),
      actions: actionsOf(list.operation),
      type,
      often: listedHowOften(plan, regions),
      properties: list.properties,
    },
  ];
}

function listedHowOften(plan: TypePlan, regions: readonly string[] | undefined): Often {
  const at = foundAt(plan.collector);
  if (typeof at === "object")
    return "each" in at ? { kind: "each-resource", of: at.each } : { kind: "each-region-with", of: at.where };
  const [first] = regions ?? [];
  if (at === "leader")
    return { kind: "once", ...(first === undefined ? {} : { region: leaderRegion(partitionOf(first)) }) };
  const isBound = plan.demands.every(({ regions: own, only }) => own !== undefined || only !== undefined);
  if (regions === undefined && !isBound) return { kind: "each-region" };
  return { kind: "each-region", regions: regionsToAsk(plan, regions ?? []) };
}

function locating(type: string, { collector, demands }: TypePlan): readonly PlannedCall[] {
  const { locate } = collector;
  const only = demands.flatMap((demand) => demand.only ?? []);
  if (locate === undefined) return [];
  return [
    {
      operation: nameOf(locate.operation),
      actions: actionsOf(locate.operation),
      type,
      often: eachResource(type, demands, only),
      properties: [],
    },
  ];
}

function reading(
  type: string,
  plan: TypePlan,
  regions: readonly string[] | undefined,
): readonly PlannedCall[] {
  const { collector, demands } = plan;
  return collector.reads.flatMap((read) => {
    const by = demands.filter(({ properties, only }) =>
      readsFor(collector, properties, only === undefined).includes(read),
    );
    if (by.length === 0) return [];
    const only = by.flatMap((demand) => demand.only ?? []);
    const often =
      collector.single === undefined ? eachResource(type, by, only) : listedHowOften(plan, regions);
    return [
      {
        operation: nameOf(read.operation),
        actions: actionsOf(read.operation),
        type,
        often,
        properties: read.properties,
      },
    ];
  });
}

function eachResource(of: string, by: readonly Demand[], only: readonly Reference[]): Often {
  return { kind: "each-resource", of, ...(only.length === by.length ? { only } : {}) };
}

/** The IAM actions that allow an operation. */
export function actionsOf({ service, name, actions }: Operation): readonly string[] {
  return actions ?? [iamAction(service, name)];
}
