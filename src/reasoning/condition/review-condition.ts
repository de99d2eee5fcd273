import type { KnownTypes, OptionProblem } from "../../core/evaluator.js";
import type { PropertyShapes } from "../../core/property-shape.js";
import { nearest } from "../../shared/nearest.js";
import { identityNames } from "./condition.js";
import type { ConditionOption } from "./condition.js";
import { regexProblem } from "./linear-regex.js";
import { placeholdersOf } from "./fill-message.js";
import { reviewSteps, reviewTree } from "./review-tree.js";
import type { Path, ReviewedPath } from "./review-tree.js";

/** The type that a condition is about: its properties, undefined of a type that there is not, and what may stand below them. */
export type ReviewedType = {
  readonly properties: readonly string[] | undefined;
  readonly shapes: PropertyShapes;
};

/** What is known of a type when a condition about it is reviewed. */
export async function reviewedType(type: string, types: KnownTypes): Promise<ReviewedType> {
  return { properties: await types.propertiesOf(type), shapes: (await types.shapesOf?.(type)) ?? {} };
}

/**
 * Mistakes of a condition that a schema cannot see: a bad expression, a property that the type does not have, a path that leads
 * nowhere. `at`: where it stands within `with`.
 */
export async function reviewCondition(
  condition: ConditionOption,
  at: Path,
  type: ReviewedType,
): Promise<readonly OptionProblem[]> {
  if (typeof condition !== "string")
    return [
      ...reviewTree(condition, at, (path, place) => reviewPath(path, place, type)),
      ...reviewRegexes(condition, at),
    ];
  const { compileExpression } = await import("./expression.js");
  const compiled = compileExpression(condition);
  if (!compiled.ok) return [{ code: "bad-expression", path: at, ...compiled.problem }];
  const { expression } = compiled;
  const unknown = expression.properties.flatMap(({ name, offset }) =>
    reviewName({ name, path: at, offset }, type),
  );
  const missteps = expression
    .missteps(type.shapes)
    .map((misstep): OptionProblem => ({ code: "unknown-property", path: at, ...misstep }));
  return [...unknown, ...missteps];
}

/** Names in a message that it cannot fill in. `isEach`: the message is about one resource each, and not about the account. */
export function reviewMessage(
  message: string,
  type: ReviewedType,
  isEach: boolean,
): readonly OptionProblem[] {
  return placeholdersOf(message).flatMap(({ path, offset }): readonly OptionProblem[] => {
    if (isEach)
      return reviewPath(path, ["message"], type).problems.map((problem) => ({
        ...problem,
        offset: offset + (problem.offset ?? 0),
      }));
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
export function reviewType(type: string, at: Path, types: KnownTypes): readonly OptionProblem[] {
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

/** Mistakes of a dotted path into a resource, and what stands at its end. */
export function reviewPath(path: string, at: Path, type: ReviewedType): ReviewedPath {
  const [name = path, ...steps] = path.split(".");
  const problems = reviewName({ name, path: at, offset: 0 }, type);
  const shape = identityNames.includes(name) ? "leaf" : (type.shapes[name] ?? "open");
  return problems.length > 0 ? { problems, shape: "open" } : reviewSteps(steps, at, { shape, at: name });
}

type Named = { readonly name: string; readonly path: Path; readonly offset: number };

function reviewName({ name, path, offset }: Named, { properties }: ReviewedType): readonly OptionProblem[] {
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
function reviewRegexes(part: unknown, at: Path): readonly OptionProblem[] {
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
