import { tmpdir } from "node:os";
import { runAction } from "./run-action.js";
import { errorCommand } from "./workflow-command.js";

// The SDK would print a notice about Node versions among what is meant for people.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";
const write = (text: string): Promise<void> =>
  new Promise((resolve) =>
    process.stdout.write(text, () => {
      resolve();
    }),
  );
const exitCode = await runAction({
  env: process.env,
  temporary: process.env["RUNNER_TEMP"] ?? tmpdir(),
  write,
}).catch(async (error: unknown) => {
  await write(errorCommand(error instanceof Error ? error.message : String(error)));
  return 2;
});
// Idle connections would keep the process alive; everything has been written.
process.exit(exitCode);
