import type { FilterValue, Operator } from "./ast.js";
import { glob, globPieces, matchesGlob, type Glob } from "../glob.js";
import { definitely, NO, not, undocumented, YES, type Outcome } from "../partial-record/kleene.js";
import { NO_PROBE, type Probe } from "../partial-record/choices.js";
import { compileText, runsThrough } from "../text-automaton.js";

type Scalar = string | number | boolean | null;
export type Comparing = { readonly operator: Operator; readonly value: FilterValue };

/** Whether a value that is there compares as asked. What AWS documents only for some types is unknown for the others. */
export function compareScalar(comparing: Comparing, found: Scalar): Outcome {
  const { operator, value } = comparing;
  if (value.kind === "number") return compareNumber(operator, Number(value.text), found);
  const equal = value.kind === "any" ? isAny(found) : equalsText(value, found);
  if (operator === "=") return equal;
  if (typeof found === "string" || equal.kind === "unknown") return not(equal);
  return undocumented("AWS does not document != between text and another type");
}

/** Whether a value that is there is this word. */
export function isWord(word: boolean | null, found: Scalar): Outcome {
  if (found === String(word))
    return undocumented(`AWS does not document whether the text "${String(word)}" counts as ${String(word)}`);
  return definitely(found === word);
}

/** Whether a field of a space-delimited line compares as asked; such fields are text, and numbers in them count. */
export function compareField({ operator, value }: Comparing, found: string): Outcome {
  if (value.kind === "any") return definitely(operator === "=");
  if (value.kind !== "number") return compareScalar({ operator, value }, found);
  const number = toNumber(found);
  if (number !== undefined) return definitely(compares(operator, number, Number(value.text)));
  return operator === "!=" ? undocumented("AWS does not document != between a number and text") : NO;
}

/** What a comparison can ask about a value. */
export function probeOfComparing({ value }: Comparing): Probe {
  switch (value.kind) {
    case "any":
      return NO_PROBE;
    case "regex":
      return { ...NO_PROBE, texts: [value.automaton] };
    case "text":
      return {
        ...textProbe(shapesOf(value.text)),
        numbers: [toNumber(value.text)].filter((number) => number !== undefined),
      };
    case "number": {
      const number = Number(value.text);
      return {
        ...textProbe([number - 1, number, number + 1].map((near) => glob([String(near)]))),
        numbers: [number],
      };
    }
  }
}

/** What IS asks about a value. */
export function probeOfWord(word: boolean | null): Probe {
  return textProbe([glob([String(word)])]);
}

function textProbe(shapes: readonly Glob[]): Probe {
  const texts = shapes
    .map((shape) => compileText([globPieces(shape)]))
    .filter((automaton) => automaton !== undefined);
  return { ...NO_PROBE, texts, tooLarge: texts.length < shapes.length };
}

function isAny(found: Scalar): Outcome {
  if (typeof found === "string" || typeof found === "number") return YES;
  return undocumented("AWS documents * for text and numbers only");
}

function equalsText(
  value: Extract<FilterValue, { readonly kind: "text" | "regex" }>,
  found: Scalar,
): Outcome {
  if (typeof found === "string")
    return value.kind === "regex"
      ? definitely(runsThrough(value.automaton, found))
      : isLike(value.text, found);
  const couldMatch =
    value.kind === "regex"
      ? runsThrough(value.automaton, String(found))
      : isLike(value.text, String(found)).kind !== "no" || isSameNumber(value.text, found);
  return couldMatch
    ? undocumented(`AWS does not document whether text matches a ${found === null ? "null" : typeof found}`)
    : NO;
}

function isSameNumber(text: string, found: Scalar): boolean {
  return typeof found === "number" && toNumber(text) === found;
}

// A star at the start and at the end is documented; one in the middle may be a wildcard or itself.
function isLike(text: string, found: string): Outcome {
  const answers = shapesOf(text).map((shape) => matchesGlob(shape, found));
  if (answers.every((answer) => answer === answers[0])) return definitely(answers[0] === true);
  return undocumented(`AWS does not document * in the middle of ${JSON.stringify(text)}`);
}

function shapesOf(text: string): readonly Glob[] {
  const everywhere = glob(text.split(/\*+/));
  const core = text.replace(/^\*+/, "").replace(/(?<!\*)\*+$/, "");
  if (!core.includes("*")) return [everywhere];
  const edges = [...(text.startsWith("*") ? [""] : []), core, ...(text.endsWith("*") ? [""] : [])];
  return [everywhere, glob(edges)];
}

function compareNumber(operator: Operator, border: number, found: Scalar): Outcome {
  if (typeof found === "number") return definitely(compares(operator, found, border));
  const number = typeof found === "string" ? toNumber(found) : undefined;
  const ifNumber = number !== undefined && compares(operator, number, border);
  if (operator === "!=" || ifNumber)
    return undocumented("AWS does not document how a number compares with another type");
  return NO;
}

function compares(operator: Operator, found: number, border: number): boolean {
  return COMPARE[operator](found, border);
}

const COMPARE = {
  "=": (a, b) => a === b,
  "!=": (a, b) => a !== b,
  "<": (a, b) => a < b,
  ">": (a, b) => a > b,
  "<=": (a, b) => a <= b,
  ">=": (a, b) => a >= b,
} satisfies Record<Operator, (a: number, b: number) => boolean>;

function toNumber(text: string): number | undefined {
  return /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) : undefined;
}
