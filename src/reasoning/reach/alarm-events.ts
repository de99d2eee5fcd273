import type { JsonObject } from "../../core/json.js";
import type { Resource } from "../../core/resource.js";
import { parseEventPattern } from "../../languages/event-pattern/event-pattern.js";
import type { EventPattern } from "../../languages/event-pattern/event-pattern.js";
import { decideEventPatterns } from "../../languages/event-pattern/match.js";
import {
  anyText,
  exactly,
  oneOf,
  partialList,
  partialRecord,
} from "../../languages/partial-record/partial-record.js";
import type { PartialRecord } from "../../languages/partial-record/partial-record.js";
import { doubtful, holding, refuted, undecided } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { isObject, readList, readText } from "../../shared/read-property.js";
import { explainBlind } from "../../shared/text/unreadable-text.js";
import { progressTo } from "./alarm-route.js";
import type { Route, Telling } from "./alarm-route.js";
import type { AlarmWorld } from "./alarm-world.js";
import { evidenceOf } from "../evidence.js";
import { bestReach, reachOf } from "./reach.js";
import { targetMessage } from "./message.js";
import type { Reach } from "./reach.js";
import { organizationOf } from "../admits/organization.js";

const RULE = "AWS::Events::Rule";

/**
 * Whether rules of the region's default bus bring an alarm's change of state to somebody: one alone, or several
 * together. The event comes even where the alarm has no action, its actions are off, or it is muted.
 */
export function eventRoutes(
  world: AlarmWorld,
  telling: Telling,
): { readonly claim: Claim; readonly routes: readonly Route[] } {
  const { account } = world;
  const event = alarmEvent(telling);
  const heard = account
    .list(RULE)
    .resources.filter(({ region }) => region === telling.alarm.region)
    .flatMap((rule) => hear(rule, event));
  const routes = heard.map(({ rule, pattern }) => ({ pattern, route: routeOf(world, rule, telling) }));
  const [sure, maybe] = [["yes"], ["yes", "unknown"]].map((accepted) =>
    routes.filter(({ route }) => accepted.includes(route.claim.is)).map(({ pattern }) => pattern),
  );
  const isWhole = decideAlone(event);
  return {
    claim: together(world, telling, {
      event,
      sure: sure ?? [],
      maybe: maybe ?? [],
      routes: routes.map(({ route }) => route),
    }),
    routes: routes.map(({ route, pattern }) => (isWhole(pattern) ? route : { ...route, got: 0 })),
  };
}

// A rule that brings only some of the events is not the way on which somebody was to hear of it.
function decideAlone(event: PartialRecord): (pattern: EventPattern) => boolean {
  return (pattern) => decideEventPatterns([pattern], event).kind === "always";
}

type Union = {
  readonly event: PartialRecord;
  readonly sure: readonly EventPattern[];
  readonly maybe: readonly EventPattern[];
  readonly routes: readonly Route[];
};

function together(world: AlarmWorld, { alarm }: Telling, { event, sure, maybe, routes }: Union): Claim {
  const bySure = decideEventPatterns(sure, event);
  if (sure.length > 0 && bySure.kind === "always") return holding;
  const byAll = decideEventPatterns(maybe, event);
  const open = routes.flatMap(({ claim }) => (claim.is === "unknown" ? [claim] : []))[0];
  if (maybe.length > 0 && byAll.kind === "always" && open !== undefined) return open;
  if (maybe.length > 0 && byAll.kind === "unknown")
    return undecided({
      ...byAll,
      reason: `whether an EventBridge rule matches its events cannot be said: ${byAll.reason}`,
    });
  const blind = world.blindIn(alarm.region, RULE) ?? world.blindIn(alarm.region, "AWS::Events::EventBus");
  if (blind !== undefined)
    return doubtful(blind.kind, `EventBridge rules could not be listed: ${explainBlind(blind)}`);
  return refuted(
    routes.length === 0
      ? "no EventBridge rule routes its changes of state"
      : "no EventBridge rule brings all its changes of state to somebody",
  );
}

type Heard = { readonly rule: Resource; readonly pattern: EventPattern };

function hear(rule: Resource, event: PartialRecord): readonly Heard[] {
  const [bus, state, text] = [
    readText(rule, "EventBusName"),
    readText(rule, "State"),
    readText(rule, "EventPattern"),
  ];
  const isDefault = bus.kind !== "set" || bus.value === "default" || bus.value.endsWith(":event-bus/default");
  if (!isDefault || (state.kind === "set" && state.value === "DISABLED") || text.kind !== "set") return [];
  const pattern = patternOf(rule, text.value);
  if (pattern === undefined || decideEventPatterns([pattern], event).kind === "never") return [];
  return [{ rule, pattern }];
}

const patterns = new WeakMap<Resource, { readonly pattern: EventPattern | undefined }>();

// Every silent alarm asks every rule: each pattern is parsed once.
function patternOf(rule: Resource, text: string): EventPattern | undefined {
  const known = patterns.get(rule);
  if (known !== undefined) return known.pattern;
  const parsed = parseEventPattern(text);
  const pattern = parsed.ok ? parsed.pattern : undefined;
  patterns.set(rule, { pattern });
  return pattern;
}

function routeOf({ account }: AlarmWorld, rule: Resource, { options }: Telling): Route {
  const ref = rule.arn ?? rule.id;
  const targets = readList(rule, "Targets");
  const evidence = evidenceOf(account, rule, ["EventPattern", "State", "Targets"]);
  if (targets.kind !== "set") {
    const claim =
      targets.kind === "absent"
        ? refuted("it has no target")
        : doubtful(targets.kind, `the targets of rule ${rule.id} could not be read`);
    return { ref, claim, notes: [], evidence, reaches: [], got: 0 };
  }
  const sender = {
    publisher: "events",
    account: rule.account,
    region: rule.region,
    arn: ref,
    ...organizationOf(account, rule.account),
  } as const;
  const reaches = targets.value.filter(isObject).map((target): Reach => {
    const { Arn: arn, RoleArn: roleArn } = target;
    const { indirect } = options;
    return reachOf(account, typeof arn === "string" ? arn : "", {
      sender,
      message: () => targetMessage(target, { kind: "unknown" }),
      ...(typeof roleArn === "string" ? { roleArn } : {}),
      ...(indirect === undefined ? {} : { indirect }),
    });
  });
  const best = bestReach(reaches);
  const witness: JsonObject = { rule: ref, ...(best.witness ?? {}) };
  return {
    ref,
    claim: best.claim,
    notes: [`heard through the EventBridge rule ${rule.id}`, ...best.notes],
    evidence: [...evidence, ...best.links.flatMap((link) => link.evidence)],
    witness,
    reaches,
    got: best.links.length > 1 ? progressTo("target", best) : 0,
  };
}

/** Every event by which CloudWatch tells EventBridge that an alarm went to a state. Source: CloudWatch User Guide, "Alarm events and EventBridge". */
function alarmEvent({ alarm, through }: Telling): PartialRecord {
  const { id, arn = "", account, region } = alarm;
  const moment = { reason: anyText(), timestamp: anyText({ examples: ["2026-11-20T12:00:00.000+0000"] }) };
  return partialRecord(
    {
      version: exactly("0"),
      id: anyText(),
      time: anyText({ examples: ["2026-11-20T12:00:00Z"] }),
      source: exactly("aws.cloudwatch"),
      "detail-type": exactly("CloudWatch Alarm State Change"),
      account: exactly(account),
      region: exactly(region),
      resources: partialList(exactly(arn)),
      detail: partialRecord({
        alarmName: exactly(id),
        state: partialRecord({ value: exactly(through), ...moment }),
        previousState: partialRecord({
          value: oneOf("OK", through === "ALARM" ? "INSUFFICIENT_DATA" : "ALARM"),
          ...moment,
        }),
      }),
    },
    "absent",
  );
}
