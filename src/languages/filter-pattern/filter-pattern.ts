import type {
  Condition,
  FieldSlot,
  FilterPattern,
  Parsed,
  Selector,
  SelectorStep,
  SimpleCondition,
} from "./ast.js";
import { readCondition } from "./condition.js";
import { cursorOf, refuse, showNext, skipSpace, takeText, takeToken, type Cursor } from "./cursor.js";
import { readTerms } from "./terms.js";

/** The longest pattern that AWS accepts, in characters. */
export const LONGEST_FILTER_PATTERN = 1024;
const MOST_WILDCARDS = 3;
const MOST_REGEXES = 2;

/** Parses a metric filter's or subscription filter's pattern. Never throws. */
export function parseFilterPattern(text: string): Parsed<FilterPattern> {
  if (text.length > LONGEST_FILTER_PATTERN)
    return {
      ok: false,
      at: LONGEST_FILTER_PATTERN,
      message: `longer than ${LONGEST_FILTER_PATTERN} characters`,
    };
  const cursor = cursorOf(text);
  const pattern = readPattern(cursor);
  skipSpace(cursor);
  if (pattern !== null && cursor.at < text.length)
    refuse(cursor, `expected the end, found ${showNext(cursor)}`);
  if (pattern !== null) checkLimits(cursor, pattern);
  if (pattern === null || cursor.problem !== undefined)
    return { ok: false, ...(cursor.problem ?? { at: cursor.at, message: "not a pattern" }) };
  return { ok: true, value: pattern };
}

function readPattern(cursor: Cursor): FilterPattern | null {
  skipSpace(cursor);
  if (takeText(cursor, "{")) return readJsonPattern(cursor);
  if (takeText(cursor, "[")) return readFields(cursor);
  if (cursor.at === cursor.text.length) return { kind: "everything" };
  return readTerms(cursor);
}

function readJsonPattern(cursor: Cursor): FilterPattern | null {
  const condition = readCondition(cursor, readSelector);
  if (condition === null) return null;
  return takeText(cursor, "}")
    ? { kind: "json", condition }
    : refuse(cursor, `expected }, && or ||, found ${showNext(cursor)}`);
}

function readSelector(cursor: Cursor): Selector | null {
  const start = cursor.at;
  if (!takeText(cursor, "$"))
    return refuse(cursor, `expected a selector such as $.eventName, found ${showNext(cursor)}`);
  const steps: SelectorStep[] = [];
  while (/[.[]/.test(cursor.text.charAt(cursor.at))) {
    const step = readStep(cursor);
    if (step === null) return null;
    steps.push(step);
  }
  if (steps.length === 0) return refuse(cursor, "a selector names a property, such as $.eventName");
  if (steps.filter(isWildcard).length > 1)
    return refuse(cursor, "a selector takes at most one wildcard", start);
  return steps;
}

function readStep(cursor: Cursor): SelectorStep | null {
  const token = takeToken(cursor, /\.\*|\.\['[^']*'\]|\.[A-Za-z0-9_-]+|\[\*\]|\[[0-9]{1,9}\]/y);
  if (token === undefined)
    return refuse(cursor, "expected .name, .['any.key'], .*, [0] or [*] in a selector");
  if (token === ".*") return { kind: "all-members" };
  if (token === "[*]") return { kind: "all-items" };
  if (token.startsWith(".[")) return { kind: "name", name: token.slice(3, -2), bracketed: true };
  if (token.startsWith(".")) return { kind: "name", name: token.slice(1), bracketed: false };
  return { kind: "index", index: Number(token.slice(1, -1)) };
}

function readFields(cursor: Cursor): FilterPattern | null {
  const slots: FieldSlot[] = [];
  do {
    const slot = readSlot(cursor);
    if (slot === null) return null;
    slots.push(slot);
  } while (takeText(cursor, ","));
  if (slots.filter(({ kind }) => kind === "rest").length > 1)
    return refuse(cursor, "a pattern takes at most one ...");
  return takeText(cursor, "]")
    ? { kind: "fields", slots }
    : refuse(cursor, `expected ], , && or ||, found ${showNext(cursor)}`);
}

function readSlot(cursor: Cursor): FieldSlot | null {
  if (takeText(cursor, "...")) return { kind: "rest" };
  const [, name] = /^([A-Za-z0-9_-]+)\s*(?=[,\]])/.exec(cursor.text.slice(cursor.at)) ?? [];
  if (name !== undefined) {
    cursor.at += name.length;
    return { kind: "field", name };
  }
  const condition = readCondition(cursor, readFieldName);
  return condition === null
    ? null
    : { kind: "field", name: simpleConditions(condition)[0]?.place ?? "", condition };
}

function readFieldName(cursor: Cursor): string | null {
  skipSpace(cursor);
  return (
    takeToken(cursor, /[A-Za-z0-9_-]+/y) ??
    refuse(cursor, `expected a field's name, found ${showNext(cursor)}`)
  );
}

function isWildcard({ kind }: SelectorStep): boolean {
  return kind === "all-items" || kind === "all-members";
}

function checkLimits(cursor: Cursor, pattern: FilterPattern): void {
  const conditions = pattern.kind === "json" ? simpleConditions(pattern.condition) : [];
  if (conditions.filter(({ place }) => place.some(isWildcard)).length > MOST_WILDCARDS)
    refuse(cursor, `more than ${MOST_WILDCARDS} wildcard selectors`, 0);
  const values = conditions.flatMap((condition) => (condition.kind === "compare" ? [condition.value] : []));
  const terms = pattern.kind === "terms" ? pattern.terms.map(({ value }) => value) : [];
  if ([...values, ...terms].filter(({ kind }) => kind === "regex").length > MOST_REGEXES)
    refuse(cursor, `more than ${MOST_REGEXES} regular expressions`, 0);
}

/** The conditions that hold no others, in the text's order. */
export function simpleConditions<Place>(condition: Condition<Place>): readonly SimpleCondition<Place>[] {
  return condition.kind === "and" || condition.kind === "or"
    ? condition.parts.flatMap(simpleConditions)
    : [condition];
}
