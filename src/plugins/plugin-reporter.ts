import type { Reporter } from "../core/reporter.js";
import type { PluginHost } from "./plugin-host.js";
import type { DescribedPiece } from "./protocol.js";

/** A reporter whose `render` runs in its plugin's thread. `piece` has the shape of a reporter. */
export function pluginReporter({ data }: DescribedPiece, host: PluginHost): Reporter {
  // check-plugin.ts has held it against the schema.
  const { id, summary } = data as Pick<Reporter, "id" | "summary">;
  return {
    contract: 1,
    id,
    summary,
    // askNow holds the answer to be text.
    render: (report, options) =>
      host.askNow({ kind: "reporters", id, path: ["render"], args: [report, options] }, "render") as string,
  };
}
