import { parse, serialize } from "@marcbachmann/cel-js";
import type { ASTNode } from "@marcbachmann/cel-js";
import { partsOf } from "./expression-tree.js";
import type { Probe } from "./probe.js";

/** Where a part stands: what must hold to get there, and how a condition about it is said about the resource. Conditions are texts. */
type Spot = { readonly guards: readonly string[]; readonly lift: (text: string) => string };

/**
 * Both sides of everything in an expression that is true or false and is no connective: operands of `&&`, `||`, `!` and
 * `?:`, and the bodies of loops, wherever they stand. The expression must be one that was checked.
 */
export function expressionProbes(text: string): readonly Probe[] {
  return decisionsIn(parse(text).ast, { guards: [], lift: (condition) => condition });
}

// A node that is true or false.
function decisionsIn(node: ASTNode, spot: Spot): readonly Probe[] {
  if (node.op === "&&" || node.op === "||") {
    const [first, second] = node.args;
    return [...decisionsIn(first, spot), ...decisionsIn(second, after(spot, first, node.op === "&&"))];
  }
  if (node.op === "!_") return decisionsIn(node.args, spot);
  if (node.op === "?:") {
    const [condition, yes, no] = node.args;
    return [
      ...decisionsIn(condition, spot),
      ...decisionsIn(yes, after(spot, condition, true)),
      ...decisionsIn(no, after(spot, condition, false)),
    ];
  }
  return [...(node.op === "value" ? [] : sidesOf(node, spot)), ...partsWithin(node, spot)];
}

// A node of any kind, within which something may be decided.
function valuesIn(node: ASTNode, spot: Spot): readonly Probe[] {
  if (node.op === "&&" || node.op === "||" || node.op === "!_") return decisionsIn(node, spot);
  if (node.op !== "?:") return partsWithin(node, spot);
  const [condition, yes, no] = node.args;
  return [
    ...decisionsIn(condition, spot),
    ...valuesIn(yes, after(spot, condition, true)),
    ...valuesIn(no, after(spot, condition, false)),
  ];
}

function partsWithin(node: ASTNode, spot: Spot): readonly Probe[] {
  const loop = loopOf(node);
  if (loop === undefined) return partsOf(node).flatMap((part) => valuesIn(part, spot));
  const { list, name, test, result } = loop;
  const within: Spot = {
    guards: [],
    lift: (text) => spot.lift(joined([...spot.guards, `(${serialize(list)}).exists(${name}, ${text})`])),
  };
  const tests = test === undefined ? [] : decisionsIn(test, within);
  const results =
    result === undefined ? [] : valuesIn(result, test === undefined ? within : after(within, test, true));
  return [...valuesIn(list, spot), ...tests, ...results];
}

type Loop = {
  readonly list: ASTNode;
  readonly name: string;
  readonly test?: ASTNode;
  readonly result?: ASTNode;
};

// list.all(x, test), exists, exists_one, filter; list.map(x, result), list.map(x, test, result).
function loopOf(node: ASTNode): Loop | undefined {
  if (node.op !== "rcall") return undefined;
  const [method, list, [variable, first, second]] = node.args;
  if (variable?.op !== "id" || first === undefined) return undefined;
  const start = { list, name: variable.args };
  if (["all", "exists", "exists_one", "filter"].includes(method)) return { ...start, test: first };
  if (method !== "map") return undefined;
  return second === undefined ? { ...start, result: first } : { ...start, test: first, result: second };
}

function after({ guards, lift }: Spot, before: ASTNode, held: boolean): Spot {
  const text = serialize(before);
  return { guards: [...guards, held ? text : `!(${text})`], lift };
}

function sidesOf(node: ASTNode, { guards, lift }: Spot): readonly Probe[] {
  const text = serialize(node);
  const place = {
    path: [],
    stretch: { offset: node.start, length: Math.max(1, node.end - node.start) },
    text,
  };
  return [
    { ...place, when: "true", condition: lift(joined([...guards, text])) },
    { ...place, when: "false", condition: lift(joined([...guards, `!(${text})`])) },
  ];
}

function joined(texts: readonly string[]): string {
  return texts.map((text) => `(${text})`).join(" && ");
}
