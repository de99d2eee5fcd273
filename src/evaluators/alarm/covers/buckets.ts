import type { Judgement } from "../../../core/judgement.js";
import type { Resource } from "../../../core/resource.js";
import { unknown } from "../../../core/verdict.js";
import type { Verdict } from "../../../core/verdict.js";
import { holdsGlacierClasses } from "../../../reasoning/glacier/classes.js";
import { publishing, unwatchedUnderAnyId, WHOLE_BUCKET } from "../../../reasoning/cover/bucket-unread.js";
import { bucketMetrics, bucketWatches, isElsewhere } from "../../../reasoning/cover/bucket.js";
import type { BucketMetric } from "../../../reasoning/cover/bucket.js";
import { judgeWatch } from "../../../reasoning/cover/person.js";
import { remedyFor } from "../../../reasoning/cover/remedy-alarm.js";
import type { MetricAnswer } from "../../../reasoning/cover/verdict.js";
import type { Watchers } from "../../../reasoning/cover/watch.js";
import { judgeEach } from "../../../reasoning/per-resource.js";
import { verdictOf } from "./answers.js";
import { delayOf } from "./options.js";
import type { Options } from "./options.js";

/** Judges the request metrics of each bucket that holds objects of Glacier classes, or may. */
export function judgeBuckets(watchers: Watchers, chosen: Options): readonly Judgement[] {
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
