import type { Account, Blind } from "../../core/account.js";
import type { Need } from "../../core/need.js";
import type { Resource } from "../../core/resource.js";
import { childrenOf } from "../../languages/alarm-rule/evaluate.js";
import { parseAlarmRule } from "../../languages/alarm-rule/alarm-rule.js";
import { groupBy } from "../../shared/group-by.js";
import { readText } from "../../shared/read-property.js";
import { rememberByObject } from "../../shared/remember.js";

/** The three kinds of alarms, by resource type. */
export const ALARM_TYPES = {
  metric: "AWS::CloudWatch::Alarm",
  composite: "AWS::CloudWatch::CompositeAlarm",
  log: "AWS::CloudWatch::LogAlarm",
} as const;
export type AlarmKind = keyof typeof ALARM_TYPES;

/** The alarms of an account, and how they hang together within a region. */
export type AlarmWorld = {
  readonly account: Account;
  /** The alarms of a kind in a region. */
  in(region: string, kind: AlarmKind): readonly Resource[];
  /** The alarm of this name in a region, of whatever kind. */
  find(region: string, name: string): Resource | undefined;
  /** Why alarms of a kind may be hidden in a region; undefined where all are seen. */
  blindIn(region: string, type: string): Blind | undefined;
  /** The composites whose rules mention an alarm, directly or through other composites, nearest first. */
  above(alarm: Resource): readonly Resource[];
};

/** What must be read of alarms to follow one to a person. */
export const alarmChainNeeds: readonly Need[] = [
  {
    type: ALARM_TYPES.metric,
    properties: [
      "ActionsEnabled",
      "AlarmActions",
      "InsufficientDataActions",
      "OKActions",
      "AlarmDescription",
    ],
  },
  {
    type: ALARM_TYPES.composite,
    properties: [
      "AlarmRule",
      "ActionsEnabled",
      "AlarmActions",
      "InsufficientDataActions",
      "OKActions",
      "AlarmDescription",
      "ActionsSuppressor",
      "StateValue",
      "StateTransitionedTimestamp",
    ],
  },
  {
    type: ALARM_TYPES.log,
    properties: [
      "ActionsEnabled",
      "AlarmActions",
      "InsufficientDataActions",
      "OKActions",
      "AlarmDescription",
      "ScheduledQueryConfiguration",
    ],
  },
  {
    type: "AWS::CloudWatch::AlarmMuteRule",
    properties: ["Status", "Rule", "MuteTargets", "StartDate", "ExpireDate"],
  },
  { type: "AWS::Events::Rule", properties: ["EventPattern", "State", "EventBusName", "Targets"] },
];

/** Opens the alarms of an account. Remembered, since many rules ask. */
export const alarmWorld: (account: Account) => AlarmWorld = rememberByObject((account) => {
  const kinds = Object.keys(ALARM_TYPES).filter((kind): kind is AlarmKind =>
    Object.hasOwn(ALARM_TYPES, kind),
  );
  const byPlace = groupBy(
    kinds.flatMap((kind) => account.list(ALARM_TYPES[kind]).resources),
    ({ type, region }) => `${type} ${region}`,
  );
  const byName = new Map([...byPlace.values()].flat().map((alarm) => [`${alarm.region} ${alarm.id}`, alarm]));
  const parents = new Map<string, ReadonlyMap<string, readonly Resource[]>>();
  const inRegion = (region: string, kind: AlarmKind): readonly Resource[] =>
    byPlace.get(`${ALARM_TYPES[kind]} ${region}`) ?? [];
  const parentsIn = (region: string): ReadonlyMap<string, readonly Resource[]> => {
    const known = parents.get(region) ?? mentions(inRegion(region, "composite"));
    parents.set(region, known);
    return known;
  };
  return {
    account,
    in: inRegion,
    find: (region, name) => byName.get(`${region} ${name}`),
    blindIn: (region, type) =>
      account.list(type).blind.find((blind) => blind.region === region || blind.region === "global"),
    above: (alarm) => climb(alarm, parentsIn(alarm.region)),
  };
});

/** The names that composite rules mention, each with the composites that mention it. A rule that does not parse mentions whatever its text contains. */
function mentions(composites: readonly Resource[]): ReadonlyMap<string, readonly Resource[]> {
  const found = new Map<string, Resource[]>();
  for (const composite of composites) {
    for (const name of mentionedBy(composite)) {
      const known = found.get(name);
      if (known === undefined) found.set(name, [composite]);
      else known.push(composite);
    }
  }
  return found;
}

// What cannot be understood may speak for any alarm.
const ANY = "";

function mentionedBy(composite: Resource): readonly string[] {
  const rule = readText(composite, "AlarmRule");
  const parsed = rule.kind === "set" ? parseAlarmRule(rule.value) : undefined;
  return parsed?.kind === "parsed" ? [...childrenOf(parsed.value).keys()] : [ANY];
}

function climb(alarm: Resource, parents: ReadonlyMap<string, readonly Resource[]>): readonly Resource[] {
  const seen = new Map<string, Resource>();
  const queue = [alarm.id];
  for (const name of queue) {
    for (const parent of [...(parents.get(name) ?? []), ...(parents.get(ANY) ?? [])]) {
      if (seen.has(parent.id) || parent.id === alarm.id) continue;
      seen.set(parent.id, parent);
      queue.push(parent.id);
    }
  }
  return [...seen.values()];
}
