import type { GateVerdict, Summary } from "../index.js";

/** What Lambda tells a handler of its invocation. https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html */
export type LambdaContext = { getRemainingTimeInMillis(): number };

/**
 * What an invocation is to do: `audit` everything; or `begin` a run, `judge` one of its accounts, `merge` what was found.
 * `accountsAtOnce` is handed through to the map of Step Functions, which wants a number.
 */
export type StepEvent =
  | { readonly step: "audit" }
  | { readonly step: "begin"; readonly accountsAtOnce?: string | number }
  | { readonly step: "judge"; readonly run: string; readonly account: string }
  | { readonly step: "merge"; readonly run: string };

/** What an invocation says: `begin` where the list of accounts is, `judge` how it went, `audit` and `merge` how the whole run ended. */
export type StepResult =
  | {
      readonly run: string;
      readonly bucket: string;
      readonly accounts: string;
      readonly accountsAtOnce: number;
    }
  | { readonly run: string; readonly account: string }
  | { readonly run: string; readonly counts: Summary; readonly gate: GateVerdict };

/** The handler of AWS Lambda. Rejects where the step cannot be done, or its time ran out. */
export type Handler = (event: StepEvent, context: LambdaContext) => Promise<StepResult>;

const steps = new Set(["audit", "begin", "judge", "merge"]);
const needed: Readonly<Record<string, readonly string[]>> = { judge: ["run", "account"], merge: ["run"] };

/** What an event that came from outside asks for. @throws Error where it names no step, or not all that its step needs. */
export function readEvent(event: unknown): StepEvent {
  const given: Readonly<Record<string, unknown>> =
    typeof event === "object" && event !== null ? { ...event } : {};
  const { step } = given;
  if (typeof step !== "string" || !steps.has(step))
    throw new Error(
      `the event names no step: {"step": "audit"} judges everything; "begin", "judge" and "merge" are for Step Functions`,
    );
  const missing = (needed[step] ?? []).filter((name) => typeof given[name] !== "string");
  if (missing.length > 0)
    throw new Error(`the event of step "${step}" lacks ${missing.map((name) => `"${name}"`).join(" and ")}`);
  // `step` is one of the four, and what each needs is there as text.
  return given as StepEvent;
}
