import type { GateVerdict } from "./gate.js";
import type { Report } from "./report.js";

/** What a reporter may know beside the report. */
export type RenderOptions = {
  readonly gate: GateVerdict;
  /** Whether ANSI colours are wanted. */
  readonly color: boolean;
  /** Columns of the terminal; undefined where lines need not be wrapped. */
  readonly width?: number;
};

/** A format for a report. Pure: the same report gives the same bytes. */
export type Reporter = {
  readonly contract: 1;
  /** Kebab-case; the file is named after it. */
  readonly id: string;
  /** One line for lists. */
  readonly summary: string;
  render(report: Report, options: RenderOptions): string;
};

/** Declares a reporter. */
export function defineReporter(reporter: Omit<Reporter, "contract">): Reporter {
  return { contract: 1, ...reporter };
}
