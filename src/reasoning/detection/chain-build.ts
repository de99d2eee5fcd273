import type { Account, Blind } from "../../core/account.js";
import type { Resource } from "../../core/resource.js";
import type { Question } from "../../languages/partial-record/search.js";
import { doubtful, holding, refuted } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { rememberByText } from "../../shared/remember.js";
import { explainBlind } from "../../shared/text/unreadable-text.js";
import type { TellOptions } from "../reach/alarm-route.js";
import { ALARM_TYPES, alarmWorld } from "../reach/alarm-world.js";
import { activity } from "../capture/sink.js";
import { alarmIndex, alarmLinks, logAlarmLinks, noAlarmClaim, queriesGroup, toldBy } from "./chain-alarms.js";
import type { AlarmIndex } from "./chain-alarms.js";
import { feedsOf, recordedBy } from "./chain-feeds.js";
import type { Feed } from "./chain-feeds.js";
import { filtersOf } from "./chain-filters.js";
import type { Filter, WrittenMetric } from "./chain-filters.js";
import { hiddenRuleLink, recordedLink, RULE, ruleLink, targetLink } from "./chain-rules.js";
import type { TargetOptions } from "./chain-rules.js";
import { chainOf } from "./chain.js";
import type { Chain, ChainLink } from "./chain.js";
import type { Told } from "../reach/alarm-tell.js";

/** Everything by which events may come to people in an account. */
export type Ways = {
  readonly filters: readonly Filter[];
  readonly chains: readonly Chain[];
  readonly index: AlarmIndex;
  readonly hasTrail: boolean;
};

const known = new WeakMap<Account, Map<string, Ways>>();

/** Every chain of an account, complete or not: through log groups, filters and alarms, and through EventBridge rules. Remembered, since many rules ask. */
export function waysOf(account: Account, options: TellOptions): Ways {
  const ofAccount = known.get(account) ?? new Map<string, Ways>();
  known.set(account, ofAccount);
  const key = JSON.stringify(options);
  const ways = ofAccount.get(key) ?? findWays(account, options);
  ofAccount.set(key, ways);
  return ways;
}

function findWays(account: Account, options: TellOptions): Ways {
  const feeds = feedsOf(account);
  const filters = filtersOf(account);
  const index = alarmIndex(account);
  const world = alarmWorld(account);
  const parts: Parts = { account, feeds, filters, index, told: toldBy(world, options) };
  const recorded = recordings(feeds);
  const target: TargetOptions = options.indirect === undefined ? {} : { indirect: options.indirect };
  const rules = account
    .list(RULE)
    .resources.flatMap((rule) => ruleChains(account, rule, { recorded, target }));
  return {
    filters,
    index,
    hasTrail: feeds.some(({ sink }) => sink.kind === "trail"),
    chains: [
      ...filters.flatMap((filter) => filterChains(parts, filter)),
      ...feeds.flatMap((feed) => bareChains(parts, feed)),
      ...rules,
      ...hiddenRules(account, recorded),
    ],
  };
}

type Parts = {
  readonly account: Account;
  readonly feeds: readonly Feed[];
  readonly filters: readonly Filter[];
  readonly index: AlarmIndex;
  readonly told: (alarm: Resource) => Told;
};

function isFedBy(filter: Filter, { sink, group }: Feed, account: Account): boolean {
  // A trail that cannot be seen may feed any log group.
  if (sink.kind === "hidden") return true;
  return (
    group !== undefined &&
    group.account === account.id &&
    group.name === filter.groupName &&
    group.region === filter.resource.region
  );
}

function filterChains(parts: Parts, filter: Filter): readonly Chain[] {
  const { account, feeds } = parts;
  const rest = filter.metrics.flatMap((written) => metricTails(parts, filter, written));
  const tails = rest.length === 0 ? [[broken(filter, refuted("writes no metric"))]] : rest;
  const feeding = feeds.filter((feed) => isFedBy(filter, feed, account));
  const unfed: readonly ChainLink[] = [
    {
      name: "log group",
      ref: filter.groupName,
      id: filter.groupName,
      claim: refuted("no trail delivers to it"),
      evidence: () => [],
    },
  ];
  const isOrphan = feeding.every(({ sink }) => sink.kind === "hidden");
  const fed = feeding.flatMap((feed) =>
    tails.map((tail) =>
      chainOf([feed.trail, feed.delivery, filter.link, ...tail], (region) => feed.sink.covers(region)),
    ),
  );
  return [
    ...fed,
    ...(isOrphan ? tails.map((tail) => chainOf([...unfed, filter.link, ...tail], () => holding)) : []),
  ];
}

/** What follows a filter: that a match counts, an alarm, and somebody who hears of it. */
function metricTails(
  { account, index, told }: Parts,
  filter: Filter,
  written: WrittenMetric,
): readonly (readonly ChainLink[])[] {
  const { region } = filter.resource;
  const counting = written.counts.is === "yes" ? [] : [broken(filter, written.counts)];
  const alarms = index
    .watching(region, written)
    .map((alarm) => [...counting, ...alarmLinks(account, alarm, { written, told: told(alarm) })]);
  const hidden = blindIn(account, ALARM_TYPES.metric, region).map((blind) => [
    ...counting,
    doubt("alarm", `${ALARM_TYPES.metric} ${region}`, blind),
  ]);
  if (alarms.length + hidden.length > 0) return [...alarms, ...hidden];
  return [[...counting, broken(filter, noAlarmClaim(index, region, written))]];
}

function broken({ link }: Filter, claim: Claim): ChainLink {
  return { name: "filter", ref: link.ref, id: link.id, claim, evidence: link.evidence };
}

function doubt(name: ChainLink["name"], ref: string, blind: Blind): ChainLink {
  return {
    name,
    ref,
    id: ref,
    claim: doubtful(blind.kind, `could not be listed: ${explainBlind(blind)}`),
    evidence: () => [],
  };
}

/** A trail's way that ends at its log group, or goes on through what could not be listed there, or through alarms on queries. */
function bareChains({ account, filters, told }: Parts, feed: Feed): readonly Chain[] {
  const { sink, group, trail, delivery } = feed;
  const along = (links: readonly ChainLink[]): Chain =>
    chainOf([trail, delivery, ...links], (region) => sink.covers(region));
  if (group === undefined || group.account !== account.id) return sink.kind === "hidden" ? [] : [along([])];
  const logAlarms = account
    .list(ALARM_TYPES.log)
    .resources.filter((alarm) => alarm.region === group.region && queriesGroup(alarm, group));
  const byQuery = logAlarms.map((alarm) => along(logAlarmLinks(account, alarm, told(alarm))));
  const hidden = [
    ...blindIn(account, "AWS::Logs::MetricFilter", group.region).map((blind) =>
      along([doubt("filter", `AWS::Logs::MetricFilter ${group.region}`, blind)]),
    ),
    ...blindIn(account, ALARM_TYPES.log, group.region).map((blind) =>
      along([doubt("log alarm", `${ALARM_TYPES.log} ${group.region}`, blind)]),
    ),
  ];
  const isFiltered = filters.some((filter) => isFedBy(filter, feed, account));
  const bare =
    isFiltered || byQuery.length + hidden.length > 0
      ? []
      : [
          along([
            {
              name: "log group",
              ref: group.arn,
              id: group.name,
              claim: refuted("has no metric filter"),
              evidence: () => [],
            },
          ]),
        ];
  return [...byQuery, ...hidden, ...bare];
}

function blindIn(account: Account, type: string, region: string): readonly Blind[] {
  return account.list(type).blind.filter((blind) => blind.region === region || blind.region === "global");
}

type Heard = { readonly recorded: Recordings; readonly target: TargetOptions };

function ruleChains(account: Account, rule: Resource, { recorded, target }: Heard): readonly Chain[] {
  const links = [ruleLink(account, rule, "calls"), targetLink(account, rule, target)] as const;
  return recorded(rule.region).map((first) => chainOf([first, ...links], here(rule.region)));
}

function hiddenRules(account: Account, recorded: Recordings): readonly Chain[] {
  const blind = [...account.list(RULE).blind, ...account.list("AWS::Events::EventBus").blind];
  return blind.flatMap(({ region, kind, ...rest }) => {
    const places = region === "global" ? account.regions : [region];
    return places.flatMap((place) =>
      recorded(place).map((first) =>
        chainOf([first, hiddenRuleLink(place, explainBlind({ kind, region, ...rest }), kind)], here(place)),
      ),
    );
  });
}

/** Whether a region is this one. */
export function here(region: string): (asked: string) => Claim {
  const elsewhere = refuted(`is about ${region} only`);
  return (asked) => (asked === region ? holding : elsewhere);
}

/** What trails record in a region, as first links: for sure, and with those of which it is not known. */
type Recordings = (region: string) => readonly ChainLink[];

// Most regions have the same trails: their links are the same, so that whoever asks them of an event asks once.
function recordings(feeds: readonly Feed[]): Recordings {
  const alike = new Map<string, readonly ChainLink[]>();
  return rememberByText((region) => {
    const claims = feeds.map(({ sink }) => activity(sink, region, { delivered: false }));
    const key = JSON.stringify(claims.map((claim) => (claim.is === "unknown" ? claim : claim.is)));
    const links = alike.get(key) ?? recordedLinks(feeds, claims);
    alike.set(key, links);
    return links;
  });
}

function recordedLinks(feeds: readonly Feed[], claims: readonly Claim[]): readonly ChainLink[] {
  const questions = (wanted: Claim["is"]): readonly Question[] =>
    feeds.flatMap(({ sink }, at) => (claims[at]?.is === wanted ? [recordedBy(sink)] : []));
  const surely = recordedLink(questions("yes"), holding);
  const doubt = claims.find(({ is }) => is === "unknown");
  return doubt === undefined ? [surely] : [surely, recordedLink(questions("unknown"), doubt)];
}
