import type { JsonValue } from "../../core/json.js";
import { matchesGlob } from "../../shared/glob.js";
import { parseInstant } from "../../shared/instant.js";
import { isArray, isObject } from "../../shared/read-property.js";
import { findsRegex } from "./linear-regex.js";
import { UndecidedError } from "./undecided.js";

/** A leaf asks one question about the value at a path; a branch joins conditions. */
export type ConditionTree =
  | { readonly all: readonly ConditionTree[] }
  | { readonly any: readonly ConditionTree[] }
  | { readonly not: ConditionTree }
  | ConditionLeaf;

/** `path` is relative to the resource, or to the item within `any-item` and `every-item`. Exactly one question stands beside it. */
export type ConditionLeaf = { readonly path: string; readonly [question: string]: JsonValue | ConditionTree };

/** How values are looked up and times are counted. `read` gives undefined for what is not set, and throws for what cannot be read. */
export type ConditionScope = {
  readonly read: (path: string) => JsonValue | undefined;
  readonly takenAt: number;
};

type Question = (found: JsonValue | undefined, asked: JsonValue, takenAt: number) => boolean;

const questions: Readonly<Record<string, Question>> = {
  equals: (found, asked) => found !== undefined && sameJson(found, asked),
  "not-equals": (found, asked) => found === undefined || !sameJson(found, asked),
  in: (found, asked) =>
    found !== undefined && isArray(asked) && asked.some((value) => sameJson(found, value)),
  "not-in": (found, asked) =>
    found === undefined || (isArray(asked) && !asked.some((value) => sameJson(found, value))),
  contains: (found, asked) => isArray(found) && found.some((value) => sameJson(value, asked)),
  like: (found, asked) => typeof found === "string" && typeof asked === "string" && matchesGlob(asked, found),
  matches: (found, asked) =>
    typeof found === "string" && typeof asked === "string" && findsRegex(asked, found),
  "at-least": (found, asked) => typeof found === "number" && typeof asked === "number" && found >= asked,
  "at-most": (found, asked) => typeof found === "number" && typeof asked === "number" && found <= asked,
  exists: (found, asked) => (found !== undefined) === asked,
  "is-empty": (found, asked) =>
    (found === undefined || (isArray(found) && found.length === 0) || found === "") === asked,
  "younger-than": (found, asked, takenAt) => isAged(found, takenAt, (age) => age <= milliseconds(asked)),
  "older-than": (found, asked, takenAt) => isAged(found, takenAt, (age) => age > milliseconds(asked)),
};

/** The questions that a leaf can ask, the two about items included. */
export const questionNames: readonly string[] = [...Object.keys(questions), "any-item", "every-item"];

/** Whether a condition holds. A branch that is decided does not look at the rest, so that what cannot be read only matters where it decides. */
export function holds(tree: ConditionTree, scope: ConditionScope): boolean {
  if ("all" in tree && isBranch(tree.all)) return decideAll(tree.all, scope);
  if ("any" in tree && isBranch(tree.any))
    return !decideAll(
      tree.any.map((one) => ({ not: one })),
      scope,
    );
  if ("not" in tree && isTree(tree.not)) return !holds(tree.not, scope);
  return holdsLeaf(leafOf(tree), scope);
}

/** The paths that a condition reads of the resource. */
export function pathsOf(tree: ConditionTree): readonly string[] {
  if ("all" in tree && isBranch(tree.all)) return tree.all.flatMap(pathsOf);
  if ("any" in tree && isBranch(tree.any)) return tree.any.flatMap(pathsOf);
  if ("not" in tree && isTree(tree.not)) return pathsOf(tree.not);
  return [leafOf(tree).path];
}

// One false decides an `all`, whatever else cannot be read; only when nothing is false does an unreadable part matter.
function decideAll(trees: readonly ConditionTree[], scope: ConditionScope): boolean {
  let trouble: UndecidedError | undefined;
  for (const tree of trees) {
    try {
      if (!holds(tree, scope)) return false;
    } catch (error) {
      if (!(error instanceof UndecidedError)) throw error;
      trouble ??= error;
    }
  }
  if (trouble !== undefined) throw trouble;
  return true;
}

function holdsLeaf(leaf: ConditionLeaf, scope: ConditionScope): boolean {
  const found = scope.read(leaf.path);
  const asked = Object.entries(leaf).find(([name]) => name !== "path");
  if (asked === undefined) return found !== undefined;
  const [name, value] = asked;
  const question = questions[name];
  if (question !== undefined) return isTree(value) ? false : question(found, value, scope.takenAt);
  return isTree(value) && holdsForItems(name, found, { tree: value, takenAt: scope.takenAt });
}

function holdsForItems(
  name: string,
  found: JsonValue | undefined,
  { tree, takenAt }: { readonly tree: ConditionTree; readonly takenAt: number },
): boolean {
  if (!isArray(found)) return false;
  const isGood = (item: JsonValue): boolean => holds(tree, { takenAt, read: (path) => valueAt(item, path) });
  return name === "any-item" ? found.some(isGood) : found.every(isGood);
}

/** The value at a dotted path, undefined where nothing is set; `.` is the value itself. */
export function valueAt(value: JsonValue | undefined, path: string): JsonValue | undefined {
  if (path === ".") return value ?? undefined;
  return path
    .split(".")
    .reduce<JsonValue | undefined>(
      (at, key) => (isObject(at) && Object.hasOwn(at, key) ? (at[key] ?? undefined) : undefined),
      value,
    );
}

/** The property that a dotted path begins with. */
export function propertyOf(path: string): string {
  return path.split(".")[0] ?? path;
}

function isBranch(value: unknown): value is readonly ConditionTree[] {
  return Array.isArray(value);
}

function isTree(value: unknown): value is ConditionTree {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return "path" in value || "all" in value || "any" in value || "not" in value;
}

function leafOf(tree: ConditionTree): ConditionLeaf {
  return "path" in tree && typeof tree.path === "string" ? { ...tree, path: tree.path } : { path: "." };
}

function sameJson(a: JsonValue, b: JsonValue): boolean {
  if (isArray(a) && isArray(b))
    return a.length === b.length && a.every((item, index) => sameJson(item, b[index] ?? null));
  if (!isObject(a) || !isObject(b)) return a === b;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key] ?? null, b[key] ?? null))
  );
}

function isAged(found: JsonValue | undefined, takenAt: number, fits: (age: number) => boolean): boolean {
  const time = typeof found === "string" ? parseInstant(found) : undefined;
  return time !== undefined && fits(takenAt - time);
}

const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A duration such as 30m, 24h or 7d in milliseconds; the schema has checked its form. */
export function milliseconds(duration: JsonValue): number {
  const text = typeof duration === "string" ? duration : "";
  return Number(text.slice(0, -1)) * (units[text.slice(-1)] ?? Number.NaN);
}
