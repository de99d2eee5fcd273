import type { Resource } from "../../core/resource.js";
import type { Evidence } from "../../core/verdict.js";
import type { MessageBody } from "../../languages/filter-policy/filter-policy.js";
import { doubtful, holding, refuted } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import type { Sender } from "../admits/publishers.js";

/** How a message is sent, and what counts. */
export type ReachOptions = {
  readonly sender: Sender;
  /** What the message says, asked only where a filter looks at its body. Default: nobody knows. */
  readonly message?: () => MessageBody;
  /** The execution role of an EventBridge target, which publishes in the place of the service. */
  readonly roleArn?: string;
  /** The message group that a target names for a FIFO queue. */
  readonly messageGroup?: string;
  /** Whether a function, queue or stream, whose readers nobody knows, counts as somebody. Default: unknown. */
  readonly indirect?: "unknown" | "yes" | "no";
};

/** One thing that must hold between the sender and a person, with the observed values that say so. */
export type Link = {
  readonly name: "target" | "role" | "policy" | "key" | "subscription";
  readonly claim: Claim;
  readonly evidence: readonly Evidence[];
};

/** What a receiver counts as whose own readers nobody knows: "a queue". */
export function indirectClaim(what: string, counts: ReachOptions["indirect"] = "unknown"): Claim {
  if (counts === "yes") return holding;
  return counts === "no"
    ? refuted(`it ends in ${what}, which does not count as somebody`)
    : doubtful("undecidable", `it ends in ${what}, and who hears of it there is not known`);
}

/**
 * The link of an execution role, in the place of the receiver's policy; undefined where there is no role. A role of the receiver's own account
 * sends by its own permissions, which nobody reads here; into another account it needs the policy, too.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-cross-account.html
 */
export function roleLink(
  receiver: Resource,
  { sender, roleArn }: Pick<ReachOptions, "sender" | "roleArn">,
): Link | undefined {
  if (roleArn === undefined) return undefined;
  const claim =
    receiver.account === sender.account
      ? holding
      : doubtful("undecidable", `whether its policy admits the role ${roleArn} is not decided`);
  return { name: "role", claim, evidence: [] };
}
