import type { Account } from "../../core/account.js";
import type { JsonObject } from "../../core/json.js";
import type { Resource } from "../../core/resource.js";
import type { Evidence } from "../../core/verdict.js";
import type { MessageBody } from "../../languages/filter-policy/filter-policy.js";
import { everyClaim, holding, refuted } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { byText } from "../../shared/order.js";
import { claimOf } from "../../shared/read-claim.js";
import { readBoolean, readList } from "../../shared/read-property.js";
import { isAudible } from "./alarm-mutes.js";
import { suppression } from "./alarm-suppressor.js";
import type { AlarmWorld } from "./alarm-world.js";
import { evidenceOf } from "../evidence.js";
import type { Through } from "../firing/verdict.js";
import { bestReach, reachOf } from "./reach.js";
import type { Reach } from "./reach.js";
import type { ReachOptions } from "./link.js";
import { alarmMessage } from "./message.js";
import { organizationOf } from "../admits/organization.js";
import type { Sender } from "../admits/publishers.js";

/** What counts as somebody. */
export type TellOptions = {
  /** Functions, queues and streams, whose readers nobody knows. Default: unknown. */
  readonly indirect?: ReachOptions["indirect"];
  /** OpsItems and incidents. Default: true. */
  readonly incidents?: boolean;
};

/** One way from an alarm to a person; `ref` is the ARN of the alarm, composite or EventBridge rule that speaks. */
export type Route = {
  readonly ref: string;
  readonly claim: Claim;
  readonly notes: readonly string[];
  readonly evidence: readonly Evidence[];
  /** The first link that does not hold, and where it is. */
  readonly witness?: JsonObject;
  /** How far it gets before it breaks; only to be compared. */
  readonly got: number;
  /** What each action leads to. */
  readonly reaches: readonly Reach[];
};

/** An alarm's change of state, and what counts. */
export type Telling = { readonly alarm: Resource; readonly through: Through; readonly options: TellOptions };

const LISTS = {
  ALARM: "AlarmActions",
  INSUFFICIENT_DATA: "InsufficientDataActions",
} as const satisfies Record<Through, string>;

/** Whether an alarm's own actions tell somebody when it changes state. */
export function ownRoute(world: AlarmWorld, telling: Telling): Route {
  const { alarm, through } = telling;
  const list = LISTS[through];
  const audible = isAudible(world, alarm);
  const suppressed = suppression(world, alarm);
  const actions = actionsOf(alarm, list);
  const reach = bestReach(actions.reaches(world, telling));
  const links: readonly { readonly name: string; readonly claim: Claim }[] = [
    { name: "actions-enabled", claim: areActionsOn(alarm) },
    { name: "action", claim: actions.claim },
    { name: "mute", claim: audible.claim },
    { name: "suppressor", claim: suppressed.claim },
    { name: reach.links.at(-1)?.name ?? "target", claim: actions.claim.is === "yes" ? reach.claim : holding },
  ];
  const claim = everyClaim(links.map((link) => link.claim));
  const ref = alarm.arn ?? alarm.id;
  const evidence = [
    ...evidenceOf(world.account, alarm, ["ActionsEnabled", list]),
    ...reach.links.flatMap((link) => link.evidence),
  ];
  const shared = {
    ref,
    claim,
    evidence,
    notes: [...audible.notes, ...suppressed.notes, ...reach.notes],
    reaches: reach.target === "" ? [] : actions.reaches(world, telling),
  };
  if (claim.is === "yes") return { ...shared, got: Infinity };
  const broken = links.find((link) => link.claim === claim)?.name ?? "action";
  return {
    ...shared,
    got: actions.claim.is === "no" ? 0 : progressTo(broken, reach),
    witness: {
      alarm: ref,
      link: broken,
      ...(reach.target === "" || claim !== reach.claim ? {} : { target: reach.target }),
      because: claim.because,
    },
  };
}

/** How far a way gets that breaks at this link; one whose message reaches a topic gets further than one that is held before. */
export function progressTo(link: string, { links }: Pick<Reach, "links">): number {
  const held = ["action", "rule", "actions-enabled", "mute", "suppressor"].indexOf(link);
  return held === -1 ? 5 + links.length : held;
}

/** Whether an alarm's actions are switched on; they are unless it says otherwise. */
export function areActionsOn(alarm: Resource): Claim {
  return claimOf(readBoolean(alarm, "ActionsEnabled"), "ActionsEnabled", (on) =>
    on === false ? refuted("its actions are switched off") : holding,
  );
}

/** The ARNs in an action list; none where it could not be read. */
export function actionTargets(alarm: Resource, list: string): readonly string[] {
  const reading = readList(alarm, list);
  return reading.kind === "set"
    ? [...new Set(reading.value.filter((item) => typeof item === "string"))].sort(byText)
    : [];
}

function actionsOf(
  alarm: Resource,
  list: string,
): { readonly claim: Claim; readonly reaches: (world: AlarmWorld, telling: Telling) => readonly Reach[] } {
  const claim = claimOf(readList(alarm, list), list, (items = []) =>
    items.length > 0 ? holding : refuted(noAction(alarm, list)),
  );
  const targets = actionTargets(alarm, list);
  let known: readonly Reach[] | undefined;
  return {
    claim,
    reaches: (world, telling) => (known ??= targets.map((target) => reachTarget(world, target, telling))),
  };
}

function noAction(alarm: Resource, list: string): string {
  if (list !== LISTS.ALARM) return "silence ends in INSUFFICIENT_DATA, and there is no action for that";
  return actionTargets(alarm, "OKActions").length > 0
    ? "it has no ALARM action; it tells only when it is over"
    : "it has no ALARM action";
}

function reachTarget({ account }: AlarmWorld, target: string, { alarm, through, options }: Telling): Reach {
  if (options.incidents === false && /^arn:[^:]*:(?:ssm:[^:]*:[^:]*:opsitem|ssm-incidents:)/u.test(target)) {
    const claim = refuted(`${target} does not count as somebody here`);
    return { target, claim, notes: [], links: [{ name: "target", claim, evidence: [] }] };
  }
  return reachOf(account, target, {
    sender: alarmSender(account, alarm),
    message: () => changeMessage(alarm, through),
    ...(options.indirect === undefined ? {} : { indirect: options.indirect }),
  });
}

/** An alarm as what publishes to its actions. */
export function alarmSender(account: Account, alarm: Resource): Sender {
  return {
    publisher: "cloudwatch",
    account: alarm.account,
    region: alarm.region,
    ...(alarm.arn === undefined ? {} : { arn: alarm.arn }),
    ...organizationOf(account, alarm.account),
  };
}

function changeMessage(alarm: Resource, through: Through): MessageBody {
  const message = alarmMessage(alarm);
  return message.kind === "json"
    ? { ...message, value: { ...message.value, NewStateValue: through } }
    : message;
}
