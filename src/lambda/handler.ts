/**
 * The handler of AWS Lambda: a whole audit in one invocation, or one step of an audit that Step Functions runs. Its
 * infrastructure is in deploy/; docs/deploy.md tells how to set it up.
 */
import { openStore } from "../index.js";
import { processTerminal } from "../cli/terminal.js";
import { createSteps } from "./steps.js";
import type { StepEvent, StepResult } from "./steps.js";

/** What Lambda tells a handler of its invocation. https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html */
export type LambdaContext = { getRemainingTimeInMillis(): number };

/**
 * Runs the step that the event names. The store is the environment variable WATCHPROOF_STORE: reports go there, and
 * the config comes from its `config/` folder.
 *
 * @throws Error where the step cannot be done, or its time ran out; an audit that is tried again goes on where it stopped.
 */
export async function handler(event: StepEvent, context: LambdaContext): Promise<StepResult> {
  const location = process.env["WATCHPROOF_STORE"] ?? "";
  if (location === "") throw new Error("the environment variable WATCHPROOF_STORE is not set: it names where reports are kept, such as s3://bucket");
  const steps = createSteps({ store: await openStore(location), terminal: processTerminal(), now: () => new Date() });
  return steps.run(event, context);
}
