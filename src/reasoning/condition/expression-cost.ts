import type { ASTNode } from "@marcbachmann/cel-js";
import type { JsonObject, JsonValue } from "../../core/json.js";
import { isArray, isObject } from "../../shared/read-property.js";
import { isLoop, loopDepth, methodCall, nodesOf } from "./expression-tree.js";
import { greatest } from "../../shared/many.js";

/** What an expression can loop over, by the names under which it sees it. */
export type Loopable = {
  readonly resource: JsonObject;
  readonly params: JsonObject;
  readonly account: JsonObject;
};

/**
 * Answers how many turns the loops of an expression take at most over such values. What a loop goes over is a list of the values or of
 * the text, the letters of a text that is split, or such lists joined by `+`. A loop can join what another joined, so that the lengths
 * multiply; they grow most where the joins are spread evenly.
 */
export function mostTurns(root: ASTNode): (values: Loopable) => number {
  const nodes = nodesOf(root);
  const loops = nodes.filter(isLoop).length;
  if (loops === 0) return () => 0;
  const names = new Set(nodes.flatMap((node) => (node.op === "id" ? [node.args] : [])));
  const written = greatest(nodes.map(writtenLength), 1);
  const stages = loops + 1;
  const growth = (1 + nodes.filter(({ op }) => op === "+").length / stages) ** stages;
  const depth = loopDepth(root);
  const isSplit = methodCall(root, "split") !== undefined;
  return ({ resource, params, account }) => {
    const seen = [
      resource,
      ...(names.has("params") ? [params] : []),
      ...(names.has("account") ? [account] : []),
    ];
    const longest = greatest(
      seen.map((value) => longestIn(value, isSplit)),
      written,
    );
    return loops * (longest * growth) ** depth;
  };
}

function writtenLength(node: ASTNode): number {
  if (node.op === "list" || node.op === "map") return node.args.length;
  return node.op === "value" && typeof node.args === "string" ? node.args.length : 1;
}

// Getters are passed over: what could not be read is no list.
function longestIn(value: JsonValue, isSplit: boolean): number {
  if (typeof value === "string") return isSplit ? value.length : 1;
  const members = isArray(value) ? value : isObject(value) ? readable(value) : [];
  return members.reduce<number>((most, member) => Math.max(most, longestIn(member, isSplit)), members.length);
}

function readable(value: JsonObject): readonly JsonValue[] {
  const members: Readonly<Record<string, TypedPropertyDescriptor<JsonValue>>> =
    Object.getOwnPropertyDescriptors(value);
  return Object.values(members).flatMap(({ value: member }) => (member === undefined ? [] : [member]));
}
