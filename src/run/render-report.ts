import type { Report } from "../core/report.js";
import type { RenderOptions } from "../core/reporter.js";
import { decideGate } from "../engine/decide-gate.js";
import type { PreparedRules } from "./prepare-rules.js";

/** How a report is rendered: the format's id, and what a reporter may know beside the report. */
export type RenderRequest = { readonly format: string } & Partial<Omit<RenderOptions, "gate">>;

/**
 * A report as text in one of the formats that can be plugged in, such as `html` or `json`; the run says what its gate lets through and
 * where its rules stand. Without colours unless asked for. @throws RangeError where there is no such format.
 */
export async function renderReport(
  report: Report,
  run: Pick<PreparedRules, "plugins" | "gate" | "places">,
  { format, ...options }: RenderRequest,
): Promise<string> {
  const { reporters } = run.plugins;
  const load = Object.hasOwn(reporters, format) ? reporters[format] : undefined;
  if (load === undefined)
    throw new RangeError(
      `there is no format "${format}"; known are ${Object.keys(reporters).sort().join(", ")}`,
    );
  const reporter = await load();
  return reporter.render(report, {
    gate: decideGate(report, run.gate),
    color: false,
    newOnly: run.gate.newOnly === true,
    places: run.places,
    ...options,
  });
}
