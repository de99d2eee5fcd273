import type { Account } from "../../core/account.js";
import type { JsonObject, JsonValue } from "../../core/json.js";
import type { Need } from "../../core/need.js";
import type { Resource } from "../../core/resource.js";
import type { Candidate, Evidence } from "../../core/verdict.js";
import { everyClaim, holding, refuted, someClaim } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { claimOf } from "../../shared/read-claim.js";
import { isArray, isObject, readObject } from "../../shared/read-property.js";
import type { Sender } from "../admits/publishers.js";
import { evidenceOf } from "../evidence.js";
import { ruleNeeds, rulesTake } from "./notification-rule.js";
import { topicIsLive, topicNeeds } from "./notification-topic.js";
import { functionNeed, queueNeeds, receiverTakes } from "../reach/receiver.js";
import { restoreCompleted } from "./events.js";
import { organizationOf } from "../admits/organization.js";

const BUCKET = "AWS::S3::Bucket";

/** What must be read to judge where buckets tell of restores. */
export const restoreNotificationNeeds: readonly Need[] = [
  { type: BUCKET, properties: ["NotificationConfiguration"] },
  ...topicNeeds(BUCKET, "NotificationConfiguration.TopicConfigurations[].Topic"),
  ...queueNeeds(BUCKET, "NotificationConfiguration.QueueConfigurations[].Queue"),
  functionNeed(BUCKET, "NotificationConfiguration.LambdaConfigurations[].Function"),
  ...ruleNeeds,
];

/** Whether a bucket tells somebody something, and what was considered. */
export type NotificationAnswer = {
  readonly claim: Claim;
  readonly evidence: readonly Evidence[];
  readonly candidates: readonly Candidate[];
};

/** Whether a bucket has any event notification, or sends its events to EventBridge. */
export function notifiesAtAll(account: Account, bucket: Resource): NotificationAnswer {
  const claim = claimOf(
    readObject(bucket, "NotificationConfiguration"),
    "NotificationConfiguration",
    (set = {}) => (isOnAtAll(set) ? holding : refuted("it has no event notification")),
  );
  return { claim, evidence: evidenceOf(account, bucket, ["NotificationConfiguration"]), candidates: [] };
}

function isOnAtAll(set: JsonObject): boolean {
  return isBridged(set) || lists.some(({ name }) => entriesOf(set, name).length > 0);
}

function isBridged({ EventBridgeConfiguration: configuration }: JsonObject): boolean {
  return isObject(configuration) && configuration["EventBridgeEnabled"] !== false;
}

function entriesOf(set: JsonObject, name: string): readonly JsonObject[] {
  const list = set[name] ?? null;
  return isArray(list) ? list.filter(isObject) : [];
}

/** Whether a finished restore is told to a live topic, queue or function, or to EventBridge where rules with targets take it. */
export function notifiesOfRestores(account: Account, bucket: Resource): NotificationAnswer {
  const { evidence } = notifiesAtAll(account, bucket);
  let considered: readonly Considered[] = [];
  const claim = claimOf(
    readObject(bucket, "NotificationConfiguration"),
    "NotificationConfiguration",
    (set = {}) => {
      considered = [...native(account, bucket, set), ...bridged(account, bucket, set)];
      return someClaim(
        considered.map((one) => one.claim),
        "nothing is told of a finished restore",
      );
    },
  );
  return {
    claim,
    evidence: [...evidence, ...considered.flatMap((one) => one.evidence)],
    candidates: considered.flatMap((one) => one.candidates),
  };
}

type Considered = NotificationAnswer;

const lists = [
  { name: "TopicConfigurations", target: "Topic" },
  { name: "QueueConfigurations", target: "Queue" },
  { name: "LambdaConfigurations", target: "Function" },
] as const;

function native(account: Account, bucket: Resource, set: JsonObject): readonly Considered[] {
  return lists.flatMap(({ name, target }) => {
    const entries = entriesOf(set, name).filter(
      ({ Event: event }) => event === "s3:ObjectRestore:*" || event === "s3:ObjectRestore:Completed",
    );
    return entries.map((entry) => ofTarget(account, bucket, { entry, arn: entry[target] ?? null }));
  });
}

function ofTarget(
  account: Account,
  bucket: Resource,
  { entry, arn }: { readonly entry: JsonObject; readonly arn: unknown },
): Considered {
  const target = typeof arn === "string" ? arn : "";
  const sender: Sender = {
    publisher: "s3",
    account: bucket.account,
    region: bucket.region,
    ...(bucket.arn === undefined ? {} : { arn: bucket.arn }),
    ...organizationOf(account, bucket.account),
  };
  const live = target.includes(":sns:")
    ? topicIsLive(account, target, { sender, confirmed: false })
    : receiverTakes(account, target, { sender });
  const claim = everyClaim([live.claim, wholeBucket(entry)]);
  const status = { yes: "pass", no: "fail", unknown: "unknown" } as const;
  return {
    claim,
    evidence: live.evidence,
    candidates: [
      { ref: target, status: status[claim.is], ...(claim.is === "yes" ? {} : { brokenLink: claim.because }) },
    ],
  };
}

// The S3 console writes an empty prefix and an empty suffix where none is asked for; every name begins and ends with these.
function wholeBucket({ Filter: filter }: JsonObject): Claim {
  if (filter === undefined || filter === null || narrowings(filter)?.length === 0) return holding;
  return refuted("its notification is for some object names only");
}

function narrowings(filter: JsonValue): readonly JsonValue[] | undefined {
  const byKey = isObject(filter) ? filter["S3Key"] : undefined;
  const rules = isObject(byKey) ? byKey["Rules"] : undefined;
  return isArray(rules) ? rules.filter((rule) => !isObject(rule) || rule["Value"] !== "") : undefined;
}

function bridged(account: Account, bucket: Resource, set: JsonObject): readonly Considered[] {
  if (!isBridged(set)) return [];
  const { claim, candidates } = rulesTake(
    account,
    bucket.region,
    restoreCompleted(
      { account: bucket.account, partition: account.partition, region: bucket.region },
      bucket.id,
    ),
  );
  const rules = account
    .list("AWS::Events::Rule")
    .resources.filter((rule) => candidates.some(({ ref }) => ref === (rule.arn ?? rule.id)));
  const because =
    claim.is === "yes"
      ? claim
      : { ...claim, because: `it sends its events to EventBridge, but ${claim.because}` };
  return [
    {
      claim: because,
      candidates,
      evidence: rules.flatMap((rule) =>
        evidenceOf(account, rule, ["EventPattern", "State", "Targets"]).filter(({ value }) => value !== null),
      ),
    },
  ];
}
