import type { Account } from "../../core/account.js";
import { leaderRegion } from "../../shared/aws/partitions.js";
import { isServed } from "../../shared/aws/served-regions.js";
import { sortedUnique } from "../../shared/order.js";
import { cloudTrailEvents } from "./demanded-events-record.js";
import type { CloudTrailDemand } from "./demanded-events.js";
import type { EventDemand } from "./detection.js";

/** CloudTrail events with the regions in which they occur, of those given; without those that occur in none. */
export function eventDemands(
  demanded: readonly CloudTrailDemand[],
  account: Account,
  regions: readonly string[],
): readonly EventDemand[] {
  const placed = demanded.map((demand) => ({
    demand,
    regions: regions.filter((region) => occursIn(demand, account.partition, region)),
  }));
  return placed
    .filter((one) => one.regions.length > 0)
    .map(({ demand, regions: places }) => {
      const { eventType, readOnly, isGlobal, fields } = demand;
      const open = { eventType, readOnly, isGlobal, fields };
      const of = (part: Partial<CloudTrailDemand>, whole: CloudTrailDemand = demand): EventDemand =>
        demandOf({ ...whole, ...part }, account, places);
      return {
        ...of({}),
        smaller: (demand.eventNames ?? []).map((name) => of({ eventNames: [name] })),
        ...(demand.known === undefined ? {} : { beyond: of({}, open).events }),
        ...(demand.isAccessUnknown === true
          ? { worlds: demand.readOnly.map((value) => of({ readOnly: [value] })) }
          : {}),
      };
    });
}

function demandOf(demand: CloudTrailDemand, account: Account, regions: readonly string[]): EventDemand {
  const { id, partition } = account;
  return {
    regions,
    events: (some) => cloudTrailEvents(demand, { account: id, partition, regions: some }),
  };
}

function occursIn({ eventSource, isGlobal }: CloudTrailDemand, partition: string, region: string): boolean {
  if (isGlobal) return region === leaderRegion(partition);
  return eventSource === undefined || isServed(eventSource.replace(/\.amazonaws\.com$/u, ""), region);
}

/** Words in a pattern that show that its author meant the demand. */
export function marksOf(demanded: readonly CloudTrailDemand[]): readonly string[] {
  return sortedUnique(
    demanded.flatMap(({ eventNames = [], fields }) => [
      ...eventNames,
      ...("errorCode" in fields && eventNames.length === 0 ? ["AccessDenied", "UnauthorizedOperation"] : []),
      ...("userIdentity" in fields && eventNames.length === 0 ? ['"Root"'] : []),
    ]),
  );
}

/** The sources by which EventBridge rules look for the demand. */
export function sourcesOf(demanded: readonly CloudTrailDemand[]): readonly string[] {
  return sortedUnique(
    demanded.flatMap(({ eventSource }) =>
      eventSource === undefined
        ? []
        : [JSON.stringify(`aws.${eventSource.replace(/\.amazonaws\.com$/u, "")}`)],
    ),
  );
}
