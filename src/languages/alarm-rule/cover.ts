import type { Truth } from "../../shared/truth.js";
import { alarmNameOf, type AlarmState } from "./alarm-rule.js";
import {
  evaluateNetwork,
  loadRuleNetwork,
  searchAssignment,
  type LookUpAlarm,
  type RuleNetwork,
} from "./network.js";
import { constancyUnder, TOO_LARGE, undecidedIn } from "./constancy.js";
import type { Undecided } from "./constancy.js";
import type { RuleReading } from "./evaluate.js";

/** An alarm and the state it must be in. */
export type NeededState = { readonly alarm: string; readonly state: AlarmState };

/**
 * Whether a composite changes to ALARM when a child does, all other alarms being OK.
 * `conditional`: only with other alarms in the states of one of `needs` (each a minimal set; not always all of them).
 * `unsure` says that one reading of the rule, which AWS leaves open, would cover the child.
 */
export type ChildCover =
  | { readonly kind: "covered"; readonly notes: readonly string[] }
  | {
      readonly kind: "conditional";
      readonly needs: readonly (readonly NeededState[])[];
      readonly why: string;
      readonly unsure?: string;
    }
  | { readonly kind: "not"; readonly why: string }
  | Undecided;

// A rule over 500 alarms is judged for each of them: it is not asked of each about each.
const MOST_SILENCERS = 50;

/** Decides whether a composite with this rule speaks for a child (name or ARN). Nested composites are followed. */
export function coversChild(rule: string, child: string, lookUp: LookUpAlarm): ChildCover {
  const name = alarmNameOf(child);
  const loaded = loadRuleNetwork(rule, (other) => (other === name ? { kind: "leaf" } : lookUp(other)));
  if (loaded.kind === "unknown") return loaded;
  const { network } = loaded;
  if (!network.leaves.has(name)) return { kind: "not", why: `the rule does not mention ${name}` };
  return agree(network.readings.map((reading) => ({ reading, cover: coversUnder(network, reading, name) })));
}

/** The rule that is true where this one is while an alarm (name or ARN) is not in ALARM: when a composite's actions run that this alarm suppresses. */
export function unlessSuppressed(rule: string, suppressor: string): string {
  return `(${rule}) AND NOT ALARM(${quoted(suppressor)})`;
}

/** The rule that is true where this one is while an alarm (name or ARN) is in a state. */
export function whileIn(rule: string, { alarm, state }: NeededState): string {
  return `(${rule}) AND ${state}(${quoted(alarm)})`;
}

function quoted(alarm: string): string {
  return `"${alarmNameOf(alarm).replaceAll('"', '\\"')}"`;
}

function coversUnder(network: RuleNetwork, reading: RuleReading, child: string): ChildCover {
  const when = (states: ReadonlyMap<string, AlarmState>): Truth =>
    evaluateNetwork(network, reading, (leaf) => states.get(leaf) ?? "OK");
  const atRest = when(new Map());
  if (atRest === "yes") return { kind: "not", why: whyAlreadyInAlarm(constancyUnder(network, reading)) };
  const alone = when(new Map([[child, "ALARM"]]));
  if (atRest === "no" && alone === "yes") return { kind: "covered", notes: notesOn(network, child, when) };
  if (atRest === "unknown" || alone === "unknown") return undecidedIn(network);
  return coversWithOthers(network, reading, child);
}

function coversWithOthers(network: RuleNetwork, reading: RuleReading, child: string): ChildCover {
  const under = (state: AlarmState, leafState: (leaf: string) => AlarmState | undefined): Truth =>
    evaluateNetwork(network, reading, (leaf) => (leaf === child ? state : leafState(leaf)));
  const turns = (leafState: (leaf: string) => AlarmState | undefined): Truth => {
    const [bad, good] = [under("ALARM", leafState), under("OK", leafState)];
    if (bad === "no" || good === "yes") return "no";
    return bad === "yes" && good === "no" ? "yes" : "unknown";
  };
  const answer = searchAssignment(network, new Map([[child, "ALARM"]]), turns);
  if (answer === "no")
    return { kind: "not", why: `the composite never changes to ALARM because of ${child}` };
  if (typeof answer === "string") return undecidedIn(network);
  const settled = (states: ReadonlyMap<string, AlarmState>): boolean =>
    turns((leaf) => states.get(leaf) ?? "OK") === "yes";
  const singles = [...network.leaves]
    .flatMap(([alarm, states]) =>
      states.filter((state) => state !== "OK" && alarm !== child).map((state) => ({ alarm, state })),
    )
    .filter(({ alarm, state }) => settled(new Map([[alarm, state]])));
  const needs =
    singles.length > 0 ? singles.map((single) => [single]) : [smallest(answer.found, child, settled)];
  return {
    kind: "conditional",
    needs,
    why: `${child} alone is not enough: it needs ${describeNeeds(needs)}`,
  };
}

/** Puts back to OK whatever the witness does not need. */
function smallest(
  witness: ReadonlyMap<string, AlarmState>,
  child: string,
  settled: (states: ReadonlyMap<string, AlarmState>) => boolean,
): readonly NeededState[] {
  const kept = new Map([...witness].filter(([alarm, state]) => alarm !== child && state !== "OK"));
  for (const [alarm, state] of [...kept]) {
    kept.delete(alarm);
    if (!settled(kept)) kept.set(alarm, state);
  }
  return [...kept].map(([alarm, state]) => ({ alarm, state }));
}

function describeNeeds(needs: readonly (readonly NeededState[])[]): string {
  const alternatives = needs.map((need) =>
    need.map(({ alarm, state }) => `${alarm} in ${state}`).join(" and "),
  );
  return alternatives.length === 1 ? alternatives.join("") : `one of: ${alternatives.join(", ")}`;
}

function notesOn(
  network: RuleNetwork,
  child: string,
  when: (states: ReadonlyMap<string, AlarmState>) => Truth,
): readonly string[] {
  const others = network.isRising ? [] : [...network.leaves.keys()];
  const silenced = others
    .slice(0, MOST_SILENCERS)
    .filter(
      (other) =>
        other !== child &&
        when(
          new Map([
            [child, "ALARM"],
            [other, "ALARM"],
          ]),
        ) === "no",
    )
    .map((other) => `silent while ${other} is in ALARM`);
  const notes =
    others.length > MOST_SILENCERS
      ? [...silenced, `only ${MOST_SILENCERS.toString()} of its alarms were asked whether they silence it`]
      : silenced;
  const onMissingData = when(new Map([[child, "INSUFFICIENT_DATA"]])) === "yes";
  return onMissingData ? [...notes, "also fires on INSUFFICIENT_DATA"] : notes;
}

function agree(covers: readonly { readonly reading: RuleReading; readonly cover: ChildCover }[]): ChildCover {
  const [first] = covers;
  if (first === undefined) return TOO_LARGE;
  const undecided = covers.find(({ cover }) => cover.kind === "unknown");
  if (undecided !== undefined) return undecided.cover;
  const others = covers.filter(({ cover }) => cover.kind !== first.cover.kind);
  if (others.length === 0) return first.cover;
  const onlyRounding = others.every(
    ({ reading, cover }) => reading.tighter === first.reading.tighter && cover.kind === "covered",
  );
  if (first.cover.kind === "conditional" && onlyRounding)
    return { ...first.cover, unsure: "AWS does not say how a percentage is rounded" };
  return {
    kind: "unknown",
    why: "AWS does not say how this rule is read: add parentheses, or a number instead of a percentage",
  };
}

function whyAlreadyInAlarm(constancy: string): string {
  if (constancy === "always") return "the composite is always in ALARM, so it never changes to it";
  return "the composite is in ALARM while all its alarms are OK, so it does not change to it";
}
