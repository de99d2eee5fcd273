import type { FromSchema } from "json-schema-to-ts";
import type { Account } from "../../core/account.js";
import { defineEvaluator } from "../../core/evaluator.js";
import type { Judgement } from "../../core/judgement.js";
import type { Resource } from "../../core/resource.js";
import { unknown } from "../../core/verdict.js";
import type { Remediation, Verdict } from "../../core/verdict.js";
import { dataEvents } from "../../reasoning/capture/demand.js";
import type { Choice, EventSet, RegionDemand, World } from "../../reasoning/capture/demand.js";
import { sinkNeeds } from "../../reasoning/capture/needs.js";
import { objectsOf } from "../../reasoning/capture/resources.js";
import type { CaptureQuestion } from "../../reasoning/capture/question.js";
import type { Sink } from "../../reasoning/capture/sink.js";
import { sinksOf } from "../../reasoning/capture/sinks.js";
import { everyObject, principals } from "../../reasoning/capture/texts.js";
import { captureVerdict } from "../../reasoning/capture/verdict.js";
import { evidenceOf } from "../../reasoning/evidence.js";
import {
  glacierClassNeeds,
  glacierClassProperties,
  holdsGlacierClasses,
} from "../../reasoning/glacier/classes.js";
import { judgeEach } from "../../reasoning/per-resource.js";
import { captureRemedy } from "../../reasoning/capture/remedy.js";
import { groupBy } from "../../shared/group-by.js";
import { readBoolean } from "../../shared/read-property.js";

const options = {
  type: "object",
  additionalProperties: false,
  properties: {
    access: {
      enum: ["read", "write", "all"],
      description: "Only reads, only writes, or both. Default: all.",
    },
    delivered: { type: "boolean", description: "What is recorded must arrive somewhere. Default: true." },
    world: {
      enum: ["closed", "open"],
      description:
        "closed: the object events known today. open: also events that S3 adds later. Default: open, since AWS documents no complete list.",
    },
  },
} as const;

type Options = FromSchema<typeof options>;

const BUCKET = "AWS::S3::Bucket";
const OBJECT = "AWS::S3::Object";
const OWNED = "OwnedByAccount";

/** Whether, for each bucket that holds Glacier-class objects, every object event is captured in the bucket's region. */
export const cloudtrailGlacierObjects = defineEvaluator<Options>({
  id: "cloudtrail-glacier-objects",
  summary: "CloudTrail captures every object event of each bucket that holds Glacier-class objects",
  options,
  needs: ({ delivered = true }) => [
    ...glacierClassNeeds,
    { type: BUCKET, properties: [OWNED] },
    ...sinkNeeds({ delivered }),
  ],
  evaluate: (account, chosen) => {
    const choice: Choice = {
      principals: principals(account.partition, account.id),
      world: worldOf(chosen),
      ...(chosen.access === undefined ? {} : { access: chosen.access }),
    };
    const inquiry: Inquiry = {
      account,
      chosen,
      sinks: sinksOf(account),
      events: dataEvents({ type: OBJECT, arns: everyObject(account.partition) }, choice),
    };
    return withJointRemedy(
      inquiry,
      judgeEach(account, {
        type: BUCKET,
        noun: "bucket",
        absence: "not-applicable",
        judge: (bucket) => judge(inquiry, bucket),
      }),
    );
  },
});

/** The account, its sinks and the events of all objects, read once for all buckets. */
type Inquiry = {
  readonly account: Account;
  readonly chosen: Options;
  readonly sinks: readonly Sink[];
  readonly events: readonly EventSet[];
};

function judge(inquiry: Inquiry, bucket: Resource): Verdict | undefined {
  const { account } = inquiry;
  if (isForeign(bucket)) return undefined;
  const holds = holdsGlacierClasses(account, bucket);
  const isElsewhere = bucket.region !== NOWHERE && !account.regions.includes(bucket.region);
  if (holds.is === "no" || isElsewhere) return undefined;
  const evidence = evidenceOf(account, bucket, glacierClassProperties);
  if (holds.is === "unknown")
    return unknown(
      holds.reason,
      `it cannot be said whether ${bucket.id} holds Glacier-class objects: ${holds.because}`,
      { evidence },
    );
  if (bucket.region === NOWHERE)
    return unknown(
      "unreadable",
      `${bucket.id} holds Glacier-class objects, but its region could not be read`,
      { evidence },
    );
  const verdict = captureVerdict(questionOf(inquiry, demandOf(inquiry, [bucket])), { remedied: false });
  const notes = [...(verdict.notes ?? []), worldNotes[worldOf(inquiry.chosen)]];
  return {
    ...verdict,
    message: `${bucket.id} holds Glacier-class objects: ${verdict.message}`,
    evidence: [...evidence, ...(verdict.evidence ?? [])],
    notes,
  };
}

function worldOf({ world = "open" }: Options): World {
  return world;
}

const worldNotes = {
  open: "Judged in the open world: an object event that S3 adds later is demanded, too.",
  closed: "Judged in the closed world: only the object events that are known today are demanded.",
} as const satisfies Record<World, string>;

// A trail may write to a bucket of another account; what that one holds is its owner's matter.
function isForeign(bucket: Resource): boolean {
  const owned = readBoolean(bucket, OWNED);
  return owned.kind === "set" && !owned.value;
}

/** The region of a bucket that could not be located. */
const NOWHERE = "unknown";

function demandOf({ account, events }: Inquiry, buckets: readonly Resource[]): readonly RegionDemand[] {
  const ofBucket = ({ id }: Resource): readonly EventSet[] =>
    events.map((set) => ({ ...set, resource: { type: OBJECT, arns: objectsOf(id, account.partition) } }));
  return [...groupBy(buckets, ({ region }) => region)].map(([region, some]) => ({
    region,
    events: some.flatMap(ofBucket),
  }));
}

function questionOf({ account, chosen, sinks }: Inquiry, demand: readonly RegionDemand[]): CaptureQuestion {
  return {
    account,
    sinksOf: (state) => (state === account ? sinks : sinksOf(state)),
    demand,
    delivered: chosen.delivered ?? true,
    everyRegion: false,
  };
}

// One remedy for all failing buckets: a command replaces a trail's whole list of selectors, so that two would undo each other.
function withJointRemedy(inquiry: Inquiry, judgements: readonly Judgement[]): readonly Judgement[] {
  const { account } = inquiry;
  const isMissed = ({ verdict }: Judgement): boolean =>
    verdict.status === "fail" && verdict.witness?.["kind"] !== "undelivered";
  const failing = judgements
    .filter(isMissed)
    .flatMap(({ subject }) => account.find(BUCKET, subject.arn ?? subject.id) ?? []);
  const [first] = failing;
  const joint =
    first === undefined ? undefined : captureRemedy(questionOf(inquiry, jointDemand(inquiry, failing)));
  if (first === undefined || joint === undefined) return judgements;
  // It names every bucket, and so would grow with the square of their number.
  const pointer = {
    text: `One change serves this bucket and ${String(failing.length - 1)} others: it stands with bucket ${first.id}.`,
  };
  const remedyOf = (id: string): Remediation =>
    failing.length <= MOST_REPEATED || id === first.id ? joint : pointer;
  return judgements.map((judgement) =>
    isMissed(judgement)
      ? { ...judgement, verdict: { ...judgement.verdict, remediation: remedyOf(judgement.subject.id) } }
      : judgement,
  );
}

const MOST_REPEATED = 10;

// A trail takes 250 values in all, and its selectors should stay readable: many buckets are served by recording all objects.
function jointDemand(inquiry: Inquiry, failing: readonly Resource[]): readonly RegionDemand[] {
  if (failing.length <= MOST_NAMED) return demandOf(inquiry, failing);
  const { events } = inquiry;
  return [...new Set(failing.map(({ region }) => region))].map((region) => ({ region, events }));
}

const MOST_NAMED = 20;
