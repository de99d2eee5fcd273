import type { ReportGap } from "../core/report.js";
import type { Resource, Unreadable } from "../core/resource.js";
import { IDENTITY_TYPE, REGIONS_TYPE } from "../core/snapshot.js";
import type { Gap, Snapshot } from "../core/snapshot.js";
import { byKeys } from "../shared/order.js";

/** What a run asked for: the needed types, and the regions that were judged. */
export type Asked = { readonly types: ReadonlySet<string>; readonly regions: readonly string[] };

/** What of that could not be read: refused lists, and refused properties grouped by cause. Sorted. */
export function listGaps(snapshot: Snapshot, { types, regions }: Asked): readonly ReportGap[] {
  const isBasic = (type: string): boolean => type === REGIONS_TYPE || type === IDENTITY_TYPE;
  const matters = (type: string): boolean => types.has(type) || isBasic(type);
  const isLookedAt = ({ type, region }: Gap): boolean =>
    region === "global" ||
    regions.includes(region) ||
    isBasic(type) ||
    snapshot.collected[type]?.listed === "account";
  const lists = snapshot.gaps.filter((gap) => matters(gap.type) && isLookedAt(gap)).map(withoutParent);
  const properties = snapshot.resources
    .filter(({ type }) => matters(type))
    .flatMap((resource) => refusals(resource, snapshot.account.id));
  return [...lists, ...grouped(properties)].sort(canonical);
}

const canonical = byKeys<ReportGap>(
  ({ account }) => account,
  ({ type }) => type,
  ({ region }) => region,
  ({ action }) => action ?? "",
  ({ resource }) => resource ?? "",
  ({ reason }) => reason,
);

function withoutParent({ parent, ...gap }: Gap): ReportGap {
  return parent === undefined ? gap : { ...gap, resource: parent };
}

function refusals(resource: Resource, account: string): readonly ReportGap[] {
  return Object.values(resource.unreadable ?? {}).map((because: Unreadable) => ({
    account,
    type: resource.type,
    region: because.region ?? resource.region,
    reason: because.reason,
    ...(because.action === undefined ? {} : { action: because.action }),
    ...(because.message === undefined ? {} : { message: because.message }),
    resource: resource.arn ?? resource.id,
  }));
}

// A refused action is one gap, however many resources it hides: the way out is the same. One resource alone is named.
function grouped(gaps: readonly ReportGap[]): readonly ReportGap[] {
  const groups = new Map<string, ReportGap>();
  for (const gap of gaps) {
    const key = JSON.stringify([gap.type, gap.region, gap.reason, gap.action]);
    const other = groups.get(key);
    if (other === undefined) groups.set(key, gap);
    else if (other.resource !== gap.resource) groups.set(key, withoutResource(other));
  }
  return [...groups.values()];
}

function withoutResource({ account, type, region, reason, action, message }: ReportGap): ReportGap {
  return {
    account,
    type,
    region,
    reason,
    ...(action === undefined ? {} : { action }),
    ...(message === undefined ? {} : { message }),
  };
}
