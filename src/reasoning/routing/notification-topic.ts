import type { Account } from "../../core/account.js";
import type { Need } from "../../core/need.js";
import type { Evidence } from "../../core/verdict.js";
import { everyClaim } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import type { Sender } from "../admits/publishers.js";
import { confirmedClaim } from "../reach/subscription.js";
import { topicLinks } from "../reach/topic.js";

/** What must be read of the topics that resources name at a path, and of the keys that encrypt them. */
export function topicNeeds(referencedBy: string, path: string): readonly Need[] {
  const topic = "AWS::SNS::Topic";
  return [
    {
      type: topic,
      properties: ["Exists", "Policy", "KmsMasterKeyId", "Subscriptions", "SubscriptionsConfirmed"],
      only: { referencedBy, path },
    },
    {
      type: "AWS::KMS::Key",
      properties: ["KeyManager", "KeyState", "KeyPolicy"],
      only: { referencedBy: topic, path: "KmsMasterKeyId" },
    },
  ];
}

/** Whether a topic exists, admits its sender by policy and key, and, where `confirmed`, has a confirmed subscription. */
export function topicIsLive(
  account: Account,
  arn: string,
  { sender, confirmed }: { readonly sender: Sender; readonly confirmed: boolean },
): { readonly claim: Claim; readonly evidence: readonly Evidence[] } {
  const links = topicLinks(account, arn, { sender });
  const topic = account.find("AWS::SNS::Topic", arn);
  const listeners = topic === undefined || !confirmed ? [] : [named(arn, confirmedClaim(topic))];
  const chain = links.filter(({ name }) => name !== "subscription").map(({ claim }) => claim);
  return { claim: everyClaim([...chain, ...listeners]), evidence: links.flatMap(({ evidence }) => evidence) };
}

function named(arn: string, claim: Claim): Claim {
  return claim.is === "yes" ? claim : { ...claim, because: `${arn}: ${claim.because}` };
}
