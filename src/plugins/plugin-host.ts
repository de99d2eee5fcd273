import type { AnswerKind } from "./piece-schemas.js";
import { answerSchemas } from "./piece-schemas.js";
import { PluginError } from "../core/plugin-error.js";
import { wrongShape } from "./check-shape.js";
import { plainData } from "./plain-data.js";
import type { Call, PieceKind } from "./protocol.js";
import { createLane } from "./worker-lane.js";
import type { LaneOptions } from "./worker-lane.js";
import type { Outcome } from "./lane-answers.js";

/** Runs one plugin's functions, each where it can be stopped. Whatever goes wrong is a `PluginError` that names plugin and piece. */
export type PluginHost = {
  readonly name: string;
  describe(): Promise<Outcome>;
  /** Calls a function; the answer is a plain copy. */
  ask(call: Call): Promise<unknown>;
  /** The same, while this thread stands still; its answers have a shape of their own and may hold dates. */
  askNow(call: Call, answer: AnswerKind): unknown;
};

/** A host whose threads have not been started yet. Calls that wait and calls that do not have a thread each, so that neither holds up the other. */
export function createHost(options: LaneOptions): PluginHost {
  const waiting = createLane(options);
  const instant = createLane(options);
  const stops = new Map<string, Outcome & { readonly kind: "stopped"; readonly count: number }>();
  const givenUp = (call: Call): void => {
    const last = stops.get(nameOf(call));
    if (last !== undefined && last.count >= options.limits.mostStops)
      throw fault(call, `it was given up: ${last.message}`);
  };
  const fault = (call: Call, message: string): PluginError =>
    new PluginError(`plugin ${options.name}: ${nameOf(call)}: ${message}`);
  const settle = (call: Call, outcome: Outcome, dates: boolean): unknown => {
    if (outcome.kind === "stopped")
      stops.set(nameOf(call), { ...outcome, count: (stops.get(nameOf(call))?.count ?? 0) + 1 });
    if (outcome.kind !== "answered") throw fault(call, outcome.message);
    try {
      return plainData(outcome.value, { dates });
    } catch (error) {
      throw fault(
        call,
        `${functionOf(call)} answered ${error instanceof Error ? error.message : "no plain data"}`,
      );
    }
  };
  return {
    name: options.name,
    describe: () => waiting.describe(),
    ask: async (call) => {
      givenUp(call);
      return settle(call, await waiting.call(call), false);
    },
    askNow: (call, answer) => {
      givenUp(call);
      const value = settle(call, instant.callNow(call), true);
      const wrong = wrongShape(answerSchemas[answer], value);
      if (wrong !== undefined) throw fault(call, `${functionOf(call)} answered nonsense: ${wrong}`);
      return value ?? undefined;
    },
  };
}

const nouns = { evaluators: "evaluator", collectors: "collector", reporters: "reporter" } satisfies Record<
  PieceKind,
  string
>;

/** "evaluator own-thing". */
export function nameOf({ kind, id }: Pick<Call, "kind" | "id">): string {
  return `${nouns[kind]} ${id}`;
}

/** "reads[0].read". */
export function functionOf({ path }: Pick<Call, "path">): string {
  return path
    .map((step, at) => (typeof step === "number" ? `[${step.toString()}]` : `${at === 0 ? "" : "."}${step}`))
    .join("");
}
