import type { Account } from "../../core/account.js";
import type { Resource } from "../../core/resource.js";
import { byText } from "../../shared/order.js";
import type { ReachOptions } from "./link.js";
import { reachOf } from "./reach.js";

/** Who publishes, and from which region of the account. */
type Publishing = Pick<ReachOptions, "indirect"> & {
  readonly region: string;
  readonly publisher: "cloudwatch" | "events";
};

/** The account's first topic of a region that brings what a service publishes from there to somebody; undefined where none is known to. */
export function reachingTopic(
  account: Account,
  { region, publisher, ...counts }: Publishing,
): Resource | undefined {
  const name = { cloudwatch: "alarm:x", events: "rule/x" }[publisher];
  const arn = `arn:${account.partition}:${publisher}:${region}:${account.id}:${name}`;
  const sender = { publisher, account: account.id, region, arn } as const;
  return account
    .list("AWS::SNS::Topic")
    .resources.filter((topic) => topic.region === region && topic.account === account.id)
    .toSorted((a, b) => byText(a.arn ?? a.id, b.arn ?? b.id))
    .find((topic) => reachOf(account, topic.arn ?? "", { sender, ...counts }).claim.is === "yes");
}
