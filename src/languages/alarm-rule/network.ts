import type { Parsed } from "../../shared/parsed.js";
import { rememberByObject } from "../../shared/remember.js";
import type { Truth } from "../../shared/truth.js";
import { parseAlarmRule, type AlarmState, type RuleTree } from "./alarm-rule.js";
import { childrenOf, evaluateRuleTree, isRising, readingsOf, sizeOf, type RuleReading } from "./evaluate.js";

/** What is known of an alarm that a rule mentions: its own rule if it is composite, that it is none, or that it could not be read. */
export type KnownAlarm =
  | { readonly kind: "composite"; readonly rule: string }
  | { readonly kind: "leaf" }
  | { readonly kind: "unknown"; readonly why: string };

/** Looks an alarm up by name, in the account and region of the composite. */
export type LookUpAlarm = (name: string) => KnownAlarm;

/** A composite rule with every composite below it. Leaves are the alarms whose states are free. */
export type RuleNetwork = {
  readonly root: RuleTree;
  readonly composites: ReadonlyMap<string, RuleTree>;
  readonly unknown: ReadonlyMap<string, string>;
  readonly leaves: ReadonlyMap<string, readonly AlarmState[]>;
  readonly readings: readonly RuleReading[];
  /** Whether no alarm that goes into ALARM ever makes the root false. */
  readonly isRising: boolean;
  /** The cost of evaluating the whole network once. */
  readonly size: number;
};

/** A network, or why there is none: a rule that does not parse, or composites that depend on each other in a circle, or are too many. */
export type LoadedNetwork =
  | { readonly kind: "network"; readonly network: RuleNetwork }
  | { readonly kind: "unknown"; readonly why: string; readonly tooComplex?: true };

const MAX_COMPOSITES = 500;
const MAX_NESTING = 100;
// Evaluated parts: some hundredths of a second.
const STEPS = 200_000;

/** Parses a rule and the rules of all composites below it. */
export function loadRuleNetwork(rule: string, lookUp: LookUpAlarm): LoadedNetwork {
  const draft: Draft = {
    lookUp,
    composites: new Map(),
    unknown: new Map(),
    leaves: new Map(),
    open: new Set(),
  };
  const problem = loadInto(draft, ROOT, parseAlarmRule(rule));
  const root = draft.composites.get(ROOT);
  if (problem !== undefined || root === undefined)
    return { kind: "unknown", ...(problem ?? { why: "the rule is empty" }) };
  const trees = [...draft.composites.values()];
  draft.composites.delete(ROOT);
  const leaves = new Map([...draft.leaves].map(([name, states]) => [name, statesToTry(states)]));
  const size = trees.reduce((sum, tree) => sum + sizeOf(tree), 0);
  return {
    kind: "network",
    network: {
      root,
      composites: draft.composites,
      unknown: draft.unknown,
      leaves,
      readings: readingsOf(trees),
      isRising: trees.every(isRising),
      size,
    },
  };
}

type Draft = {
  readonly lookUp: LookUpAlarm;
  readonly composites: Map<string, RuleTree>;
  readonly unknown: Map<string, string>;
  readonly leaves: Map<string, Set<AlarmState>>;
  /** The composites on the way from the root to here. */
  readonly open: Set<string>;
};

// No alarm has an empty name, so the root cannot be mistaken for a child.
const ROOT = "";

type Problem = { readonly why: string; readonly tooComplex?: true };

// The same composites stand below many others.
const parsedRule = rememberByObject(({ rule }: KnownAlarm & { readonly kind: "composite" }) =>
  parseAlarmRule(rule),
);

function loadInto(draft: Draft, name: string, parsed: Parsed<RuleTree>): Problem | undefined {
  if (parsed.kind === "malformed")
    return { why: `the rule of ${name === ROOT ? "the composite" : name} does not parse: ${parsed.why}` };
  if (draft.composites.size > MAX_COMPOSITES || draft.open.size > MAX_NESTING)
    return { why: "there are more composites below this one than are followed", tooComplex: true };
  draft.composites.set(name, parsed.value);
  draft.open.add(name);
  for (const [child, states] of childrenOf(parsed.value)) {
    const problem = loadChild(draft, child, states);
    if (problem !== undefined) return problem;
  }
  draft.open.delete(name);
  return undefined;
}

function loadChild(draft: Draft, child: string, states: ReadonlySet<AlarmState>): Problem | undefined {
  if (draft.open.has(child)) return { why: `${child} depends on itself, and AWS does not evaluate circles` };
  if (draft.composites.has(child)) return undefined;
  const known = draft.lookUp(child);
  if (known.kind === "composite") return loadInto(draft, child, parsedRule(known));
  if (known.kind === "unknown") draft.unknown.set(child, known.why);
  else draft.leaves.set(child, new Set([...(draft.leaves.get(child) ?? []), ...states]));
  return undefined;
}

/** Whether the root is true when the leaves are in these states; a leaf without a state is unknown. */
export function evaluateNetwork(
  network: RuleNetwork,
  reading: RuleReading,
  leafState: (leaf: string) => AlarmState | undefined,
): Truth {
  const settled = new Map<string, AlarmState | undefined>();
  const stateOf = (name: string): AlarmState | undefined => {
    const tree = network.composites.get(name);
    if (tree === undefined) return network.unknown.has(name) ? undefined : leafState(name);
    if (!settled.has(name)) settled.set(name, stateFrom(evaluateRuleTree(tree, stateOf, reading)));
    return settled.get(name);
  };
  return evaluateRuleTree(network.root, stateOf, reading);
}

/** What may be asked of a network's leaves: does some assignment make `test` true? Bounded; gives up as "unknown". */
export function searchAssignment(
  network: RuleNetwork,
  fixed: ReadonlyMap<string, AlarmState>,
  test: (leafState: (leaf: string) => AlarmState | undefined) => Truth,
): { readonly found: ReadonlyMap<string, AlarmState> } | Truth {
  const free = [...network.leaves].filter(([leaf]) => !fixed.has(leaf));
  const assigned = new Map(fixed);
  const budget = { left: Math.ceil(STEPS / Math.max(1, network.size)) };
  const descend = (depth: number): Truth => {
    budget.left -= 1;
    const truth = test((leaf) => assigned.get(leaf));
    if (truth !== "unknown") return truth;
    const [leaf, states] = free[depth] ?? [];
    if (leaf === undefined || states === undefined || budget.left < 0) return "unknown";
    let answer: Truth = "no";
    for (const state of states) {
      assigned.set(leaf, state);
      const deeper = descend(depth + 1);
      if (deeper === "yes") return "yes";
      if (deeper === "unknown") answer = "unknown";
    }
    assigned.delete(leaf);
    return answer;
  };
  const answer = descend(0);
  return answer === "yes" ? { found: new Map(assigned) } : answer;
}

// A composite is in INSUFFICIENT_DATA only right after its creation.
function stateFrom(truth: Truth): AlarmState | undefined {
  if (truth === "unknown") return undefined;
  return truth === "yes" ? "ALARM" : "OK";
}

// Where a leaf is only asked "OK?" or only "ALARM?", two states tell everything apart.
function statesToTry(asked: ReadonlySet<AlarmState>): readonly AlarmState[] {
  if (asked.size === 1 && !asked.has("INSUFFICIENT_DATA")) return ["ALARM", "OK"];
  return ["ALARM", "OK", "INSUFFICIENT_DATA"];
}
