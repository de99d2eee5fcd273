import type { Finding, ReportGap } from "../../core/report.js";
import { groupBy } from "../group-by.js";
import { byKeys, sortedUnique } from "../order.js";
import { parseArn } from "../aws/arn.js";
import { isRefusal } from "./unreadable-text.js";

/** Gaps that have one reason in common and are mended in one way. */
export type Cause = {
  readonly reason: string;
  /** The operation that failed, an IAM action where it was refused; else the resource type that could not be read. */
  readonly what: string;
  /** The IAM action to grant; only where AWS refused. */
  readonly grant?: string;
  /** The account whose resource's own policy must allow it too, where it is another's. */
  readonly owner?: string;
  readonly regions: readonly string[];
};

/** Findings that could not be judged for the same causes. */
export type CauseGroup = { readonly causes: readonly Cause[]; readonly findings: readonly Finding[] };

/** The causes behind gaps, sorted. */
export function causesOf(gaps: Iterable<ReportGap>): readonly Cause[] {
  return [...groupBy(gaps, causeKey).values()].flatMap(asCause).sort(
    byKeys(
      ({ what }) => what,
      ({ reason }) => reason,
    ),
  );
}

/** "cloudtrail:GetEventSelectors was refused in us-east-1". */
export function causeText({ reason, what, grant, regions }: Cause): string {
  const where = placesText(regions);
  if (reason === "OtherAccount") return `${what}${where} is left to the account that owns it`;
  const happened = grant === undefined ? (happenings[reason] ?? `failed (${reason})`) : "was refused";
  return `${what} ${happened}${where}`;
}

/** The same with AWS's name for the reason, which stands once: "cloudtrail:GetEventSelectors was refused in us-east-1 (AccessDenied)". */
export function causeAndReason(cause: Cause): string {
  const { grant, reason } = cause;
  const isNamed = grant === undefined && reason !== "OtherAccount" && happenings[reason] === undefined;
  return isNamed ? causeText(cause) : `${causeText(cause)} (${reason})`;
}

// "global" and "unknown" are no places where one could look.
function placesText(regions: readonly string[]): string {
  const places = regions.filter((region) => region !== "global" && region !== "unknown");
  if (places.length === 0) return "";
  return ` in ${places.length > mostRegions ? `${places.length} regions` : places.join(", ")}`;
}

/** The gaps that a finding names: those of its subject, of a candidate that stays open, and of what its evidence was read from. */
export function gapsNamed(finding: Finding, gaps: readonly ReportGap[]): readonly ReportGap[] {
  return [...new Set(namedGaps(finding, indexGaps(gaps)))];
}

/** Unreadable findings of one account, grouped by the gaps they name; where a finding names none, every gap may be behind it. */
export function groupByCause(
  findings: readonly Finding[],
  gaps: readonly ReportGap[],
): readonly CauseGroup[] {
  const index = indexGaps(gaps);
  const groups = new Map<string, { readonly gaps: Set<ReportGap>; readonly findings: Finding[] }>();
  for (const finding of findings) {
    const named = namedGaps(finding, index);
    const key = sortedUnique(named.map(causeKey)).join("\n");
    const group = groups.get(key) ?? { gaps: new Set(named.length === 0 ? gaps : []), findings: [] };
    for (const gap of named) group.gaps.add(gap);
    group.findings.push(finding);
    groups.set(key, group);
  }
  return [...groups.values()].map((group) => ({ causes: causesOf(group.gaps), findings: group.findings }));
}

const mostRegions = 5;
const happenings: Readonly<Record<string, string>> = {
  Throttled: "was throttled",
  TimedOut: "timed out",
  Unreachable: "could not be reached",
};

function asCause(gaps: readonly ReportGap[]): readonly Cause[] {
  const [first] = gaps;
  if (first === undefined) return [];
  const { reason, action, type } = first;
  const grant = action !== undefined && isRefusal(reason) ? { grant: action } : {};
  const [owner, ...others] = new Set(gaps.map(foreignOwner));
  return [
    {
      reason,
      what: action ?? `reading ${type}`,
      ...grant,
      ...(owner === undefined || others.length > 0 ? {} : { owner }),
      regions: sortedUnique(gaps.map(({ region }) => region)),
    },
  ];
}

function foreignOwner({ account, resource = "" }: ReportGap): string | undefined {
  const owner = parseArn(resource)?.account ?? "";
  return /^\d{12}$/u.test(owner) && owner !== account ? owner : undefined;
}

function causeKey({ reason, action, type }: ReportGap): string {
  return JSON.stringify([action ?? type, reason]);
}

// Evidence says where it was read ("cloudtrail:GetTrailStatus eu-west-1"), a gap of one property says of which resource.
function indexGaps(gaps: readonly ReportGap[]): ReadonlyMap<string, readonly ReportGap[]> {
  const resources = groupBy(
    gaps.filter(({ resource }) => resource !== undefined),
    ({ resource }) => resource ?? "",
  );
  const operations = groupBy(
    gaps.filter(({ action }) => action !== undefined),
    ({ action, region }) => `${action ?? ""} ${region}`,
  );
  return new Map([...resources, ...operations]);
}

function namedGaps(
  { subject, candidates = [], evidence = [] }: Finding,
  index: ReadonlyMap<string, readonly ReportGap[]>,
): readonly ReportGap[] {
  const open = candidates.filter(({ status }) => status === "unknown").map(({ ref }) => ref);
  const names = [subject.id, subject.arn ?? "", ...open, ...evidence.map(({ from }) => from ?? "")];
  return names.flatMap((name) => index.get(name) ?? []);
}
