import { allOf, anyOf, opposite, truthOf, type Truth } from "../../shared/truth.js";
import type { AlarmState, Quorum, RuleTree } from "./alarm-rule.js";

/**
 * A way to read what AWS leaves open: which of AND and OR binds tighter where both stand without parentheses,
 * and how a percentage of alarms that is no whole number is rounded.
 */
export type RuleReading = { readonly tighter: "AND" | "OR"; readonly round: "up" | "down" };

/** Every reading that makes a difference to these rules; the conventional one (AND first, rounded up) comes first. */
export function readingsOf(trees: readonly RuleTree[]): readonly RuleReading[] {
  const tighter = trees.some((tree) => hasPart(tree, isMixed))
    ? (["AND", "OR"] as const)
    : (["AND"] as const);
  const round = trees.some((tree) => hasPart(tree, isFractional))
    ? (["up", "down"] as const)
    : (["up"] as const);
  return tighter.flatMap((first) => round.map((way) => ({ tighter: first, round: way })));
}

/** Whether a rule is true when its children are in these states; unknown where an unknown state (undefined) decides. */
export function evaluateRuleTree(
  tree: RuleTree,
  stateOf: (child: string) => AlarmState | undefined,
  reading: RuleReading,
): Truth {
  switch (tree.kind) {
    case "constant":
      return truthOf(tree.value);
    case "state":
      return isIn(stateOf(tree.child), tree.state);
    case "not":
      return opposite(evaluateRuleTree(tree.operand, stateOf, reading));
    case "chain":
      return evaluateChain(
        tree.operands.map((operand) => evaluateRuleTree(operand, stateOf, reading)),
        tree.operators,
        reading.tighter,
      );
    case "at-least": {
      const votes = tree.children
        .map((child) => isIn(stateOf(child), tree.state))
        .map((vote) => (tree.negated ? opposite(vote) : vote));
      return reaches(votes, quorumSize(tree.quorum, votes.length, reading.round));
    }
  }
}

/** Whether a rule is true in these states whichever way it is read; unknown where the readings differ or an unknown state decides. */
export function evaluateAlarmRule(tree: RuleTree, stateOf: (child: string) => AlarmState | undefined): Truth {
  const truths = readingsOf([tree]).map((reading) => evaluateRuleTree(tree, stateOf, reading));
  const [first] = truths;
  return first !== undefined && truths.every((truth) => truth === first) ? first : "unknown";
}

/** The names of the alarms that a rule mentions, in order of appearance, each once, with the states it asks for. */
export function childrenOf(tree: RuleTree): ReadonlyMap<string, ReadonlySet<AlarmState>> {
  const found = new Map<string, Set<AlarmState>>();
  visit(tree, (part) => {
    if (part.kind !== "state" && part.kind !== "at-least") return;
    for (const child of part.kind === "state" ? [part.child] : part.children) {
      found.set(child, (found.get(child) ?? new Set<AlarmState>()).add(part.state));
    }
  });
  return found;
}

/** How many parts a rule has: a measure of what evaluating it once costs. */
export function sizeOf(tree: RuleTree): number {
  let size = 0;
  visit(tree, (part) => (size += part.kind === "at-least" ? part.children.length : 1));
  return size;
}

/** Whether a rule that is true stays true whatever further alarms go into ALARM: it asks for ALARM alone, and denies nothing. */
export function isRising(tree: RuleTree): boolean {
  return !hasPart(
    tree,
    (part) =>
      part.kind === "not" ||
      (part.kind === "state" && part.state !== "ALARM") ||
      (part.kind === "at-least" && (part.negated || part.state !== "ALARM")),
  );
}

function visit(tree: RuleTree, see: (part: RuleTree) => void): void {
  see(tree);
  if (tree.kind === "not") visit(tree.operand, see);
  if (tree.kind === "chain") for (const operand of tree.operands) visit(operand, see);
}

function hasPart(tree: RuleTree, test: (part: RuleTree) => boolean): boolean {
  let found = false;
  visit(tree, (part) => (found ||= test(part)));
  return found;
}

function isMixed(part: RuleTree): boolean {
  return part.kind === "chain" && new Set(part.operators).size > 1;
}

function isFractional(part: RuleTree): boolean {
  return (
    part.kind === "at-least" &&
    part.quorum.kind === "percent" &&
    (part.quorum.percent * part.children.length) % 100 !== 0
  );
}

function quorumSize(quorum: Quorum, listed: number, round: "up" | "down"): number {
  if (quorum.kind === "number") return quorum.number;
  const exact = (quorum.percent * listed) / 100;
  return round === "up" ? Math.ceil(exact) : Math.floor(exact);
}

function evaluateChain(
  values: readonly Truth[],
  operators: readonly ("AND" | "OR")[],
  tighter: "AND" | "OR",
): Truth {
  const groups: Truth[][] = [[]];
  values.forEach((value, index) => {
    if (index > 0 && operators[index - 1] !== tighter) groups.push([]);
    groups.at(-1)?.push(value);
  });
  return tighter === "AND" ? anyOf(groups.map(allOf)) : allOf(groups.map(anyOf));
}

function reaches(votes: readonly Truth[], needed: number): Truth {
  const sure = votes.filter((vote) => vote === "yes").length;
  if (sure >= needed) return "yes";
  return sure + votes.filter((vote) => vote === "unknown").length >= needed ? "unknown" : "no";
}

function isIn(state: AlarmState | undefined, asked: AlarmState): Truth {
  return state === undefined ? "unknown" : truthOf(state === asked);
}
