import type { Account } from "../../core/account.js";
import type { Need } from "../../core/need.js";
import type { JsonObject } from "../../core/json.js";
import type { Question } from "../../languages/partial-record/search.js";
import { within } from "../../languages/partial-record/search.js";
import { parseArn } from "../../shared/aws/arn.js";
import { doubtful, everyClaim, holding, refuted } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { claimOf } from "../../shared/read-claim.js";
import { rememberByObject } from "../../shared/remember.js";
import { isObject, readBoolean, readText } from "../../shared/read-property.js";
import type { Resource } from "../../core/resource.js";
import { describeMiss } from "../capture/miss.js";
import type { Sink } from "../capture/sink.js";
import { sinksOf, sinkTypes } from "../capture/sinks.js";
import { trailProperties } from "../capture/trails.js";
import { captureQuestion } from "./chain-capture.js";
import { allQuestions, isNone } from "./chain-question.js";
import type { ChainLink } from "./chain.js";
import { globalSources } from "./demanded-events.js";
import { ageOf, destinationsOf, FRESH, noError } from "../capture/delivery.js";
import { evidenceOf } from "../evidence.js";

/** A log group as a trail's ARN names it. */
type NamedGroup = {
  readonly arn: string;
  readonly name: string;
  readonly region: string;
  readonly account: string;
};

/** A trail, or a list in which one could hide, and where it sends its events. */
export type Feed = {
  readonly sink: Sink;
  /** What it records. */
  readonly trail: ChainLink;
  /** undefined: it sends to no log group, or nobody knows to which. */
  readonly group?: NamedGroup;
  readonly delivery: ChainLink;
};

const TRAIL = sinkTypes.trail;
const deliveryOf = [
  "CloudWatchLogsLogGroupArn",
  "LatestCloudWatchLogsDeliveryTime",
  "LatestCloudWatchLogsDeliveryError",
] as const;

/** What must be read to know which log groups trails feed. */
export const feedNeeds: readonly Need[] = [
  { type: TRAIL, properties: [...trailProperties, "IncludeGlobalServiceEvents", ...deliveryOf] },
  {
    type: "AWS::Logs::LogGroup",
    properties: ["Exists"],
    only: { referencedBy: TRAIL, path: "CloudWatchLogsLogGroupArn" },
  },
];

/** Every trail of an account as a feed, and every list in which one could hide. */
export function feedsOf(account: Account): readonly Feed[] {
  const sinks = sinksOf(account).filter(({ kind, blind }) => kind === "trail" || blind?.type === TRAIL);
  return sinks.map((sink) => {
    const group = groupOf(sink);
    return {
      sink,
      trail: trailLink(account, sink),
      ...(group === undefined ? {} : { group }),
      delivery: deliveryLink(account, sink, group),
    };
  });
}

/** What a trail lets pass of the events that are recorded in the regions that it covers. */
function trailLink(account: Account, sink: Sink): ChainLink {
  const { resource } = sink;
  return {
    name: "trail",
    ref: sink.ref,
    id: sink.id,
    claim: sink.running,
    passes: recordedBy(sink),
    stops: ({ detail }) => describeStop(sink, isObject(detail) ? detail : {}),
    evidence: () =>
      resource === undefined
        ? []
        : evidenceOf(account, resource, [
            "IsLogging",
            "IsMultiRegionTrail",
            "EventSelectors",
            "AdvancedEventSelectors",
          ]),
  };
}

function describeStop(sink: Sink, record: JsonObject): string {
  const { eventSource } = record;
  if (leavesOutGlobal(sink) && typeof eventSource === "string" && globalSources.has(eventSource))
    return "leaves out global services";
  return describeMiss(sink.selectors, selectableEvent(record));
}

/** A record as selectors see it, for words. */
function selectableEvent(record: JsonObject): Parameters<typeof describeMiss>[1] {
  const text = (name: string): string | undefined =>
    typeof record[name] === "string" ? record[name] : undefined;
  const { readOnly, userIdentity } = record;
  const arn = isObject(userIdentity) ? userIdentity["arn"] : undefined;
  const [eventSource, errorCode] = [text("eventSource"), text("errorCode")];
  return {
    eventCategory: "Management",
    eventType: text("eventType") ?? "AwsApiCall",
    eventName: text("eventName") ?? "",
    ...(eventSource === undefined ? {} : { eventSource }),
    ...(errorCode === undefined ? {} : { errorCode }),
    ...(typeof readOnly === "boolean" ? { readOnly } : {}),
    ...(typeof arn === "string" ? { userIdentityArn: arn } : {}),
    ...(text("sessionCredentialFromConsole") === "true" ? { sessionCredentialFromConsole: true } : {}),
  };
}

function groupOf({ resource }: Sink): NamedGroup | undefined {
  const reading = resource === undefined ? undefined : readText(resource, "CloudWatchLogsLogGroupArn");
  if (reading?.kind !== "set") return undefined;
  const arn = reading.value.replace(/:\*$/u, "");
  const parsed = parseArn(arn);
  const name = /^log-group:(.+)$/u.exec(parsed?.resource ?? "")?.[1];
  return parsed === undefined || name === undefined
    ? undefined
    : { arn, name, region: parsed.region, account: parsed.account };
}

function deliveryLink(
  account: Account,
  { resource, blind, running }: Sink,
  group: NamedGroup | undefined,
): ChainLink {
  const shared = {
    name: "log group",
    ref: group?.arn ?? resource?.arn ?? blind?.region ?? "",
    id: group?.name ?? "log group",
  } as const;
  if (resource === undefined) return { ...shared, claim: running, evidence: () => [] };
  return {
    ...shared,
    claim: deliveryClaim(account, resource, group),
    evidence: () => evidenceOf(account, resource, deliveryOf),
  };
}

function deliveryClaim(account: Account, trail: Resource, group: NamedGroup | undefined): Claim {
  const reading = readText(trail, "CloudWatchLogsLogGroupArn");
  if (reading.kind === "absent") return refuted(`trail ${trail.id} sends to no log group`);
  if (reading.kind !== "set")
    return claimOf(reading, `CloudWatchLogsLogGroupArn of trail ${trail.id}`, () => holding);
  if (group === undefined)
    return doubtful(
      "undecidable",
      `trail ${trail.id} names the log group ${reading.value}, which is not understood`,
    );
  if (group.account !== account.id)
    return doubtful(
      "unreadable",
      `log group ${group.arn} is in account ${group.account} and cannot be seen from here`,
    );
  const arriving =
    destinationsOf(trail, account).find(({ kind }) => kind === "cloudwatch-logs")?.claim ?? holding;
  return about(trail, everyClaim([arriving, current(trail, account)]));
}

// Both get the same events within minutes: an hour between them is no delay.
const LAG = 3_600_000;

// An old delivery proves nothing where nobody did anything since; that S3 had something to deliver since does.
function current(trail: Resource, account: Account): Claim {
  const age = ageOf(trail, "LatestCloudWatchLogsDeliveryTime", account);
  if (age === undefined || age <= FRESH) return holding;
  const silence = `has delivered nothing to CloudWatch Logs for ${Math.floor(age / 3_600_000).toString()} hours`;
  const stored = ageOf(trail, "LatestDeliveryTime", account);
  if (stored !== undefined && age - stored > LAG) return refuted(silence);
  const isComparable = stored !== undefined && noError(trail, "S3", "LatestDeliveryError").is === "yes";
  return isComparable
    ? holding
    : doubtful("undecidable", `${silence}, and S3 does not tell whether there was anything to deliver`);
}

function about(trail: Resource, claim: Claim): Claim {
  return claim.is === "yes" ? claim : { ...claim, because: `trail ${trail.id}: ${claim.because}` };
}

/** What a trail records, as a question about the event that EventBridge gets. */
export const recordedBy: (sink: Sink) => Question = rememberByObject((sink) => {
  const capture = captureQuestion(sink);
  return within(
    "detail",
    leavesOutGlobal(sink) ? allQuestions([capture, isNone(["eventSource"], globalSources)]) : capture,
  );
});

function leavesOutGlobal({ resource }: Sink): boolean {
  const flag = resource === undefined ? undefined : readBoolean(resource, "IncludeGlobalServiceEvents");
  return flag?.kind === "set" && !flag.value;
}
