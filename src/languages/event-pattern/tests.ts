import { bordersOf, isInRange, parseIp, type IpRange } from "./ip.js";
import { glob, globPieces, matchesGlob, type Glob } from "../glob.js";
import { NO_PROBE, type Probe } from "../partial-record/choices.js";
import { compileText } from "../text-automaton.js";

export type TextOperator = "prefix" | "suffix" | "equals-ignore-case" | "wildcard";
export type Comparison = "=" | "<" | "<=" | ">" | ">=";
/** A text test as written; `folded` is `{"prefix": {"equals-ignore-case": …}}` and the same of suffix. */
export type TextTest = {
  readonly operator: TextOperator;
  readonly text: string;
  readonly folded: boolean;
  readonly shape: Glob;
};
/** A number with its digits as written; compared as the double that JSON.parse makes of it. */
export type NumberText = { readonly text: string };

/** One side of a numeric range. */
export type Bound = { readonly comparison: Comparison; readonly number: NumberText };

/** One entry of a pattern's leaf: a literal or an operator. */
export type ValueTest =
  | { readonly kind: "equals"; readonly value: string | boolean | null; readonly operator?: "exactly" }
  | { readonly kind: "number"; readonly number: NumberText }
  | { readonly kind: "text"; readonly test: TextTest }
  | {
      readonly kind: "anything-but";
      readonly values: readonly (string | NumberText)[];
      readonly single: boolean;
    }
  | { readonly kind: "anything-but-text"; readonly tests: readonly TextTest[]; readonly single: boolean }
  | { readonly kind: "numeric"; readonly bounds: readonly Bound[] }
  | { readonly kind: "cidr"; readonly text: string; readonly range: IpRange }
  | { readonly kind: "exists"; readonly present: boolean };

type Scalar = string | number | boolean | null;

/** The double that a number as written stands for. */
export function toDouble({ text }: NumberText): number {
  return Number(text);
}

/** The shape of text that an operator accepts. Escapes in a wildcard must be valid. */
export function shapeOf(operator: TextOperator, text: string, folded: boolean): Glob {
  const shapes = {
    prefix: () => [text, ""],
    suffix: () => ["", text],
    "equals-ignore-case": () => [text],
    wildcard: () => wildcardParts(text),
  } satisfies Record<TextOperator, () => readonly string[]>;
  return glob(shapes[operator](), folded || operator === "equals-ignore-case");
}

/** Whether a value that is present in an event passes a test. */
export function passesTest(test: ValueTest, value: Scalar): boolean {
  switch (test.kind) {
    case "equals":
      return value === test.value || (test.operator === undefined && isSameIp(test.value, value));
    case "number":
      return value === toDouble(test.number);
    case "text":
      return passesText(test.test, value);
    case "anything-but":
      return test.values.every((other) => value !== toScalar(other));
    case "anything-but-text":
      return !test.tests.some((inner) => passesText(inner, value));
    case "numeric":
      return isWithin(test.bounds, value);
    case "cidr":
      return typeof value === "string" && isInRange(test.range, value);
    case "exists":
      return test.present;
  }
}

/** What a test can ask about a value. */
export function probeOf(test: ValueTest): Probe {
  const shapes = shapesIn(test);
  const texts = shapes
    .map((shape) => compileText([globPieces(shape)]))
    .filter((automaton) => automaton !== undefined);
  const samples = test.kind === "cidr" ? bordersOf(test.range) : [];
  return {
    ...NO_PROBE,
    texts,
    samples,
    tooLarge: texts.length < shapes.length,
    numbers: numbersIn(test).map(toDouble),
  };
}

const COMPARE = {
  "=": (a, b) => a === b,
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
} satisfies Record<Comparison, (a: number, b: number) => boolean>;

function passesText({ shape }: TextTest, value: Scalar): boolean {
  return typeof value === "string" && matchesGlob(shape, value);
}

function isWithin(bounds: readonly Bound[], value: Scalar): boolean {
  return (
    typeof value === "number" &&
    bounds.every(({ comparison, number }) => COMPARE[comparison](value, toDouble(number)))
  );
}

function toScalar(value: string | NumberText): string | number {
  return typeof value === "string" ? value : toDouble(value);
}

// EventBridge compares addresses as addresses, however they are written.
function isSameIp(one: Scalar, other: Scalar): boolean {
  if (typeof one !== "string" || typeof other !== "string") return false;
  const [a, b] = [parseIp(one), parseIp(other)];
  return a !== undefined && b !== undefined && a.family === b.family && a.value === b.value;
}

function wildcardParts(text: string): readonly string[] {
  const parts: string[] = [];
  let part = "";
  for (const token of text.match(/\*|\\[*\\]|[^*\\]+/g) ?? []) {
    if (token === "*") parts.push(part);
    if (token === "*") part = "";
    else part += token.startsWith("\\") ? token.slice(1) : token;
  }
  return [...parts, part];
}

function shapesIn(test: ValueTest): readonly Glob[] {
  if (test.kind === "equals") return typeof test.value === "string" ? [glob([test.value])] : [];
  if (test.kind === "text") return [test.test.shape];
  if (test.kind === "anything-but-text") return test.tests.map(({ shape }) => shape);
  if (test.kind === "anything-but")
    return test.values.flatMap((value) => (typeof value === "string" ? [glob([value])] : []));
  return [];
}

function numbersIn(test: ValueTest): readonly NumberText[] {
  if (test.kind === "number") return [test.number];
  if (test.kind === "numeric") return test.bounds.map(({ number }) => number);
  if (test.kind === "anything-but")
    return test.values.flatMap((value) => (typeof value === "string" ? [] : [value]));
  return [];
}
