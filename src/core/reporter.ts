import type { GateVerdict } from "./gate.js";
import type { Report } from "./report.js";
import type { TrendPoint } from "./trend.js";

/** What a reporter may know beside the report. */
export type RenderOptions = {
  readonly gate: GateVerdict;
  /** Whether ANSI colours are wanted. */
  readonly color: boolean;
  /** Whether the gate lets failures pass that the baseline knows: they are shown, but not as open. */
  readonly newOnly?: boolean;
  /** Where rules were written, by id, for formats that point at a file: a rule that ships stands where the config asks for it. Nowhere without a config. */
  readonly places?: Readonly<Record<string, RulePlace>>;
  /** Columns of the terminal; undefined where lines need not be wrapped. */
  readonly width?: number;
  /** The audits of this series, the oldest first; for formats that draw a trend. */
  readonly trend?: readonly TrendPoint[];
};

/** Where a rule stands in a repository: the path is relative to its root, lines and columns count from 1. */
export type RulePlace = { readonly file: string; readonly line: number; readonly column: number };

/** A format for a report. Pure: the same report gives the same bytes. */
export type Reporter = {
  readonly contract: 1;
  /** Kebab-case; the file is named after it. */
  readonly id: string;
  /** One line for lists. */
  readonly summary: string;
  render(report: Report, options: RenderOptions): string;
  /** The same text in pieces, for formats whose texts get so long that they are better not held at once. */
  pieces?(report: Report, options: RenderOptions): Iterable<string>;
};

/** Declares a reporter. */
export function defineReporter(reporter: Omit<Reporter, "contract">): Reporter {
  return { contract: 1, ...reporter };
}
