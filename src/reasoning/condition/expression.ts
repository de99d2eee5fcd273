import { Environment, EvaluationError } from "@marcbachmann/cel-js";
import type { ASTNode, ParseResult } from "@marcbachmann/cel-js";
import type { JsonObject } from "../../core/json.js";
import type { PropertyShapes } from "../../core/property-shape.js";
import { matchesGlob } from "../../shared/glob.js";
import { parseInstant } from "../../shared/instant.js";
import { mostTurns } from "./expression-cost.js";
import { findsRegex, regexProblem } from "./linear-regex.js";
import { bareResource, loopDepth, methodCall, namedProperty, nodesOf } from "./expression-tree.js";
import { misstepsOf } from "./expression-paths.js";
import type { LocatedMisstep } from "./expression-paths.js";
import type { NamedProperty } from "./expression-tree.js";
import { problemOf } from "./expression-words.js";
import type { ExpressionProblem } from "./expression-words.js";
import { UndecidedError } from "./undecided.js";

/** What an expression sees. Getters of `resource` may throw an UndecidedError. `takenAt`: milliseconds since 1970. */
export type ExpressionScope = {
  readonly resource: JsonObject;
  readonly params: JsonObject;
  readonly account: JsonObject;
  readonly takenAt: number;
};

/** A checked expression in the Common Expression Language (https://cel.dev) that gives true or false. */
export type Expression = {
  /** The resource's properties that it names, in the order of the text. */
  readonly properties: readonly NamedProperty[];
  /** Steps below its properties that lead nowhere. */
  missteps(shapes: PropertyShapes): readonly LocatedMisstep[];
  /** @throws UndecidedError where it touches what could not be read, ExpressionError where it touches what is not set and not guarded. */
  run(scope: ExpressionScope): boolean;
};

/** The expression met a value that it was not written for. */
export class ExpressionError extends Error {
  override readonly name = "ExpressionError";
}

const LONGEST = 2_000;
const DEEPEST = 3;
const MOST_TURNS = 1_000_000;

const environment = new Environment({ unlistedVariablesAreDyn: false })
  .registerVariable("resource", "map")
  .registerVariable("params", "map")
  .registerVariable("account", "map")
  .registerVariable("takenAt", "double")
  .registerFunction("string.finds(string): bool", (text: string, pattern: string) =>
    findsRegex(pattern, text),
  )
  .registerFunction("string.like(string): bool", (text: string, pattern: string) =>
    matchesGlob(pattern, text),
  )
  .registerFunction("time(string): double", timeOf)
  .registerFunction("hours(double): double", (milliseconds: number) => milliseconds / 3_600_000)
  .registerFunction("days(double): double", (milliseconds: number) => milliseconds / 86_400_000);

function timeOf(text: string): number {
  const time = parseInstant(text);
  if (time === undefined)
    throw new ExpressionError(
      `time("${text}") cannot be evaluated: a time is written like 2026-01-31 or 2026-01-31T12:00:00Z`,
    );
  return time;
}

/** Parses and checks an expression. */
export function compileExpression(
  text: string,
):
  | { readonly ok: true; readonly expression: Expression }
  | { readonly ok: false; readonly problem: ExpressionProblem } {
  if (text.length > LONGEST)
    return {
      ok: false,
      problem: {
        offset: 0,
        length: 1,
        message: `an expression of more than ${LONGEST.toString()} characters is not accepted`,
      },
    };
  try {
    const parsed = environment.parse(text);
    const problem = review(parsed, text);
    if (problem !== undefined) return { ok: false, problem };
    const properties = nodesOf(parsed.ast).flatMap((node) => namedProperty(node) ?? []);
    const turns = mostTurns(parsed.ast);
    return {
      ok: true,
      expression: {
        properties,
        missteps: (shapes) => misstepsOf(parsed.ast, shapes),
        run: (scope) => run(parsed, turns(scope), scope),
      },
    };
  } catch (error) {
    return { ok: false, problem: problemOf(error, text) };
  }
}

function review(parsed: ParseResult, text: string): ExpressionProblem | undefined {
  const bare = bareResource(parsed.ast);
  if (bare !== undefined)
    return at(bare, "resource must be followed by the name of a property, so that it is known what to read");
  const runaway = refusedCall(parsed.ast);
  if (runaway !== undefined) return runaway;
  const [regex] = nodesOf(parsed.ast).flatMap((node) => reviewRegex(node) ?? []);
  if (regex !== undefined) return regex;
  if (loopDepth(parsed.ast) > DEEPEST)
    return at(parsed.ast, `more than ${DEEPEST.toString()} loops within each other are not accepted`);
  const { valid, type, error } = parsed.check();
  if (!valid) return problemOf(error, text);
  return type === "bool" || type === "dyn"
    ? undefined
    : at(parsed.ast, `must give true or false, but gives ${type ?? "something else"}`);
}

function reviewRegex(node: ASTNode): ExpressionProblem | undefined {
  if (node.op !== "rcall" || node.args[0] !== "finds") return undefined;
  const [pattern] = node.args[2];
  if (pattern?.op !== "value" || typeof pattern.args !== "string")
    return at(node, "the regular expression of finds() must be written out, so that it can be checked");
  const problem = regexProblem(pattern.args);
  return problem === undefined
    ? undefined
    : at(pattern, problem.message, "accepted are ^ $ . ? * + {n} [ ] | and \\\\d \\\\s \\\\w");
}

// What could run away, or make lists and texts grow beyond what can be foreseen.
const refused: readonly {
  readonly call: string;
  readonly beside?: string;
  readonly because: string;
  readonly hint: string;
}[] = [
  {
    call: "matches",
    because: "matches() is not accepted, since a regular expression can run away",
    hint: 'use finds("^prod-\\\\d"), whose time grows with the text alone, or like("prod-*")',
  },
  {
    call: "bind",
    because: "bind() is not accepted, since lists can grow without end by it",
    hint: "write the value out where it is used",
  },
  {
    call: "bytes",
    because: "bytes() is not accepted, since texts can grow without end by it",
    hint: "compare texts",
  },
  {
    call: "split",
    beside: "join",
    because: "split() and join() are not accepted together, since lists can grow without end by them",
    hint: "use one of them",
  },
];

function refusedCall(root: ASTNode): ExpressionProblem | undefined {
  for (const { call, beside = call, because, hint } of refused) {
    const found = methodCall(root, call);
    if (found !== undefined && methodCall(root, beside) !== undefined) return at(found, because, hint);
  }
  return undefined;
}

function run(parsed: ParseResult, turns: number, scope: ExpressionScope): boolean {
  if (turns > MOST_TURNS)
    throw new ExpressionError("the lists are too long for the loops of this expression");
  const value: unknown = evaluate(parsed, scope);
  if (typeof value !== "boolean")
    throw new ExpressionError(`the expression gives ${typeof value}, not true or false`);
  return value;
}

function evaluate(parsed: ParseResult, scope: ExpressionScope): unknown {
  try {
    return parsed(scope);
  } catch (error) {
    if (error instanceof UndecidedError || error instanceof ExpressionError) throw error;
    throw new ExpressionError(
      error instanceof EvaluationError
        ? runtimeWords(error)
        : `the expression cannot be evaluated: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function runtimeWords(error: EvaluationError): string {
  const { node, code, summary } = error;
  const text = node?.input.slice(node.start, node.end) ?? "";
  if (code === "no_such_key" && node !== undefined)
    return `${pathAround(node)} is not set; guard it with has(${pathAround(node)})`;
  return `${text === "" ? "the expression" : text} cannot be evaluated: ${summary}`;
}

// The range of a missing key covers the key alone; the way to it stands before, back to where a path can begin.
function pathAround({
  input = "",
  start,
  end,
}: {
  readonly input?: string;
  readonly start: number;
  readonly end: number;
}): string {
  const before = /[A-Za-z_][\w.]*$/.exec(input.slice(0, start))?.[0] ?? "";
  return `${before}${input.slice(start, end)}`;
}

function at(node: ASTNode, message: string, hint?: string): ExpressionProblem {
  return {
    offset: node.start,
    length: Math.max(1, node.end - node.start),
    message,
    ...(hint === undefined ? {} : { hint }),
  };
}
