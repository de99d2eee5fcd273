import type { Account } from "../../core/account.js";
import type { JsonObject } from "../../core/json.js";
import { everyClaim, refuted } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { byText } from "../../shared/order.js";
import type { Link, ReachOptions } from "./link.js";
import { targetLinks } from "./target.js";
import { topicLinks } from "./topic.js";
import { greatest } from "../../shared/many.js";

/** Whether a target brings a message to somebody; `links` in order, up to the one that decides. */
export type Reach = {
  /** The target's ARN, "" where there is no target. */
  readonly target: string;
  readonly claim: Claim;
  readonly links: readonly Link[];
  /** What a person should look at although the target reaches somebody. */
  readonly notes: readonly string[];
  /** The target and the first link that does not hold. */
  readonly witness?: JsonObject;
};

/** Whether a target, named by its ARN, brings a message to somebody. A broken link decides, whatever else is unknown. */
export function reachOf(account: Account, target: string, options: ReachOptions): Reach {
  const isTopic = /^arn:[^:]*:sns:/u.test(target);
  const links = isTopic ? topicLinks(account, target, options) : targetLinks(account, target, options);
  const claim = everyClaim(links.map((link) => link.claim));
  if (claim.is === "yes") return { target, claim, links, notes: notesOf(links, options) };
  const at = links.findIndex((link) => link.claim === claim);
  return {
    target,
    claim,
    links: links.slice(0, at + 1),
    notes: [],
    witness: { target, link: links[at]?.name ?? "target", because: claim.because },
  };
}

/** Whether one of several targets brings the message to somebody; which one answers, `bestReach` says. */
export function reachOfAny(account: Account, targets: readonly string[], options: ReachOptions): Reach {
  return bestReach([...targets].sort(byText).map((target) => reachOf(account, target, options)));
}

/** The target that reaches somebody, else one that may, else the one whose chain breaks last. */
export function bestReach(reaches: readonly Reach[]): Reach {
  const decided =
    reaches.find(({ claim }) => claim.is === "yes") ?? reaches.find(({ claim }) => claim.is === "unknown");
  if (decided !== undefined) return decided;
  const longest = greatest(
    reaches.map(({ links }) => links.length),
    0,
  );
  return reaches.find(({ links }) => links.length === longest) ?? noTarget;
}

const noTarget: Reach = {
  target: "",
  claim: refuted("it has no target"),
  links: [],
  notes: [],
  witness: { link: "target", because: "it has no target" },
};

// The permissions of an execution role are IAM's; nothing here reads them.
function notesOf(links: readonly Link[], { roleArn = "" }: ReachOptions): readonly string[] {
  return links.some(({ name }) => name === "role")
    ? [`publishes with the role ${roleArn}, whose permissions were not read`]
    : [];
}
