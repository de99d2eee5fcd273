import type { OptionProblem } from "../../core/evaluator.js";
import type { PropertyShape } from "../../core/property-shape.js";
import { followSteps, isListShape } from "../../shared/property-shape.js";
import type { ConditionTree } from "./tree.js";

/** Keys and indexes from `with` down to a value. */
export type Path = readonly (string | number)[];

/** What is wrong with a path, and what stands at its end: "open" where that is not known. */
export type ReviewedPath = { readonly problems: readonly OptionProblem[]; readonly shape: PropertyShape };

/** Decides about a path at a place, relative to the resource or to an item of a list. */
export type ReviewPath = (path: string, at: Path) => ReviewedPath;

/** Mistakes in the paths of a tree of operators, those of items of lists included. */
export function reviewTree(tree: ConditionTree, at: Path, review: ReviewPath): readonly OptionProblem[] {
  for (const key of ["all", "any"] as const) {
    const parts: unknown = key in tree ? Object.entries(tree).find(([name]) => name === key)?.[1] : undefined;
    if (Array.isArray(parts))
      return (parts as readonly ConditionTree[]).flatMap((part, index) =>
        reviewTree(part, [...at, key, index], review),
      ); // the schema holds
  }
  if ("not" in tree) return reviewTree(tree.not as ConditionTree, [...at, "not"], review); // the schema holds
  return "path" in tree && typeof tree.path === "string" ? reviewLeaf(tree, at, review) : [];
}

function reviewLeaf(leaf: ConditionTree, at: Path, review: ReviewPath): readonly OptionProblem[] {
  const { path, ...questions } = leaf as { readonly path: string; readonly [question: string]: unknown }; // as the caller saw
  const { problems, shape } = review(path, [...at, "path"]);
  const below = Object.entries(questions).flatMap(([name, asked]) =>
    name === "any-item" || name === "every-item"
      ? reviewItems(asked as ConditionTree, [...at, name], { path, shape }) // the schema holds
      : [],
  );
  return [...problems, ...below];
}

function reviewItems(
  tree: ConditionTree,
  at: Path,
  { path, shape }: { readonly path: string; readonly shape: PropertyShape },
): readonly OptionProblem[] {
  if (shape !== "open" && !isListShape(shape))
    return [
      {
        code: "bad-value",
        path: at,
        message: `"${path}" is no list, and has no items`,
        hint: "ask about it by a path",
      },
    ];
  const item = isListShape(shape) ? shape[0] : shape;
  return reviewTree(tree, at, (below, place) =>
    below === "."
      ? { problems: [], shape: item }
      : reviewSteps(below.split("."), place, { shape: item, at: "" }),
  );
}

/** Mistakes of the steps of a path, taken from something within it. */
export function reviewSteps(
  steps: readonly string[],
  at: Path,
  from: { readonly shape: PropertyShape; readonly at: string },
): ReviewedPath {
  const end = followSteps(from, steps);
  if ("shape" in end) return { problems: [], shape: end.shape };
  const { misstep, offset, length } = end;
  return { problems: [{ code: "unknown-property", path: at, offset, length, ...misstep }], shape: "open" };
}
