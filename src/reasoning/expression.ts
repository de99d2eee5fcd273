import { Environment, EvaluationError } from "@marcbachmann/cel-js";
import type { ASTNode, ParseResult } from "@marcbachmann/cel-js";
import type { JsonObject, JsonValue } from "../core/json.js";
import { matchesGlob } from "../shared/glob.js";
import { isArray, isObject } from "../shared/read-property.js";
import { bareResource, loopDepth, methodCall, namedProperty, nodesOf } from "./expression-tree.js";
import type { NamedProperty } from "./expression-tree.js";

/** A mistake in an expression; `offset` and `length` in characters of its text. */
export type ExpressionProblem = { readonly offset: number; readonly length: number; readonly message: string; readonly hint?: string };

/** What an expression sees. Getters of `resource` may throw an UndecidedError. `takenAt`: milliseconds since 1970. */
export type ExpressionScope = { readonly resource: JsonObject; readonly params: JsonObject; readonly account: JsonObject; readonly takenAt: number };

/** A checked expression in the Common Expression Language (https://cel.dev) that gives true or false. */
export type Expression = {
  /** The resource's properties that it names, in the order of the text. */
  readonly properties: readonly NamedProperty[];
  /** @throws UndecidedError where it touches what could not be read, ExpressionError where it touches what is not set and not guarded. */
  run(scope: ExpressionScope): boolean;
};

/** The expression met a value that it was not written for. */
export class ExpressionError extends Error {
  override readonly name = "ExpressionError";
}

const LONGEST = 2_000;
const DEEPEST = 3;
const MOST_STEPS = 1_000_000;

const environment = new Environment({ unlistedVariablesAreDyn: false })
  .registerVariable("resource", "map")
  .registerVariable("params", "map")
  .registerVariable("account", "map")
  .registerVariable("takenAt", "double")
  .registerFunction("string.like(string): bool", (text: string, pattern: string) => matchesGlob(pattern, text))
  .registerFunction("time(string): double", (text: string) => Date.parse(text))
  .registerFunction("hours(double): double", (milliseconds: number) => milliseconds / 3_600_000)
  .registerFunction("days(double): double", (milliseconds: number) => milliseconds / 86_400_000);

/** Parses and checks an expression. */
export function compileExpression(text: string): { readonly ok: true; readonly expression: Expression } | { readonly ok: false; readonly problem: ExpressionProblem } {
  if (text.length > LONGEST) return { ok: false, problem: { offset: 0, length: 1, message: `an expression of more than ${LONGEST.toString()} characters is not accepted` } };
  try {
    const parsed = environment.parse(text);
    const problem = review(parsed, text);
    if (problem !== undefined) return { ok: false, problem };
    const properties = nodesOf(parsed.ast).flatMap((node) => namedProperty(node) ?? []);
    const depth = loopDepth(parsed.ast);
    return { ok: true, expression: { properties, run: (scope) => run(parsed, depth, scope) } };
  } catch (error) {
    return { ok: false, problem: inOurWords(error, text) };
  }
}

function review(parsed: ParseResult, text: string): ExpressionProblem | undefined {
  const bare = bareResource(parsed.ast);
  if (bare !== undefined) return at(bare, "resource must be followed by the name of a property, so that it is known what to read");
  const regex = methodCall(parsed.ast, "matches");
  if (regex !== undefined) return at(regex, "matches() is not accepted, since a regular expression can run away", 'use like("prefix-*"), startsWith, endsWith or contains');
  if (loopDepth(parsed.ast) > DEEPEST) return at(parsed.ast, `more than ${DEEPEST.toString()} loops within each other are not accepted`);
  const { valid, type, error } = parsed.check();
  if (!valid) return inOurWords(error, text);
  return type === "bool" || type === "dyn" ? undefined : at(parsed.ast, `must give true or false, but gives ${type ?? "something else"}`);
}

function run(parsed: ParseResult, depth: number, scope: ExpressionScope): boolean {
  if (depth > 1 && longestList(scope.resource) ** depth > MOST_STEPS) throw new ExpressionError("the resource's lists are too long for the loops of this expression");
  const value: unknown = evaluate(parsed, scope);
  if (typeof value !== "boolean") throw new ExpressionError(`the expression gives ${typeof value}, not true or false`);
  return value;
}

function evaluate(parsed: ParseResult, scope: ExpressionScope): unknown {
  try {
    return parsed(scope);
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    throw new ExpressionError(runtimeWords(error));
  }
}

function runtimeWords(error: EvaluationError): string {
  const { node, code, summary } = error;
  const text = node?.input.slice(node.start, node.end) ?? "";
  if (code === "no_such_key" && node !== undefined) return `${pathAround(node)} is not set; guard it with has(${pathAround(node)})`;
  return `${text === "" ? "the expression" : text} cannot be evaluated: ${summary}`;
}

// The range of a missing key covers the key alone; the way to it stands before, back to where a path can begin.
function pathAround({ input = "", start, end }: { readonly input?: string; readonly start: number; readonly end: number }): string {
  const before = /[A-Za-z_][\w.]*$/.exec(input.slice(0, start))?.[0] ?? "";
  return `${before}${input.slice(start, end)}`;
}

function longestList(value: JsonValue): number {
  if (isArray(value)) return Math.max(value.length, ...value.map(longestList));
  if (!isObject(value)) return 1;
  const readable = Object.entries(Object.getOwnPropertyDescriptors(value)).flatMap(([, { value: member }]) => (isJson(member) ? [member] : []));
  return Math.max(1, ...readable.map(longestList));
}

function isJson(value: unknown): value is JsonValue {
  return value !== undefined && typeof value !== "function";
}

function at(node: ASTNode, message: string, hint?: string): ExpressionProblem {
  return { offset: node.start, length: Math.max(1, node.end - node.start), message, ...(hint === undefined ? {} : { hint }) };
}

const unexpected = (text: string): string => (text === "" ? "the expression ends too early" : `"${text}" is not expected here`);
const misfit = (text: string): string => `the values in "${text}" do not fit together`;
const words: Readonly<Record<string, (text: string) => string>> = {
  unknown_variable: (text) => `there is no "${text}"; an expression sees resource, params, account and takenAt`,
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

function inOurWords(error: unknown, text: string): ExpressionProblem {
  const { code, range, summary } = details(error);
  const start = Math.min(range?.start ?? 0, text.length);
  const end = Math.max(start, Math.min(range?.end ?? text.length, text.length));
  const say = code === undefined ? undefined : words[code];
  const message = say === undefined ? `is not an expression that can be understood: ${summary}` : say(text.slice(start, end));
  return { offset: start, length: Math.max(1, end - start), message };
}

type Details = { readonly code?: string; readonly range?: { readonly start: number; readonly end: number }; readonly summary: string };

function details(error: unknown): Details {
  if (!(error instanceof Error)) return { summary: String(error) };
  const { code, range, summary } = error as Error & Partial<Details>; // the library's errors carry these
  return { summary: (summary ?? error.message).split("\n")[0] ?? "", ...(code === undefined ? {} : { code }), ...(range === undefined ? {} : { range }) };
}
