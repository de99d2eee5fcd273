import type { JsonMember, JsonNode } from "./json.js";
import { parseCidr } from "./ip.js";
import {
  shapeOf,
  toDouble,
  type Bound,
  type Comparison,
  type NumberText,
  type TextOperator,
  type TextTest,
  type ValueTest,
} from "./tests.js";

/** A value, or why EventBridge refuses what stands there. */
export type Checked<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

const TEXT_OPERATORS: ReadonlySet<string> = new Set<TextOperator>([
  "prefix",
  "suffix",
  "equals-ignore-case",
  "wildcard",
]);
const COMPARISONS: ReadonlySet<string> = new Set<Comparison>(["=", "<", "<=", ">", ">="]);

/** Reads one entry of a leaf. */
export function readTest(node: JsonNode): Checked<ValueTest> {
  if (node.kind === "string" || node.kind === "word") return good({ kind: "equals", value: node.value });
  if (node.kind === "number") return map(readNumber(node), (number) => ({ kind: "number", number }));
  if (node.kind === "array")
    return bad("a list inside a list; entries are strings, numbers, true, false, null or one operator");
  const [member, ...others] = node.members;
  if (member === undefined || others.length > 0) return bad("an operator object holds exactly one operator");
  return readOperator(member);
}

function readOperator({ key, value }: JsonMember): Checked<ValueTest> {
  if (isTextOperator(key)) return map(readText(key, value), (test) => ({ kind: "text", test }));
  switch (key) {
    case "exactly":
      return value.kind === "string"
        ? good({ kind: "equals", value: value.value, operator: "exactly" })
        : bad("exactly takes a string");
    case "exists":
      return value.kind === "word" && value.value !== null
        ? good({ kind: "exists", present: value.value })
        : bad("exists takes true or false");
    case "cidr":
      return readCidr(value);
    case "numeric":
      return readNumeric(value);
    case "anything-but":
      return readAnythingBut(value);
    default:
      return bad(`${JSON.stringify(key)} is not an operator`);
  }
}

function readText(operator: TextOperator, value: JsonNode): Checked<TextTest> {
  if (value.kind === "string") return textTest(operator, value.value, false);
  const [inner, ...others] = value.kind === "object" ? value.members : [];
  const folds =
    (operator === "prefix" || operator === "suffix") &&
    inner?.key === "equals-ignore-case" &&
    others.length === 0;
  if (folds && inner.value.kind === "string") return textTest(operator, inner.value.value, true);
  return bad(`${operator} takes a string`);
}

function textTest(operator: TextOperator, text: string, folded: boolean): Checked<TextTest> {
  if (operator === "wildcard" && text.includes("**")) return bad("two wildcards in a row");
  // An escaped backslash must not lend itself to the character after it.
  if (operator === "wildcard" && !/^(?:[^\\]|\\[*\\])*$/.test(text))
    return bad("a backslash in a wildcard goes before * or \\ only");
  return good({ operator, text, folded, shape: shapeOf(operator, text, folded) });
}

function readCidr(value: JsonNode): Checked<ValueTest> {
  const range = value.kind === "string" ? parseCidr(value.value) : undefined;
  if (value.kind !== "string" || range === undefined)
    return bad("cidr takes a range such as 10.0.0.0/8; for a single address write it as a string");
  return good({ kind: "cidr", text: value.value, range });
}

function readNumeric(value: JsonNode): Checked<ValueTest> {
  const items = value.kind === "array" ? value.items : [];
  const bounds: Bound[] = [];
  for (let at = 0; at < items.length; at += 2) {
    const [comparison, number] = [items[at], items[at + 1]];
    if (comparison?.kind !== "string" || !isComparison(comparison.value))
      return bad("numeric takes pairs of =, <, <=, > or >= and a number");
    const checked =
      number?.kind === "number" ? readNumber(number) : bad(`${comparison.value} takes a number`);
    if (!checked.ok) return checked;
    bounds.push({ comparison: comparison.value, number: checked.value });
  }
  return isRange(bounds)
    ? good({ kind: "numeric", bounds })
    : bad("numeric takes one comparison, or a lower bound and then a higher upper bound");
}

function isRange(bounds: readonly Bound[]): boolean {
  const [lower, upper, ...others] = bounds;
  if (lower === undefined || others.length > 0) return false;
  if (upper === undefined) return true;
  return (
    lower.comparison.startsWith(">") &&
    upper.comparison.startsWith("<") &&
    toDouble(lower.number) < toDouble(upper.number)
  );
}

function readAnythingBut(value: JsonNode): Checked<ValueTest> {
  if (value.kind === "object") return readAnythingButText(value.members);
  const items = value.kind === "array" ? value.items : [value];
  const values = collect(items, (item): Checked<string | NumberText> => {
    if (item.kind === "string") return good(item.value);
    return item.kind === "number" ? readNumber(item) : bad("anything-but takes strings or numbers");
  });
  return map(
    values,
    (list) => ({ kind: "anything-but", values: list, single: value.kind !== "array" }),
    isOneType,
  );
}

function isOneType(test: ValueTest): string | undefined {
  if (test.kind !== "anything-but") return undefined;
  return new Set(test.values.map((value) => typeof value)).size === 1
    ? undefined
    : "anything-but takes a list that is not empty, all strings or all numbers";
}

function readAnythingButText(members: readonly JsonMember[]): Checked<ValueTest> {
  const [member, ...others] = members;
  if (member === undefined || others.length > 0 || !isTextOperator(member.key)) {
    return bad("anything-but takes values, or one of prefix, suffix, equals-ignore-case and wildcard");
  }
  const { key: operator, value } = member;
  const items = value.kind === "array" ? value.items : [value];
  const tests = collect(items, (item): Checked<TextTest> => {
    if (item.kind !== "string")
      return bad(`${operator} inside anything-but takes a string or a list of strings`);
    const isBare = item.value === "" && (operator === "prefix" || operator === "suffix");
    return isBare
      ? bad(`an empty ${operator} inside anything-but excludes everything`)
      : textTest(operator, item.value, false);
  });
  if (tests.ok && tests.value.length === 0) return bad("an empty list inside anything-but");
  return map(tests, (list) => ({ kind: "anything-but-text", tests: list, single: value.kind !== "array" }));
}

function readNumber({ text }: { readonly text: string }): Checked<NumberText> {
  return Number.isFinite(Number(text)) ? good({ text }) : bad(`${text} is beyond the range of numbers`);
}

function collect<From, To>(
  items: readonly From[],
  read: (item: From) => Checked<To>,
): Checked<readonly To[]> {
  const values: To[] = [];
  for (const item of items) {
    const checked = read(item);
    if (!checked.ok) return checked;
    values.push(checked.value);
  }
  return good(values);
}

function map<From, To>(
  checked: Checked<From>,
  to: (value: From) => To,
  problem: (value: To) => string | undefined = () => undefined,
): Checked<To> {
  if (!checked.ok) return checked;
  const value = to(checked.value);
  const message = problem(value);
  return message === undefined ? good(value) : bad(message);
}

function isTextOperator(key: string): key is TextOperator {
  return TEXT_OPERATORS.has(key);
}

function isComparison(text: string): text is Comparison {
  return COMPARISONS.has(text);
}

function good<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

function bad(message: string): { readonly ok: false; readonly message: string } {
  return { ok: false, message };
}
