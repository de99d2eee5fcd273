import { nearest } from "../../shared/nearest.js";

/** A mistake in an expression; `offset` and `length` in characters of its text. */
export type ExpressionProblem = {
  readonly offset: number;
  readonly length: number;
  readonly message: string;
  readonly hint?: string;
};

const unexpected = (text: string): string =>
  text === "" ? "the expression ends too early" : `"${text}" is not expected here`;
const misfit = (text: string): string => `the values in "${text}" do not fit together`;
const words: Readonly<Record<string, (text: string) => string>> = {
  unknown_variable: (text) =>
    `there is no "${text}"; an expression sees resource, params, account and takenAt`,
  unexpected_token: unexpected,
  expected_token: unexpected,
  unexpected_character: unexpected,
  no_such_overload: misfit,
  invalid_logical_operand: misfit,
  incompatible_ternary_branches: misfit,
  no_matching_overload: (text) => `there is no such function, or it does not take these values: "${text}"`,
  invalid_macro_argument: (text) => `"${text}" does not take these arguments`,
  unterminated_string: () => "the text in quotes does not end",
  newline_in_string: () => "the text in quotes does not end on its line",
  limit_exceeded: () => "the expression is too large",
  reserved_identifier: (text) => `"${text}" is a reserved word`,
};

/** What the expression engine threw, in our words, with the place and, for what people often write, the way out. */
export function problemOf(error: unknown, text: string): ExpressionProblem {
  const { code, range, summary } = details(error);
  const start = Math.min(range?.start ?? 0, text.length);
  const end = Math.max(start, Math.min(range?.end ?? text.length, text.length));
  const say = code === undefined ? undefined : words[code];
  const message =
    say === undefined
      ? `is not an expression that can be understood: ${summary}`
      : say(text.slice(start, end));
  const hint = hintFor(code, text, { start, end });
  return {
    offset: start,
    length: Math.max(1, end - start),
    message,
    ...(hint === undefined ? {} : { hint }),
  };
}

type Span = { readonly start: number; readonly end: number };

const unexpectedCodes: readonly string[] = ["unexpected_token", "expected_token", "unexpected_character"];

function hintFor(code: string | undefined, text: string, span: Span): string | undefined {
  const found = text.slice(span.start, span.end);
  const before = text.slice(0, span.start);
  if (code === "unknown_variable") return hintForName(found, before);
  if (code === "no_matching_overload") return hintForCall(found);
  if (code === "no_such_overload")
    return isTimeWithInteger(found) ? "times are numbers with a fraction: write 7.0, not 7" : undefined;
  if (code === "invalid_macro_argument")
    return /\bhas\($/u.test(before) ? `has(resource.${found})` : undefined;
  return unexpectedCodes.includes(code ?? "") ? hintForSign(found, before) : undefined;
}

function isTimeWithInteger(text: string): boolean {
  return hasPlainInteger(text) && /\b(?:takenAt|time|hours|days)\b/u.test(text);
}

function hintForSign(sign: string, before: string): string | undefined {
  if (sign !== "=") return operators[sign];
  return before.endsWith("=") ? "write ==, with two signs" : "write == to compare";
}

const operators: Readonly<Record<string, string>> = {
  and: "write &&",
  or: "write ||",
  AND: "write &&",
  OR: "write ||",
  not: "write !",
  "&": "write &&",
  "|": "write ||",
};

const functions: readonly string[] = [
  "all",
  "contains",
  "days",
  "double",
  "duration",
  "endsWith",
  "exists",
  "exists_one",
  "filter",
  "has",
  "hours",
  "indexOf",
  "int",
  "join",
  "lastIndexOf",
  "like",
  "lowerAscii",
  "map",
  "size",
  "split",
  "startsWith",
  "string",
  "substring",
  "time",
  "timestamp",
  "trim",
  "upperAscii",
];
const loops: readonly string[] = ["all", "exists", "exists_one", "filter", "map"];
const constants: readonly string[] = ["true", "false", "null", "resource", "params", "account", "takenAt"];

// A name that stands as a loop's first argument is unknown because the loop is: `list.any(s, …)`.
function hintForName(name: string, before: string): string | undefined {
  const called = /\.(\w+)\(\s*$/u.exec(before)?.[1];
  if (called !== undefined)
    return loops.includes(called)
      ? `${called} takes a name and a condition: .${called}(x, …)`
      : `there is no .${called}(…); loops are ${loops.join(", ")}`;
  if (name === "now") return "takenAt is the time at which the state was read";
  const near = nearest(name, constants);
  if (near !== undefined) return `did you mean ${near}?`;
  return /^[A-Z]/u.test(name) ? `a property is written resource.${name}` : undefined;
}

function hintForCall(call: string): string | undefined {
  const name = /(\w+)\([^()]*\)$/u.exec(call)?.[1];
  if (name === undefined) return undefined;
  if (functions.includes(name))
    return hasPlainInteger(call) && /^(?:hours|days|time)$/u.test(name)
      ? "write numbers with a fraction here: 7.0, not 7"
      : undefined;
  const near = nearest(name, functions);
  return near === undefined ? undefined : `did you mean ${near}?`;
}

function hasPlainInteger(text: string): boolean {
  return /(?<![\w.])\d+(?![\w.])/u.test(text);
}

type Details = { readonly code?: string; readonly range?: Span; readonly summary: string };

function details(error: unknown): Details {
  if (!(error instanceof Error)) return { summary: String(error) };
  const { code, range, summary } = error as Error & Partial<Details>; // the library's errors carry these
  return {
    summary: (summary ?? error.message).split("\n")[0] ?? "",
    ...(code === undefined ? {} : { code }),
    ...(range === undefined ? {} : { range }),
  };
}
