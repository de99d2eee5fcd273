import type { ASTNode } from "@marcbachmann/cel-js";
import { addAll } from "../../shared/many.js";

const loops: ReadonlySet<string> = new Set(["all", "exists", "exists_one", "map", "filter"]);

/** The parts of a syntax node, in the order of the text. */
export function partsOf(node: ASTNode): readonly ASTNode[] {
  switch (node.op) {
    case "value":
    case "id":
      return [];
    case ".":
    case ".?":
      return [node.args[0]];
    case "call":
      return node.args[1];
    case "rcall":
      return [node.args[1], ...node.args[2]];
    case "list":
      return node.args;
    case "map":
      return node.args.flat();
    case "!_":
    case "-_":
      return [node.args];
    default:
      return node.args;
  }
}

/** The node and everything below it. */
export function nodesOf(node: ASTNode): readonly ASTNode[] {
  const found: ASTNode[] = [];
  const left = [node];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    found.push(next);
    addAll(left, partsOf(next).toReversed());
  }
  return found;
}

/** How many loops (`all`, `exists`, `map`, …) stand within each other at the deepest. A loop over what another loop made stands after it. */
export function loopDepth(node: ASTNode): number {
  if (node.op !== "rcall" || !isLoop(node)) return deepest(partsOf(node));
  return Math.max(loopDepth(node.args[1]), deepest(node.args[2]) + 1);
}

function deepest(nodes: readonly ASTNode[]): number {
  return nodes.reduce((most, node) => Math.max(most, loopDepth(node)), 0);
}

/** A property of `resource` that an expression names: `resource.Name` or `resource["Name"]`. */
export type NamedProperty = { readonly name: string; readonly offset: number };

/** The property that a node names, if it does. */
export function namedProperty(node: ASTNode): NamedProperty | undefined {
  if (node.op === "." || node.op === ".?")
    return isResource(node.args[0])
      ? { name: node.args[1], offset: node.end - node.args[1].length }
      : undefined;
  if (node.op !== "[]" && node.op !== "[?]") return undefined;
  const [of, key] = node.args;
  if (!isResource(of) || key.op !== "value" || typeof key.args !== "string") return undefined;
  return { name: key.args, offset: key.start + 1 };
}

/** Where `resource` stands without the name of a property: then it could not be known what to read. */
export function bareResource(node: ASTNode): ASTNode | undefined {
  if (isResource(node)) return node;
  const rest =
    namedProperty(node) === undefined ? partsOf(node) : partsOf(node).filter((part) => !isResource(part));
  for (const part of rest) {
    const bare = bareResource(part);
    if (bare !== undefined) return bare;
  }
  return undefined;
}

/** The call of a method of this name, wherever it stands. */
export function methodCall(root: ASTNode, name: string): ASTNode | undefined {
  return nodesOf(root).find((node) => (node.op === "rcall" || node.op === "call") && node.args[0] === name);
}

/** Whether a node is a loop over a list: `list.all(x, …)`. */
export function isLoop(node: ASTNode): boolean {
  return node.op === "rcall" && loops.has(node.args[0]);
}

function isResource(node: ASTNode): boolean {
  return node.op === "id" && node.args === "resource";
}
