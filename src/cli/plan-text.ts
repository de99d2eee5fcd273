import { greatest, oftenText, printable, withoutCommands } from "../inner.js";
import type { PlannedCall, RunPlan } from "../index.js";
import type { Terminal } from "./terminal.js";

/** Writes what a live run would ask, and the permissions that it needs. */
export async function writePlan({ calls, actions }: RunPlan, terminal: Terminal): Promise<void> {
  const width = greatest(
    calls.map(({ operation }) => operation.length),
    0,
  );
  const lines = calls.map((call) => `  ${call.operation.padEnd(width)}  ${oftenText(call)}${forWhat(call)}`);
  const text = [
    "A live run would ask:",
    ...lines,
    "",
    "and needs these permissions:",
    ...actions.map((action) => `  ${action}`),
    "",
  ];
  await terminal.out(withoutCommands(`${text.map(printable).join("\n")}\n`));
}

function forWhat({ properties }: PlannedCall): string {
  return properties.length === 0 ? "" : ` (${properties.join(", ")})`;
}
