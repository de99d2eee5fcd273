import type { FromSchema } from "json-schema-to-ts";
import type { Account } from "../../core/account.js";
import { defineEvaluator } from "../../core/evaluator.js";
import { aboutAccount } from "../../core/judgement.js";
import type { Judgement } from "../../core/judgement.js";
import type { Need } from "../../core/need.js";
import { notApplicable } from "../../core/verdict.js";
import { reachNeeds } from "../../reasoning/reach/alarm-needs.js";
import { alarmNeeds } from "../../reasoning/detection/chain-alarms.js";
import { feedNeeds } from "../../reasoning/detection/chain-feeds.js";
import { customEvents } from "../../reasoning/detection/demanded-events-custom.js";
import { glacierClassNeeds } from "../../reasoning/capture/glacier-classes.js";
import { ownBucketNeeds } from "../../reasoning/capture/glacier-buckets.js";
import { judgeCustom } from "../../reasoning/routing/judge-custom.js";
import { judgeGlacier } from "../../reasoning/routing/judge-glacier.js";
import { judgeMediapackage } from "../../reasoning/routing/judge-mediapackage.js";
import { judgeRestores } from "../../reasoning/routing/judge-restores.js";
import { routingVerdict } from "../../reasoning/routing/verdict.js";
import { customServiceEvents } from "../../reasoning/routing/custom.js";
import { healthEvents, trustedAdvisorEvents } from "../../reasoning/routing/events.js";
import { mediapackageEventNeeds } from "../../reasoning/routing/mediapackage.js";
import { serviceParts } from "../../reasoning/routing/routing.js";
import { leaderRegion } from "../../shared/aws/partitions.js";

const sets = ["mediapackage", "glacier", "s3-restore", "trusted-advisor", "health"] as const;

const options = {
  type: "object",
  additionalProperties: false,
  anyOf: [{ required: ["events"] }, { required: ["service-events"] }, { required: ["calls"] }],
  properties: {
    events: { enum: sets, description: "A set of events that ships." },
    "service-events": customServiceEvents,
    calls: {
      ...customEvents,
      description: "API calls, which come to EventBridge where a trail records them.",
    },
    reads: { type: "boolean", description: "With glacier: calls that read, too. Default: false." },
    regions: {
      type: "array",
      minItems: 1,
      uniqueItems: true,
      items: { type: "string", minLength: 1 },
      description: "Only these regions, of those looked at. Default: all.",
    },
    indirect: {
      enum: ["unknown", "yes", "no"],
      description: "Whether functions, queues and streams count as somebody. Default: unknown.",
    },
  },
} as const;

type Options = FromSchema<typeof options>;

/** Whether an enabled rule on the default bus, or several together, bring every demanded event to somebody. */
export const eventRuleRoutes = defineEvaluator<Options>({
  id: "event-rule-routes",
  summary: "EventBridge rules bring demanded events of services to somebody",
  options,
  needs: (chosen) => [...reachNeeds, ...busNeeds, ...needsOf(chosen)],
  evaluate: (account, chosen) => {
    const regions = account.regions.filter((region) => chosen.regions?.includes(region) ?? true);
    const asked = {
      account,
      regions,
      options: chosen.indirect === undefined ? {} : { indirect: chosen.indirect },
    };
    if (chosen.events === "mediapackage") return judgeMediapackage(asked);
    if (chosen.events === "glacier") return judgeGlacier(asked, { reads: chosen.reads ?? false });
    if (chosen.events === "s3-restore") return judgeRestores(asked);
    if (chosen.events === "trusted-advisor") return [judgeTrustedAdvisor(account, asked.options)];
    return judgeCustom(asked, {
      service: chosen["service-events"] ?? [],
      calls: chosen.calls ?? [],
      more: chosen.events === "health" ? healthEvents : undefined,
    });
  },
});

const busNeeds: readonly Need[] = [
  { type: "AWS::Events::Rule", properties: ["ScheduleExpression", "ManagedBy"] },
];

function needsOf({ events, calls }: Options): readonly Need[] {
  const byCalls = calls === undefined && events !== "glacier" ? [] : [...feedNeeds, ...alarmNeeds];
  if (events === "mediapackage") return mediapackageEventNeeds;
  if (events === "glacier") return [...byCalls, { type: "AWS::Glacier::Vault", properties: ["VaultName"] }];
  if (events === "s3-restore")
    return [
      ...ownBucketNeeds,
      ...glacierClassNeeds,
      { type: "AWS::S3::Bucket", properties: ["NotificationConfiguration"] },
    ];
  return byCalls;
}

function judgeTrustedAdvisor(
  account: Account,
  options: { readonly indirect?: "unknown" | "yes" | "no" },
): Judgement {
  const region = leaderRegion(account.partition);
  if (!account.regions.includes(region))
    return aboutAccount(
      account,
      notApplicable(`Trusted Advisor sends its events to ${region}, which this run does not look at`),
    );
  const parts = serviceParts(
    account,
    trustedAdvisorEvents({ account: account.id, partition: account.partition, region }),
    options,
  );
  return aboutAccount(account, routingVerdict(account, parts));
}
