import type { Account } from "../../core/account.js";
import type { JsonObject } from "../../core/json.js";
import type { Need } from "../../core/need.js";
import type { Resource } from "../../core/resource.js";
import { filterPatternQuestion } from "../../languages/filter-pattern/match.js";
import { parseFilterPattern } from "../../languages/filter-pattern/filter-pattern.js";
import { isInsightsQuery } from "../../languages/metrics-insights/metrics-insights.js";
import type { Question } from "../../languages/partial-record/search.js";
import { within } from "../../languages/partial-record/search.js";
import { doubtful, everyClaim, holding, refuted, undecided } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { isArray, isObject, readText } from "../../shared/read-property.js";
import { evaluationClaim } from "../reach/alarm-evaluation.js";
import type { TellOptions } from "../reach/alarm-route.js";
import { tell } from "../reach/alarm-tell.js";
import type { Told } from "../reach/alarm-tell.js";
import { reachNeeds } from "../reach/alarm-needs.js";
import { ALARM_TYPES } from "../reach/alarm-world.js";
import type { AlarmWorld } from "../reach/alarm-world.js";
import type { ChainLink } from "./chain.js";
import type { WrittenMetric } from "./chain-filters.js";
import { allQuestions } from "./chain-question.js";
import { evidenceOf } from "../evidence.js";
import { firesOnOneEvent } from "../firing/event.js";
import type { EventFiring } from "../firing/event.js";

const shape = [
  "Namespace",
  "MetricName",
  "Dimensions",
  "Statistic",
  "ExtendedStatistic",
  "Period",
  "Unit",
  "Metrics",
  "ThresholdMetricId",
  "EvaluationPeriods",
  "DatapointsToAlarm",
  "Threshold",
  "ComparisonOperator",
  "TreatMissingData",
  "EvaluateLowSampleCountPercentile",
  "EvaluationCriteria",
  "EvaluationWindow",
  "EvaluationState",
] as const;

/** What must be read of alarms to know whether one event fires them, and whom they tell. */
export const alarmNeeds: readonly Need[] = [
  ...reachNeeds,
  { type: ALARM_TYPES.metric, properties: shape },
  { type: ALARM_TYPES.log, properties: ["EvaluationState"] },
];

/** The metric alarms of an account by what they watch. */
export type AlarmIndex = {
  /** The alarms of a region that watch a metric of this name in this namespace, or whose queries name it. */
  watching(region: string, written: WrittenMetric): readonly Resource[];
  /** The alarms anywhere that watch a metric of this name. */
  named(metric: string): readonly Resource[];
};

/** Indexes the metric alarms of an account, so that not every alarm is asked about every metric. */
export function alarmIndex(account: Account): AlarmIndex {
  const byMetric = new Map<string, Resource[]>();
  const queries: { readonly alarm: Resource; readonly text: string }[] = [];
  for (const alarm of account.list(ALARM_TYPES.metric).resources) {
    const { names, text } = watchedBy(alarm);
    for (const name of new Set(names)) {
      const watching = byMetric.get(name);
      if (watching === undefined) byMetric.set(name, [alarm]);
      else watching.push(alarm);
    }
    if (text !== "") queries.push({ alarm, text });
  }
  return {
    watching: (region, { publication: { namespace, metric } }) =>
      [
        ...(byMetric.get(`${namespace}\n${metric}`) ?? []),
        ...queries.filter(({ text }) => text.includes(metric)).map(({ alarm }) => alarm),
      ].filter((alarm) => alarm.region === region),
    named: (metric) => byMetric.get(metric) ?? [],
  };
}

function watchedBy({ properties }: Resource): { readonly names: readonly string[]; readonly text: string } {
  const queries = isArray(properties["Metrics"]) ? properties["Metrics"].filter(isObject) : [];
  const metrics = [
    properties,
    ...queries.flatMap(({ MetricStat: stat }) =>
      isObject(stat) && isObject(stat["Metric"]) ? [stat["Metric"]] : [],
    ),
  ];
  const names = metrics.flatMap(({ Namespace: namespace, MetricName: metric }) =>
    typeof namespace === "string" && typeof metric === "string" ? [metric, `${namespace}\n${metric}`] : [],
  );
  const expressions = queries.flatMap(({ Expression: expression }) =>
    typeof expression === "string" && isInsightsQuery(expression) ? [expression] : [],
  );
  return { names, text: expressions.join("\n") };
}

/** Follows alarms to people. */
export function toldBy(world: AlarmWorld, options: TellOptions): (alarm: Resource) => Told {
  return (alarm) => tell(world, { alarm, through: "ALARM", options });
}

/** The links from a metric to a person through one alarm. */
export function alarmLinks(
  account: Account,
  alarm: Resource,
  { written, told }: { readonly written: WrittenMetric; readonly told: Told },
): readonly ChainLink[] {
  const slice = sliceOf(alarm, written);
  const firing = firesOnOneEvent({ ...slice.properties }, slice.publication);
  const alarmLink: ChainLink = {
    name: "alarm",
    ref: alarm.arn ?? alarm.id,
    id: alarm.id,
    claim: everyClaim([evaluationClaim(alarm), firingClaim(firing)]),
    ...(slice.passes === undefined
      ? {}
      : { passes: slice.passes, stops: () => "watches other dimensions of the metric" }),
    evidence: () =>
      evidenceOf(
        account,
        alarm,
        shape.filter((name) => alarm.properties[name] !== undefined && alarm.properties[name] !== null),
      ),
    ...(firing.kind === "yes" && firing.notes.length > 0
      ? { notes: firing.notes.map((note) => `Alarm ${alarm.id}: ${note}.`) }
      : {}),
  };
  return [alarmLink, actionLink(alarm, told)];
}

/** Whether somebody hears of an alarm, as the last link. */
function actionLink(alarm: Resource, told: Told): ChainLink {
  const ref = alarm.arn ?? alarm.id;
  return {
    name: "action",
    ref,
    id: alarm.id,
    claim: told.claim,
    evidence: () => told.evidence,
    beyond: told.candidates.filter((candidate) => candidate.ref !== ref),
    notes: told.notes.map((note) => `Alarm ${alarm.id}: ${note}.`),
  };
}

/** The links through an alarm on a scheduled query: what the query finds is not analysed. */
export function logAlarmLinks(account: Account, alarm: Resource, told: Told): readonly ChainLink[] {
  const claim = everyClaim([
    evaluationClaim(alarm),
    doubtful("undecidable", "it alarms on the results of a query, which is not analysed"),
  ]);
  const link: ChainLink = {
    name: "log alarm",
    ref: alarm.arn ?? alarm.id,
    id: alarm.id,
    claim,
    evidence: () => evidenceOf(account, alarm, ["ScheduledQueryConfiguration"]),
  };
  return [link, actionLink(alarm, told)];
}

/** Whether a log alarm queries a log group, by name or ARN. */
export function queriesGroup(
  alarm: Resource,
  group: { readonly name: string; readonly arn: string },
): boolean {
  const configuration = alarm.properties["ScheduledQueryConfiguration"];
  const identifiers =
    isObject(configuration) && isArray(configuration["LogGroupIdentifiers"])
      ? configuration["LogGroupIdentifiers"]
      : [];
  return identifiers.some(
    (identifier) =>
      typeof identifier === "string" && [group.name, group.arn].includes(identifier.replace(/:\*$/u, "")),
  );
}

function firingClaim(firing: EventFiring): Claim {
  if (firing.kind === "yes") return holding;
  return firing.kind === "unknown" ? undecided({ ...firing, reason: firing.why }) : refuted(firing.why);
}

type Slice = {
  readonly properties: JsonObject;
  readonly publication: WrittenMetric["publication"];
  readonly passes?: Question;
};

// A metric with dimensions is one series per value: an alarm on one of them hears the events that carry its values.
function sliceOf({ properties }: Resource, { publication, selectors }: WrittenMetric): Slice {
  const { dimensionNames = [], ...plain } = publication;
  const watched = isArray(properties["Dimensions"]) ? properties["Dimensions"].filter(isObject) : [];
  const pairs = watched.flatMap(({ Name: name, Value: value }) =>
    typeof name === "string" && typeof value === "string" ? [{ name, value }] : [],
  );
  const isSame =
    dimensionNames.length > 0 &&
    pairs.length === dimensionNames.length &&
    pairs.every(({ name }) => dimensionNames.includes(name) && selectors[name] !== undefined);
  if (!isSame) return { properties, publication };
  const questions = pairs.flatMap(({ name, value }) => {
    const parsed = parseFilterPattern(`{ ${selectors[name] ?? ""} = ${JSON.stringify(value)} }`);
    return parsed.ok && !value.includes("*") ? [filterPatternQuestion(parsed.value)] : [];
  });
  if (questions.length < pairs.length) return { properties, publication };
  return {
    properties: { ...properties, Dimensions: null },
    publication: plain,
    passes: within("detail", allQuestions(questions)),
  };
}

/** Why there is no alarm for what a filter writes, with the nearest miss named. */
export function noAlarmClaim(
  index: AlarmIndex,
  region: string,
  { publication: { namespace, metric } }: WrittenMetric,
): Claim {
  const near = index.named(metric).map((alarm) => {
    const other = readText(alarm, "Namespace");
    return alarm.region !== region
      ? `${alarm.id} is in ${alarm.region}`
      : `${alarm.id} watches ${other.kind === "set" ? other.value : "another namespace"}`;
  });
  return refuted(
    `no alarm in ${region} watches ${namespace}/${metric}${near.length === 0 ? "" : ` (${near.join(", ")})`}`,
  );
}
