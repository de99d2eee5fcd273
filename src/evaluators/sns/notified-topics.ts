import type { FromSchema } from "json-schema-to-ts";
import type { Account } from "../../core/account.js";
import { defineEvaluator } from "../../core/evaluator.js";
import { aboutAccount, aboutResource } from "../../core/judgement.js";
import type { Judgement } from "../../core/judgement.js";
import type { Need } from "../../core/need.js";
import type { Resource } from "../../core/resource.js";
import { fail, notApplicable, pass, unknown } from "../../core/verdict.js";
import type { Verdict } from "../../core/verdict.js";
import { evidenceOf } from "../../reasoning/evidence.js";
import { judgeBlind } from "../../reasoning/per-resource.js";
import { idleNotes, topicPrivacy } from "../../reasoning/access-log/publicness.js";
import { confirmedClaim } from "../../reasoning/reach/subscription.js";
import { privateTopicRemedy } from "../../reasoning/reach/remedy-topic-policy.js";
import { notifiedTopicNeeds, notifiedTopics } from "../../reasoning/reach/topic-referrers.js";
import type { NotifiedTopic } from "../../reasoning/reach/topic-referrers.js";
import { holding, refuted } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { groupBy } from "../../shared/group-by.js";
import { parseArn } from "../../shared/aws/arn.js";
import { claimOf, isKnownGone } from "../../shared/read-claim.js";
import { readText } from "../../shared/read-property.js";

const options = {
  type: "object",
  additionalProperties: false,
  required: ["demand"],
  properties: {
    demand: {
      enum: ["confirmed", "encrypted", "private"],
      description:
        "confirmed: a confirmed subscription. encrypted: a KMS key. private: nobody outside the account and its organization may publish or subscribe.",
    },
  },
} as const;

type Options = FromSchema<typeof options>;
type Demand = Options["demand"];

/** Whether each topic that an alarm, rule, vault, bucket or trail notifies has a confirmed subscription, is encrypted, or is private. */
export const notifiedTopicDemand = defineEvaluator<Options>({
  id: "notified-topics",
  summary:
    "Each topic that an alarm, rule, vault, bucket or trail notifies is confirmed, encrypted or private",
  options,
  needs: ({ demand }) => [
    ...notifiedTopicNeeds(properties[demand]),
    ...(demand === "private" ? organizationNeeds : []),
  ],
  evaluate: (account, { demand }) => judgeTopics(account, demand),
});

const properties = {
  confirmed: ["Exists", "Subscriptions", "SubscriptionsConfirmed"],
  encrypted: ["Exists", "KmsMasterKeyId"],
  private: ["Exists", "Policy"],
} as const satisfies Record<Demand, readonly string[]>;

const ORGANIZATION = "AWS::Organizations::Organization";
const organizationNeeds: readonly Need[] = [{ type: ORGANIZATION, properties: ["OrganizationId"] }];

function judgeTopics(account: Account, demand: Demand): readonly Judgement[] {
  const { topics, blind, unread } = notifiedTopics(account);
  const judged = topics.flatMap((notified) => {
    // A topic that is gone is the fault of what names it.
    if (isKnownGone(notified.topic)) return [];
    const subject = notified.topic ?? placeholder(account, notified);
    return [aboutResource(subject, judge(account, notified, demand))];
  });
  const byType = [
    ...groupBy(
      account.blindRegions === undefined ? blind : [...blind, account.blindRegions],
      ({ type }) => type,
    ).values(),
  ];
  const hidden = byType.flatMap((gaps) => judgeBlind(account, gaps));
  const opaque = unread.map((resource) =>
    aboutResource(resource, unknown("unreadable", `whom ${resource.id} notifies could not be read`)),
  );
  const all = [...judged, ...opaque, ...oncePerPlace(hidden)];
  return all.length > 0
    ? all
    : [
        aboutAccount(
          account,
          notApplicable("no alarm, rule, vault, bucket or trail of this account notifies a topic"),
        ),
      ];
}

// Several lists may be hidden in one region: one finding says so.
function oncePerPlace(judgements: readonly Judgement[]): readonly Judgement[] {
  return [
    ...new Map([...judgements].reverse().map((judgement) => [judgement.subject.id, judgement])).values(),
  ].reverse();
}

function placeholder(account: Account, { arn }: NotifiedTopic): Resource {
  const parts = parseArn(arn);
  return {
    type: "AWS::SNS::Topic",
    id: parts?.resource ?? arn,
    arn,
    account: parts?.account ?? account.id,
    region: parts?.region ?? "global",
    properties: {},
  };
}

function judge(account: Account, { arn, topic, by }: NotifiedTopic, demand: Demand): Verdict {
  if (topic === undefined) return unknown("not-collected", `${arn} is not in this snapshot`);
  const claim = claims[demand](topic, account);
  const support = { evidence: evidenceOf(account, topic, properties[demand]), ...notesOn(topic, demand) };
  const who = by
    .map(({ id }) => id)
    .slice(0, 3)
    .join(", ");
  if (claim.is === "yes") return pass(`${topic.id}, which ${who} notifies, is ${words[demand]}`, support);
  if (claim.is === "unknown")
    return unknown(
      claim.reason,
      `it cannot be said whether ${topic.id} is ${words[demand]}: ${claim.because}`,
      support,
    );
  const remediation =
    demand === "private"
      ? privateTopicRemedy(account, { topic, by, isPrivate: (one) => claims.private(one, account) })
      : undefined;
  return fail(`${topic.id}, which ${who} notifies, is not ${words[demand]}: ${claim.because}`, {
    ...support,
    witness: { topic: arn, because: claim.because },
    ...(remediation && { remediation }),
  });
}

const words = {
  confirmed: "heard by somebody who confirmed",
  encrypted: "encrypted",
  private: "private",
} as const satisfies Record<Demand, string>;

const claims = {
  confirmed: (topic) => confirmedClaim(topic),
  encrypted: (topic) =>
    claimOf(readText(topic, "KmsMasterKeyId"), "KmsMasterKeyId", (key = "") =>
      key === "" ? refuted("it has no KMS key") : holding,
    ),
  private: (topic, account) => topicPrivacy(topic, homeOf(account)),
} as const satisfies Record<Demand, (topic: Resource, account: Account) => Claim>;

function homeOf(account: Account): Parameters<typeof topicPrivacy>[1] {
  const organization = account.find(ORGANIZATION, account.id);
  const id = organization === undefined ? undefined : readText(organization, "OrganizationId");
  return { accounts: [account.id], ...(id?.kind === "set" ? { organization: id.value } : {}) };
}

function notesOn(topic: Resource, demand: Demand): { readonly notes?: readonly string[] } {
  const notes = demand === "private" ? idleNotes(topic) : demand === "encrypted" ? keyNotes(topic) : [];
  return notes.length === 0 ? {} : { notes };
}

function keyNotes(topic: Resource): readonly string[] {
  const key = readText(topic, "KmsMasterKeyId");
  return key.kind === "set" && /(?:^|:)alias\/aws\//u.test(key.value)
    ? ["CloudWatch and EventBridge cannot use the key that AWS manages: what they send never arrives"]
    : [];
}
