import { plural, printable } from "../index.js";
import type { PlannedCall, RunPlan } from "../index.js";
import type { Terminal } from "./terminal.js";

/** Writes what a live run would ask, and the permissions that it needs. */
export async function writePlan({ calls, actions }: RunPlan, terminal: Terminal): Promise<void> {
  const width = Math.max(0, ...calls.map(({ operation }) => operation.length));
  const lines = calls.map((call) => `  ${call.operation.padEnd(width)}  ${often(call)}`);
  const text = ["A live run would ask:", ...lines, "", "and needs these permissions:", ...actions.map((action) => `  ${action}`), ""];
  await terminal.out(`${text.map(printable).join("\n")}\n`);
}

function often({ often: how, properties }: PlannedCall): string {
  const forWhat = properties.length === 0 ? "" : ` (${properties.join(", ")})`;
  if (how.kind === "once") return `once${how.region === undefined ? "" : ` in ${how.region}`}${forWhat}`;
  if (how.kind === "each-region") return `${how.regions === undefined ? "in each enabled region" : `in ${plural(how.regions.length, "region")}`}${forWhat}`;
  const only = how.only?.map(({ referencedBy, path }) => `${referencedBy} ${path}`).join(", ");
  return `for each ${how.of}${only === undefined ? "" : ` that is named by ${only}`}${forWhat}`;
}
