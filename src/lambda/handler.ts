/**
 * The handler of AWS Lambda: a whole audit in one invocation, or one step of an audit that Step Functions runs. Its
 * infrastructure is in deploy/; docs/deploy.md tells how to set it up.
 */
import { openStore } from "../index.js";
import { processTerminal } from "../cli/terminal.js";
import type { Handler } from "./events.js";
import { createSteps } from "./steps.js";

/**
 * Runs the step that the event names. The store is the environment variable WATCHPROOF_STORE: reports go there, and
 * the config comes from its `config/` folder. An audit whose time ran out is continued when it is tried again.
 */
export const handler: Handler = async (event, context) => {
  const location = process.env["WATCHPROOF_STORE"] ?? "";
  if (location === "")
    throw new Error(
      "the environment variable WATCHPROOF_STORE is not set: it names where reports are kept, such as s3://bucket",
    );
  return createSteps({
    store: await openStore(location),
    terminal: processTerminal(),
    now: () => new Date(),
  }).run(event, context);
};
