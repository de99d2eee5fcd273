import type { Account } from "../../core/account.js";
import type { Resource } from "../../core/resource.js";
import { arnParts } from "../../languages/iam-policy/operators.js";
import { doubtful, everyClaim, holding, refuted } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { claimOf } from "../../shared/read-claim.js";
import { readBoolean } from "../../shared/read-property.js";
import { rememberByObject } from "../../shared/remember.js";
import { topicAdmits } from "../admits/admits.js";
import { encryptionKey, keyAdmitsInto, keyAdmitsRole } from "../admits/key.js";
import { publishers } from "../admits/publishers.js";
import type { Sender } from "../admits/publishers.js";
import { evidenceOf } from "../evidence.js";
import { roleLink } from "./link.js";
import type { Link, ReachOptions } from "./link.js";
import { subscriptionsClaim } from "./subscription.js";

const TOPIC = "AWS::SNS::Topic";

/** Whether a topic, named by its ARN, exists: what the snapshot does not hold is only gone where its whole region was listed. */
export function topicExists(account: Account, arn: string): Claim {
  const topic = account.find(TOPIC, arn);
  if (topic === undefined)
    return isFullyListed(account, arn)
      ? refuted("topic does not exist")
      : doubtful("not-collected", "topic is not in this snapshot");
  const exists = readBoolean(topic, "Exists");
  if (exists.kind === "not-collected" || exists.kind === "absent") return holding;
  return claimOf(exists, "whether it exists", (is) =>
    is === false ? refuted("topic does not exist") : holding,
  );
}

/** Whether a topic exists and admits a sender, by policy and by key; whoever listens. */
export function topicTakes(account: Account, arn: string, options: ReachOptions): Claim {
  return everyClaim(
    topicLinks(account, arn, options)
      .filter(({ name }) => name !== "subscription")
      .map(({ claim }) => claim),
  );
}

/** The links through a topic: it exists where the sender can publish, admits it by policy and key, and somebody listens. */
export function topicLinks(account: Account, arn: string, options: ReachOptions): readonly Link[] {
  const topic = account.find(TOPIC, arn);
  const target = everyClaim([
    topicExists(account, arn),
    isInRange(arn, options.sender),
    takesOrder(arn, options.sender),
  ]);
  const named = (claim: Claim): Claim =>
    claim.is === "yes"
      ? claim
      : { ...claim, because: `${arn}: ${claim.because}${consentOf(account, topic, claim)}` };
  if (topic === undefined) return [{ name: "target", claim: named(target), evidence: [] }];
  const links: readonly Link[] = [
    admission(account, topic, options),
    encryption(account, topic, options),
    audience(account, topic, options),
  ];
  return [
    { name: "target", claim: named(target), evidence: observationsOf(account)(topic).target },
    ...links.map((link) => ({ ...link, claim: named(link.claim) })),
  ];
}

// Across accounts, permissions of one's own are not enough.
function consentOf(account: Account, topic: Resource | undefined, claim: Claim): string {
  const isAsked =
    claim.is === "unknown" && claim.reason === "unreadable" && claim.because.includes("; grant ");
  return isAsked && topic !== undefined && topic.account !== account.id
    ? `, and let the topic's policy, account ${topic.account}'s, allow it as well`
    : "";
}

function admission(account: Account, topic: Resource, options: ReachOptions): Link {
  return (
    roleLink(topic, options) ?? {
      name: "policy",
      claim: topicAdmits(topic, options.sender),
      evidence: observationsOf(account)(topic).policy,
    }
  );
}

// A role uses the key, too, in the place of the service.
function encryption(account: Account, topic: Resource, { sender, roleArn }: ReachOptions): Link {
  const claim =
    roleArn === undefined ? keyAdmitsInto(account, topic, sender) : keyAdmitsRole(account, topic, roleArn);
  return { name: "key", claim, evidence: observationsOf(account)(topic).key };
}

function audience(account: Account, topic: Resource, options: ReachOptions): Link {
  return {
    name: "subscription",
    claim: subscriptionsClaim(account, topic, options),
    evidence: observationsOf(account)(topic).subscription,
  };
}

// Whoever sends, the same was read of the topic.
const observationsOf = rememberByObject((account: Account) =>
  rememberByObject(
    (topic: Resource): Readonly<Record<"target" | "policy" | "key" | "subscription", Link["evidence"]>> => {
      const key = encryptionKey(account, topic);
      return {
        target: evidenceOf(account, topic, ["Exists"]),
        policy: evidenceOf(account, topic, ["Policy"]),
        key: [
          ...evidenceOf(account, topic, ["KmsMasterKeyId"]),
          ...(key === undefined ? [] : evidenceOf(account, key, ["KeyState", "KeyPolicy"])),
        ],
        subscription: evidenceOf(account, topic, ["Subscriptions", "SubscriptionsConfirmed"]),
      };
    },
  ),
);

function isFullyListed(account: Account, arn: string): boolean {
  const [, , , region = "", owner] = arnParts(arn);
  const { blind } = account.list(TOPIC);
  return (
    owner === account.id &&
    account.regions.includes(region) &&
    !blind.some((gap) => gap.region === region || gap.region === "global")
  );
}

function isInRange(arn: string, { publisher, region: from }: Sender): Claim {
  const region = arnParts(arn)[3] ?? "";
  const { staysInRegion, noun } = publishers[publisher];
  if (!staysInRegion || from === undefined || from === region) return holding;
  return refuted(`the topic is in ${region}, and a ${noun} in ${from} publishes in its own region only`);
}

// The name of a FIFO topic ends in .fifo, and no other's does. Of S3: https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventNotifications.html
function takesOrder(arn: string, { publisher }: Sender): Claim {
  const { toFifoTopics, noun } = publishers[publisher];
  if (!arn.endsWith(".fifo") || toFifoTopics === "yes") return holding;
  if (toFifoTopics === "no")
    return refuted(`it is a FIFO topic, and a ${noun} publishes to standard topics only`);
  return doubtful("undecidable", `it is a FIFO topic, and AWS does not say that a ${noun} publishes to one`);
}
