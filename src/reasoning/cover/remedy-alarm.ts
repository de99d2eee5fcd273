import type { Account } from "../../core/account.js";
import type { Change } from "../../core/change.js";
import type { JsonObject } from "../../core/json.js";
import type { Resource } from "../../core/resource.js";
import type { Remediation } from "../../core/verdict.js";
import { readList } from "../../shared/read-property.js";
import { listed, plural } from "../../shared/text/words.js";
import { isDaily } from "../firing/demand.js";
import type { MetricDemand } from "../firing/demand.js";
import type { AlarmWorld } from "../reach/alarm-world.js";
import { reachingTopic } from "../reach/reaching-topic.js";
import { indexAlarms } from "./alarm-index.js";
import { judgeWatch } from "./person.js";
import { withAlarms, withResources } from "./remedy-alarm-state.js";
import { asCli, asCloudFormation, asTerraform } from "./remedy-alarm-text.js";
import type { Missing } from "./remedy-alarm-text.js";
import type { Watch, WatchOptions } from "./watch.js";

const TOPIC = "AWS::SNS::Topic";
const BUCKET = "AWS::S3::Bucket";
const METRICS = "MetricsConfigurations";

/** What is to be mended: metrics of one resource that nobody hears of, in one region. `metricsId`: request metrics that do not exist yet. */
export type Unwatched = {
  readonly subject: string;
  readonly watches: readonly Watch[];
  readonly options: WatchOptions;
  readonly metricsId?: string;
};

/** The alarms that are missing, in three forms; undefined where they are not proven to be enough. */
export function remedyFor(world: AlarmWorld, unwatched: Unwatched): Remediation | undefined {
  const missing = missingFor(world, unwatched);
  if (missing === undefined || !isProven(world, unwatched, missing)) return undefined;
  return {
    text: remedyText(missing, unwatched),
    cli: asCli(missing),
    cloudformation: asCloudFormation(missing),
    terraform: asTerraform(missing),
    changes: changesFor(world, missing),
  };
}

function changesFor({ account }: AlarmWorld, { region, alarms, topic, bucket }: Missing): readonly Change[] {
  return [
    ...(bucket === undefined ? [] : [metricsSwitched(account, { ...bucket, region })]),
    ...[...(topic === undefined ? [] : [topic, confirmed(topic)]), ...alarms].map(creation),
  ];
}

function metricsSwitched(
  account: Account,
  { name, metricsId, region }: { readonly name: string; readonly metricsId: string; readonly region: string },
): Change {
  const found = account.find(BUCKET, name);
  const known = found === undefined ? undefined : readList(found, METRICS);
  const others = known?.kind === "set" ? known.value : [];
  return {
    kind: "set",
    type: BUCKET,
    id: name,
    arn: found?.arn ?? `arn:${account.partition}:s3:::${name}`,
    region,
    properties: { [METRICS]: [...others, { Id: metricsId }] },
  };
}

function creation({ type, id, arn, region, properties, observed = {} }: Resource): Change {
  return { kind: "create", type, id, ...(arn === undefined ? {} : { arn }), region, properties, observed };
}

/** The resources that would mend it, as they would be read afterwards. */
export function missingFor(
  world: AlarmWorld,
  { subject, watches, options, metricsId }: Unwatched,
): Missing | undefined {
  const [first] = watches;
  if (first === undefined) return undefined;
  const { region } = first;
  const { indirect } = options;
  const known = reachingTopic(world.account, {
    region,
    publisher: "cloudwatch",
    ...(indirect === undefined ? {} : { indirect }),
  });
  const topic = known ?? newTopic(world, region);
  const alarms = watches.flatMap(
    (watch) => alarmFor(world, { watch, subject, topic: topic.arn ?? topic.id }) ?? [],
  );
  if (alarms.length < watches.length) return undefined;
  return {
    region,
    alarms,
    ...(known === undefined ? { topic } : {}),
    ...(metricsId === undefined ? {} : { bucket: { name: subject, metricsId } }),
  };
}

/** The state after the remedy, a new topic's subscription confirmed. */
export function mended(world: AlarmWorld, { alarms, topic }: Missing): AlarmWorld {
  const subscription = topic === undefined ? [] : [confirmed(topic)];
  return withAlarms(
    world,
    withResources(world.account, [...alarms, ...(topic === undefined ? [] : [topic]), ...subscription]),
    alarms,
  );
}

function isProven(world: AlarmWorld, { watches, options }: Unwatched, missing: Missing): boolean {
  const after = mended(world, missing);
  const watchers = { world: after, index: indexAlarms(after), options };
  return watches.every((watch) => judgeWatch(watchers, watch).status === "pass");
}

function remedyText({ alarms, topic, bucket, region }: Missing, { subject }: Unwatched): string {
  const metrics =
    bucket === undefined
      ? ""
      : `Switch on request metrics for the whole bucket (they cost as custom metrics do), and create`;
  const made = `${metrics === "" ? "Create" : metrics} ${plural(alarms.length, "alarm")} for ${subject} in ${region}: ${listed(alarms.map(({ id }) => id))}.`;
  if (topic === undefined) return `${made} They notify a topic that reaches somebody already.`;
  return `${made} No topic of that region is known to reach anybody: create one, subscribe a person, and confirm the subscription from the e-mail. It is not encrypted: a customer managed key would have to let cloudwatch.amazonaws.com use it.`;
}

function newTopic({ account }: AlarmWorld, region: string): Resource {
  const { id, partition } = account;
  const taken = new Set(
    account
      .list(TOPIC)
      .resources.filter((topic) => topic.region === region)
      .map((topic) => topic.id),
  );
  const name = freeName("alarms", (candidate) => taken.has(candidate));
  const arn = `arn:${partition}:sns:${region}:${id}:${name}`;
  return {
    type: TOPIC,
    id: name,
    arn,
    account: id,
    region,
    properties: { TopicName: name, KmsMasterKeyId: null },
    // The policy that SNS gives a new topic.
    observed: {
      Exists: true,
      Policy: JSON.stringify({
        Version: "2008-10-17",
        Statement: [
          {
            Sid: "__default_statement_ID",
            Effect: "Allow",
            Principal: { AWS: "*" },
            Action: "SNS:Publish",
            Resource: arn,
            Condition: { StringEquals: { "AWS:SourceOwner": id } },
          },
        ],
      }),
      Subscriptions: [{ SubscriptionArn: `${arn}:confirmed`, Protocol: "email", Endpoint: null, Owner: id }],
    },
  };
}

function confirmed({ arn = "", account, region }: Resource): Resource {
  return {
    type: "AWS::SNS::Subscription",
    id: `${arn}:confirmed`,
    arn: `${arn}:confirmed`,
    account,
    region,
    properties: { FilterPolicy: null, FilterPolicyScope: null },
    observed: { PendingConfirmation: false },
  };
}

function freeName(wanted: string, isTaken: (name: string) => boolean): string {
  for (let at = 2, name = wanted; ; name = `${wanted}-${(at++).toString()}`) if (!isTaken(name)) return name;
}

function alarmFor(
  world: AlarmWorld,
  { watch, subject, topic }: { readonly watch: Watch; readonly subject: string; readonly topic: string },
): Resource | undefined {
  const { region, demand, name } = watch;
  const settings = settingsFor(demand);
  const dimensions = Object.entries(demand.dimensions).map(([Name, value]) => ({
    Name,
    Value: typeof value === "string" ? value : (value[0] ?? ""),
  }));
  if (settings === undefined || dimensions.some(({ Value }) => Value === "")) return undefined;
  const { id: account, partition } = world.account;
  const id = freeName(
    `${subject}-${name}`.replaceAll(/[^\w./-]+/gu, "-").slice(0, 240),
    (candidate) => world.find(region, candidate) !== undefined,
  );
  return {
    type: "AWS::CloudWatch::Alarm",
    id,
    arn: `arn:${partition}:cloudwatch:${region}:${account}:alarm:${id}`,
    account,
    region,
    properties: {
      AlarmName: id,
      AlarmDescription: `${name} of ${subject}`,
      ActionsEnabled: true,
      AlarmActions: [topic],
      OKActions: null,
      InsufficientDataActions: null,
      Namespace: demand.namespace,
      MetricName: demand.metric,
      Dimensions: dimensions,
      ...settings,
    },
    observed: { EvaluationState: null },
  };
}

// The values that AWS recommends or shows for such metrics; undefined where nobody said what is too much.
function settingsFor(demand: MetricDemand): JsonObject | undefined {
  const { side, values, limit, maxDelay = 900 } = demand;
  const minutes = Math.max(1, Math.floor(maxDelay / 60));
  if (values === "rate01")
    return side === "low" || limit === undefined
      ? undefined
      : {
          ...above("Average", limit),
          ...timing(demand, 60, Math.min(15, minutes)),
          TreatMissingData: "missing",
        };
  if (side === "low")
    return {
      Statistic: statisticFor(demand),
      ComparisonOperator: "LessThanOrEqualToThreshold",
      Threshold: limit ?? 0,
      ...timing(demand, 60, Math.min(5, minutes)),
      TreatMissingData: "breaching",
    };
  if (values !== "count" && limit === undefined) return undefined;
  return {
    ...above(statisticFor(demand), limit ?? 0),
    ...timing(demand, minutes >= 5 ? 300 : 60, 1),
    TreatMissingData: isDaily(demand) ? "missing" : "notBreaching",
  };
}

function above(statistic: string, threshold: number): JsonObject {
  return { Statistic: statistic, ComparisonOperator: "GreaterThanThreshold", Threshold: threshold };
}

function statisticFor({ values, statistics = [], side }: MetricDemand): string {
  const usual = values === "count" || (values === "bytes" && side === "low") ? "Sum" : "Average";
  return statistics.find((statistic) => basicStatistics.has(statistic)) ?? usual;
}

const basicStatistics: ReadonlySet<string> = new Set(["Sum", "Average", "Maximum", "Minimum", "SampleCount"]);

function timing(demand: MetricDemand, period: number, periods: number): JsonObject {
  if (isDaily(demand)) return { Period: 86_400, EvaluationPeriods: 1, DatapointsToAlarm: 1 };
  return { Period: period, EvaluationPeriods: periods, DatapointsToAlarm: periods };
}
