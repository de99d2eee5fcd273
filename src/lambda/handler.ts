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
 * the config comes from its `config/` folder; WATCHPROOF_BUCKET_OWNER and WATCHPROOF_KMS_KEY, where they are set, say which account must
 * own the bucket and with which key reports are encrypted. An audit whose time ran out is continued when it is tried again.
 */
export const handler: Handler = async (event, context) => {
  const location = process.env["WATCHPROOF_STORE"] ?? "";
  if (location === "")
    throw new Error(
      "the environment variable WATCHPROOF_STORE is not set: it names where reports are kept, such as s3://bucket",
    );
  return createSteps({
    store: await openStore(location, {
      ...given("bucketOwner", process.env["WATCHPROOF_BUCKET_OWNER"]),
      ...given("kmsKey", process.env["WATCHPROOF_KMS_KEY"]),
    }),
    terminal: processTerminal(),
    now: () => new Date(),
  }).run(event, context);
};

function given(name: "bucketOwner" | "kmsKey", value: string | undefined): object {
  return value === undefined || value === "" ? {} : { [name]: value };
}
