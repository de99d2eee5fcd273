import type { KnownTypes, OptionProblem } from "../../core/evaluator.js";
import { nearest } from "../../shared/nearest.js";
import { identityNames } from "./condition.js";
import type { ConditionOption } from "./condition.js";
import { propertyOf } from "./tree.js";
import type { ConditionTree } from "./tree.js";
import { regexProblem } from "./linear-regex.js";
import { placeholdersOf } from "./fill-message.js";

/** A property that a condition names, and where. */
type Mention = {
  readonly name: string;
  readonly path: readonly (string | number)[];
  readonly offset: number;
};

/**
 * Mistakes of a condition that a schema cannot see: a bad expression, a property that the type does not have. `at`: where it stands within
 * `with`. Without `properties`, of a type that there is not, only expressions are looked at.
 */
export async function reviewCondition(
  condition: ConditionOption,
  at: readonly (string | number)[],
  properties?: readonly string[],
): Promise<readonly OptionProblem[]> {
  if (typeof condition !== "string")
    return [
      ...mentions(condition, at).flatMap((mention) => reviewMention(mention, properties)),
      ...reviewRegexes(condition, at),
    ];
  const { compileExpression } = await import("./expression.js");
  const compiled = compileExpression(condition);
  if (!compiled.ok) return [{ code: "bad-expression", path: at, ...compiled.problem }];
  return compiled.expression.properties.flatMap(({ name, offset }) =>
    reviewMention({ name, path: at, offset }, properties),
  );
}

/** Names in a message that it cannot fill in. `isEach`: the message is about one resource each, and not about the account. */
export function reviewMessage(
  message: string,
  properties: readonly string[],
  isEach: boolean,
): readonly OptionProblem[] {
  return placeholdersOf(message).flatMap(({ path, offset }) => {
    if (isEach) return reviewMention({ name: propertyOf(path), path: ["message"], offset }, properties);
    const hint = "write it without, or let the quantifier be every";
    return [
      {
        code: "bad-value",
        path: ["message"],
        offset,
        length: path.length,
        message: `"{${path}}" is of one resource, and the message is about the account`,
        hint,
      },
    ];
  });
}

/** A mistake in a type's name, or nothing. */
export function reviewType(
  type: string,
  at: readonly (string | number)[],
  types: KnownTypes,
): readonly OptionProblem[] {
  if (types.names.includes(type)) return [];
  const near = nearest(type, types.names);
  return [
    {
      code: "unknown-type",
      path: at,
      message: `"${type}" is not a resource type that can be read`,
      hint: near === undefined ? "`watchproof list collectors` shows the types" : `did you mean "${near}"?`,
    },
  ];
}

function reviewMention(
  { name, path, offset }: Mention,
  properties: readonly string[] | undefined,
): readonly OptionProblem[] {
  if (properties === undefined) return [];
  if (name === "")
    return [
      {
        code: "bad-value",
        path,
        message: `"." is an item of a list, and stands only below any-item and every-item`,
        hint: "name a property",
      },
    ];
  const known = [...properties, ...identityNames];
  if (known.includes(name)) return [];
  const near = nearest(name, known);
  const hint = near === undefined ? `known are ${properties.join(", ")}` : `did you mean "${near}"?`;
  return [
    {
      code: "unknown-property",
      path,
      offset,
      length: name.length,
      message: `the type has no property "${name}"`,
      hint,
    },
  ];
}

// Regular expressions stand under `matches`, wherever a tree has one: below branches and items too.
function reviewRegexes(part: unknown, at: readonly (string | number)[]): readonly OptionProblem[] {
  if (Array.isArray(part)) return part.flatMap((item: unknown, index) => reviewRegexes(item, [...at, index]));
  if (typeof part !== "object" || part === null) return [];
  return Object.entries(part).flatMap(([key, value]: [string, unknown]) => {
    const problem = key === "matches" && typeof value === "string" ? regexProblem(value) : undefined;
    if (problem === undefined) return reviewRegexes(value, [...at, key]);
    return [
      {
        code: "bad-expression",
        path: [...at, key],
        offset: problem.at,
        length: 1,
        message: problem.message,
        hint: "accepted are ^ $ . ? * + {n} [ ] | and \\d \\s \\w",
      },
    ];
  });
}

function mentions(tree: ConditionTree, at: readonly (string | number)[]): readonly Mention[] {
  if ("all" in tree && Array.isArray(tree.all))
    return (tree.all as readonly ConditionTree[]).flatMap((part, index) =>
      mentions(part, [...at, "all", index]),
    ); // the schema holds
  if ("any" in tree && Array.isArray(tree.any))
    return (tree.any as readonly ConditionTree[]).flatMap((part, index) =>
      mentions(part, [...at, "any", index]),
    ); // the schema holds
  if ("not" in tree) return mentions(tree.not as ConditionTree, [...at, "not"]); // the schema holds
  if (!("path" in tree) || typeof tree.path !== "string") return [];
  return [{ name: propertyOf(tree.path), path: [...at, "path"], offset: 0 }];
}
