import type { KnownTypes, OptionProblem } from "../core/evaluator.js";
import { nearest } from "../shared/nearest.js";
import { identityNames } from "./condition.js";
import type { ConditionOption } from "./condition.js";
import type { ConditionTree } from "./condition-tree.js";

/** A property that a condition names, and where. */
type Mention = { readonly name: string; readonly path: readonly (string | number)[]; readonly offset: number };

/** Mistakes of a condition that a schema cannot see: a bad expression, a property that the type does not have. `at`: where it stands within `with`. */
export async function reviewCondition(condition: ConditionOption, at: readonly (string | number)[], properties: readonly string[]): Promise<readonly OptionProblem[]> {
  if (typeof condition !== "string") return mentions(condition, at).flatMap((mention) => reviewMention(mention, properties));
  const { compileExpression } = await import("./expression.js");
  const compiled = compileExpression(condition);
  if (!compiled.ok) return [{ code: "bad-expression", path: at, ...compiled.problem }];
  return compiled.expression.properties.flatMap(({ name, offset }) => reviewMention({ name, path: at, offset }, properties));
}

/** A mistake in a type's name, or nothing. */
export function reviewType(type: string, at: readonly (string | number)[], types: KnownTypes): readonly OptionProblem[] {
  if (types.names.includes(type)) return [];
  const near = nearest(type, types.names);
  return [{ code: "unknown-type", path: at, message: `"${type}" is not a resource type that can be read`, hint: near === undefined ? "`watchproof list collectors` shows the types" : `did you mean "${near}"?` }];
}

function reviewMention({ name, path, offset }: Mention, properties: readonly string[]): readonly OptionProblem[] {
  const known = [...properties, ...identityNames];
  if (known.includes(name)) return [];
  const near = nearest(name, known);
  const hint = near === undefined ? `known are ${properties.join(", ")}` : `did you mean "${near}"?`;
  return [{ code: "unknown-property", path, offset, length: name.length, message: `the type has no property "${name}"`, hint }];
}

function mentions(tree: ConditionTree, at: readonly (string | number)[]): readonly Mention[] {
  if ("all" in tree && Array.isArray(tree.all)) return (tree.all as readonly ConditionTree[]).flatMap((part, index) => mentions(part, [...at, "all", index])); // the schema holds
  if ("any" in tree && Array.isArray(tree.any)) return (tree.any as readonly ConditionTree[]).flatMap((part, index) => mentions(part, [...at, "any", index])); // the schema holds
  if ("not" in tree) return mentions(tree.not as ConditionTree, [...at, "not"]); // the schema holds
  if (!("path" in tree) || typeof tree.path !== "string") return [];
  return [{ name: tree.path.split(".")[0] ?? tree.path, path: [...at, "path"], offset: 0 }];
}
