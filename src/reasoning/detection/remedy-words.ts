import type { Account } from "../../core/account.js";
import type { RemedyWords } from "../../core/verdict.js";
import { reachingTopic } from "../reach/reaching-topic.js";
import { feedsOf } from "./chain-feeds.js";
import type { Feed } from "./chain-feeds.js";

type Counts = { readonly indirect?: "unknown" | "yes" | "no" };

/** Where a filter and an alarm for API calls belong, and whom the alarm can tell: the log group of the trail that covers most regions. Nothing where no trail feeds one. */
export function filterWords(account: Account, counts: Counts): RemedyWords {
  const [feed] = feedsOf(account)
    .filter((one) => isWell(one, account))
    .toSorted((a, b) => reachOfTrail(b, account) - reachOfTrail(a, account));
  if (feed?.group === undefined) return {};
  const { region, name } = feed.group;
  return {
    REGION: region,
    LOG_GROUP: name,
    ...topicWord(account, region, { ...counts, publisher: "cloudwatch" }),
  };
}

/** Where a rule for events belongs, and the topic that it can tell. */
export function ruleWords(account: Account, regions: readonly string[], counts: Counts): RemedyWords {
  const [region, ...others] = new Set(regions);
  if (region === undefined || others.length > 0) return {};
  return { REGION: region, ...topicWord(account, region, { ...counts, publisher: "events" }) };
}

function topicWord(
  account: Account,
  region: string,
  sending: Counts & { readonly publisher: "cloudwatch" | "events" },
): RemedyWords {
  const topic = reachingTopic(account, { region, ...sending });
  return topic?.arn === undefined ? {} : { TOPIC_ARN: topic.arn };
}

function isWell({ trail, delivery, group }: Feed, { id }: Account): boolean {
  return trail.claim.is === "yes" && delivery.claim.is === "yes" && group?.account === id;
}

function reachOfTrail({ sink }: Feed, { regions }: Account): number {
  return regions.filter((region) => sink.covers(region).is === "yes").length;
}
