import type { FromSchema } from "json-schema-to-ts";
import { defineEvaluator } from "../../core/evaluator.js";
import { aboutAccount } from "../../core/judgement.js";
import type { Judgement } from "../../core/judgement.js";
import type { Need } from "../../core/need.js";
import type { Resource } from "../../core/resource.js";
import { fail, unknown } from "../../core/verdict.js";
import type { Verdict } from "../../core/verdict.js";
import { reachNeeds } from "../../reasoning/reach/alarm-needs.js";
import { ALARM_TYPES, alarmWorld } from "../../reasoning/reach/alarm-world.js";
import {
  bucketMetrics,
  bucketWatches,
  isElsewhere,
  requestMetricsNeeds,
} from "../../reasoning/cover/bucket.js";
import type { BucketMetric } from "../../reasoning/cover/bucket.js";
import { publishing, unwatchedUnderAnyId, WHOLE_BUCKET } from "../../reasoning/cover/bucket-unread.js";
import { customWatch, placeholdersOf } from "../../reasoning/cover/custom.js";
import type { MetricOption } from "../../reasoning/cover/custom.js";
import { firingProperties, indexAlarms } from "../../reasoning/cover/alarm-index.js";
import {
  generations,
  mediapackageLimits,
  mediapackageMetrics,
  mediapackageNeeds,
  mediapackageWatches,
} from "../../reasoning/cover/mediapackage.js";
import type { Generation, MediapackageMetric } from "../../reasoning/cover/mediapackage.js";
import { judgeWatch } from "../../reasoning/cover/person.js";
import type { Watch, WatchOptions, Watchers } from "../../reasoning/cover/person.js";
import { names as settingNames } from "../../reasoning/cover/settings.js";
import { coverVerdict } from "../../reasoning/cover/verdict.js";
import type { MetricAnswer } from "../../reasoning/cover/verdict.js";
import { glacierClassNeeds, holdsGlacierClasses } from "../../reasoning/capture/glacier-classes.js";
import { judgeEach } from "../../reasoning/per-resource.js";
import { remedyFor } from "../../reasoning/cover/remedy-alarm.js";

const text = { type: "string", minLength: 1 } as const;
const setting = { description: "The value, or a list of those accepted." } as const;
const keyMetrics = [...mediapackageMetrics, ...bucketMetrics] as const;

const metric = {
  type: "object",
  additionalProperties: false,
  required: ["namespace", "metric"],
  properties: {
    name: { ...text, description: "What a sentence calls it. Default: namespace and metric." },
    namespace: text,
    metric: text,
    dimensions: {
      type: "object",
      description:
        "The exact dimension set; a list holds every value that means the resource. {id}, {arn}, {arn-end}, {account}, {region} and {Property} are filled in.",
      additionalProperties: { oneOf: [text, { type: "array", minItems: 1, items: text }] },
    },
    side: { enum: ["high", "low"], description: "Which side is bad. Default: high." },
    values: {
      enum: ["count", "rate01", "latency", "bytes", "gauge"],
      description: "What is measured. Default: count.",
    },
    limit: { type: "number", description: "Beyond it the alarm must fire." },
    statistics: {
      type: "array",
      minItems: 1,
      items: text,
      description: "Statistics that show the trouble; p* stands for percentiles.",
    },
    sparse: { type: "boolean", description: "Nothing is published in a period without events." },
    unit: text,
  },
} as const;

const plainOptions = {
  type: "object",
  additionalProperties: false,
  properties: {
    "key-metrics": {
      enum: ["mediapackage", "glacier"],
      description:
        "The key metrics of each MediaPackage channel and packaging configuration, or of each bucket with objects of Glacier classes.",
    },
    metrics: { type: "array", minItems: 1, items: metric, description: "Any metrics." },
    for: {
      ...text,
      description: "With metrics: a resource type; each of its resources is judged. Default: the account.",
    },
    regions: {
      type: "array",
      minItems: 1,
      uniqueItems: true,
      items: text,
      description:
        "With metrics, without for: regions that each must have the alarm. Default: one region of those looked at is enough.",
    },
    need: {
      enum: ["every", "some"],
      description: "Every metric must be watched, or one of them. Default: every.",
    },
    aggregate: {
      type: "boolean",
      description: "An alarm on a series that holds other resources too counts, where it can. Default: true.",
    },
    "max-delay": {
      type: "integer",
      minimum: 10,
      description: "The longest time from bad to ALARM, in seconds. Default: 900.",
    },
    indirect: {
      enum: ["unknown", "yes", "no"],
      description: "Whether functions, queues and streams count as somebody. Default: unknown.",
    },
    incidents: {
      type: "boolean",
      description: "Whether OpsItems and incidents count as somebody. Default: true.",
    },
  },
} as const;

const options = {
  ...plainOptions,
  oneOf: [{ required: ["key-metrics"] }, { required: ["metrics"] }],
  properties: {
    ...plainOptions.properties,
    only: {
      type: "array",
      minItems: 1,
      uniqueItems: true,
      items: { enum: keyMetrics },
      description: "With key-metrics: only these.",
    },
    limits: {
      type: "object",
      additionalProperties: false,
      properties: Object.fromEntries(keyMetrics.map((name) => [name, { type: "number" }])),
      description: "With key-metrics: the values beyond which an alarm must fire.",
    },
    settings: {
      type: "object",
      minProperties: 1,
      additionalProperties: false,
      properties: Object.fromEntries(settingNames.map((name) => [name, setting])),
      description: "Settings that an alarm must have to count.",
    },
  },
} as const;

/** The forms that types cannot follow are written out; the schema has checked them. */
type Options = Omit<FromSchema<typeof plainOptions>, "metrics"> & {
  readonly only?: readonly string[];
  readonly limits?: Readonly<Record<string, number>>;
  readonly metrics?: readonly MetricOption[];
  readonly settings?: WatchOptions["settings"];
};

/** Whether an alarm watches each demanded metric, can fire on it, and reaches somebody. */
export const alarmCovers = defineEvaluator<Options>({
  id: "alarm-covers",
  summary: "Demanded metrics have an alarm that covers them, can fire and reaches somebody",
  options,
  needs: (chosen) => [
    { type: ALARM_TYPES.metric, properties: firingProperties },
    ...reachNeeds,
    ...subjectNeeds(chosen),
  ],
  evaluate: (account, chosen) => {
    const world = alarmWorld(account);
    const watchers: Watchers = { world, index: indexAlarms(world), options: watchOptions(chosen) };
    if (chosen["key-metrics"] === "mediapackage") return judgeMediapackage(watchers, chosen);
    if (chosen["key-metrics"] === "glacier") return judgeBuckets(watchers, chosen);
    return chosen.for === undefined
      ? [aboutAccount(account, judgeAccount(watchers, chosen))]
      : judgeResources(watchers, chosen, chosen.for);
  },
});

function subjectNeeds({ "key-metrics": preset, for: type, metrics = [] }: Options): readonly Need[] {
  if (preset === "mediapackage") return mediapackageNeeds;
  if (preset === "glacier") return [...glacierClassNeeds, ...requestMetricsNeeds];
  return type === undefined ? [] : [{ type, properties: placeholdersOf(metrics) }];
}

function watchOptions({ aggregate, settings, indirect, incidents }: Options): WatchOptions {
  return {
    ...(aggregate === undefined ? {} : { aggregate }),
    ...(settings === undefined ? {} : { settings }),
    ...(indirect === undefined ? {} : { indirect }),
    ...(incidents === undefined ? {} : { incidents }),
  };
}

type Subject = { readonly name: string; readonly chosen: Options };

function verdictOf(watchers: Watchers, answers: readonly MetricAnswer[], { name, chosen }: Subject): Verdict {
  const remedy = (failing: readonly MetricAnswer[]): ReturnType<typeof remedyFor> => {
    const watches = failing.flatMap((answer) => (answer.kind === "watched" ? [answer.watched.watch] : []));
    return watches.length < failing.length
      ? undefined
      : remedyFor(watchers.world, { subject: name, watches, options: watchers.options });
  };
  return coverVerdict(answers, { subject: name, need: chosen.need ?? "every", remedy });
}

function answersTo(watchers: Watchers, watches: readonly Watch[]): readonly MetricAnswer[] {
  return watches.map((watch) => ({ kind: "watched", watched: judgeWatch(watchers, watch) }));
}

function judgeMediapackage(watchers: Watchers, chosen: Options): readonly Judgement[] {
  const { account } = watchers.world;
  const judgements = generations.flatMap((generation) =>
    judgeEach(account, {
      type: generation.type,
      noun: generation.noun,
      absence: "not-applicable",
      judge: (resource) => judgeChannel(watchers, resource, { generation, chosen }),
    }),
  );
  // That there is none of one generation is only worth saying where there is none of any.
  const [absent] = judgements.filter(({ verdict }) => verdict.status === "not-applicable");
  const others = judgements.filter(({ verdict }) => verdict.status !== "not-applicable");
  return others.length > 0 || absent === undefined
    ? others
    : [
        {
          ...absent,
          verdict: {
            status: "not-applicable",
            message: "this account has no MediaPackage channel or packaging configuration",
          },
        },
      ];
}

function judgeChannel(
  watchers: Watchers,
  resource: Resource,
  { generation, chosen }: { readonly generation: Generation; readonly chosen: Options },
): Verdict | undefined {
  const metrics = mediapackageMetrics.filter(
    (name): name is MediapackageMetric => chosen.only?.includes(name) ?? true,
  );
  const limits = { ...mediapackageLimits, ...chosen.limits };
  const watches = mediapackageWatches(watchers.world.account, resource, {
    generation,
    demand: { metrics, limits, maxDelay: delayOf(chosen) },
  });
  return watches.length === 0
    ? undefined
    : verdictOf(watchers, answersTo(watchers, watches), { name: resource.id, chosen });
}

function judgeBuckets(watchers: Watchers, chosen: Options): readonly Judgement[] {
  const { account } = watchers.world;
  return judgeEach(account, {
    type: "AWS::S3::Bucket",
    noun: "bucket",
    absence: "not-applicable",
    judge: (bucket) => {
      if (isElsewhere(account, bucket)) return undefined;
      const holds = holdsGlacierClasses(account, bucket);
      if (holds.is === "no") return undefined;
      const verdict = judgeBucket(watchers, bucket, chosen);
      // What is watched needs no Glacier class; what is not is only demanded with one.
      if (holds.is === "yes" || verdict.status === "pass") return verdict;
      return unknown(
        holds.reason,
        `it cannot be said whether ${bucket.id} holds objects of Glacier classes: ${holds.because}`,
      );
    },
  });
}

const usualBucketMetrics: readonly BucketMetric[] = ["4xx-errors", "5xx-errors"];
const bucketLimits = { "4xx-errors": 0.05, "5xx-errors": 0.05 } as const;

function judgeBucket(watchers: Watchers, bucket: Resource, chosen: Options): Verdict {
  const metrics =
    chosen.only === undefined
      ? usualBucketMetrics
      : bucketMetrics.filter((name) => chosen.only?.includes(name));
  const demand = { metrics, limits: { ...bucketLimits, ...chosen.limits }, maxDelay: delayOf(chosen) };
  const answers = bucketWatches(bucket, demand).map((one): MetricAnswer => {
    if ("watch" in one) return { kind: "watched", watched: judgeWatch(watchers, one.watch) };
    const unwatched =
      one.claim.is === "unknown"
        ? unwatchedUnderAnyId(watchers, bucket, { name: one.name, demand })
        : undefined;
    return { kind: "blocked", name: one.name, claim: unwatched ?? one.claim };
  });
  const verdict = verdictOf(watchers, answers, { name: bucket.id, chosen });
  const isUnpublished = verdict.status === "fail" && answers.some((answer) => answer.kind === "blocked");
  if (!isUnpublished) return verdict;
  const remediation = publishedRemedy(watchers, bucket, { answers, demand });
  return remediation === undefined ? verdict : { ...verdict, remediation };
}

// As if request metrics of the whole bucket were on: what would still be missing?
function publishedRemedy(
  watchers: Watchers,
  bucket: Resource,
  {
    answers,
    demand,
  }: { readonly answers: readonly MetricAnswer[]; readonly demand: Parameters<typeof bucketWatches>[1] },
): ReturnType<typeof remedyFor> {
  const watches = bucketWatches(publishing(bucket, [WHOLE_BUCKET]), demand).flatMap((one) =>
    "watch" in one ? [one.watch] : [],
  );
  const missing = watches.filter((watch) =>
    answers.some((answer) =>
      answer.kind === "blocked"
        ? answer.name === watch.name && answer.claim.is === "no"
        : answer.watched.watch.name === watch.name && answer.watched.status === "fail",
    ),
  );
  return remedyFor(watchers.world, {
    subject: bucket.id,
    watches: missing,
    options: watchers.options,
    metricsId: WHOLE_BUCKET,
  });
}

function judgeResources(watchers: Watchers, chosen: Options, type: string): readonly Judgement[] {
  const { account } = watchers.world;
  return judgeEach(account, {
    type,
    absence: "not-applicable",
    judge: (resource) => {
      const watches = (chosen.metrics ?? []).map((option) =>
        customWatch(account, option, { region: resource.region, maxDelay: delayOf(chosen), resource }),
      );
      return judgeWatches(watchers, watches, { name: resource.id, chosen });
    },
  });
}

function judgeWatches(
  watchers: Watchers,
  watches: readonly (Watch | undefined)[],
  subject: Subject,
): Verdict {
  const whole = watches.filter((watch) => watch !== undefined);
  if (whole.length < watches.length)
    return unknown("undecidable", `a dimension of the demanded metrics has no value for ${subject.name}`);
  return verdictOf(watchers, answersTo(watchers, whole), subject);
}

function judgeAccount(watchers: Watchers, chosen: Options): Verdict {
  const { account } = watchers.world;
  const regions = account.regions.filter((region) => chosen.regions?.includes(region) ?? true);
  const perRegion = regions.map((region) => {
    const watches = (chosen.metrics ?? []).map((option) =>
      customWatch(account, option, { region, maxDelay: delayOf(chosen) }),
    );
    return judgeWatches(watchers, watches, { name: region, chosen });
  });
  const wanted =
    chosen.regions === undefined
      ? (["pass", "unknown", "fail"] as const)
      : (["fail", "unknown", "pass"] as const);
  const decided = wanted
    .map((status) => perRegion.find((verdict) => verdict.status === status))
    .find((verdict) => verdict !== undefined);
  if (decided === undefined) return fail("none of the regions that the rule names is looked at");
  return decided.status === "fail" && chosen.regions === undefined && account.blindRegions !== undefined
    ? unknown(
        account.blindRegions.kind,
        `${decided.message}, as far as can be seen: the enabled regions could not be listed`,
      )
    : decided;
}

function delayOf(chosen: Options): number {
  return chosen["max-delay"] ?? 900;
}
