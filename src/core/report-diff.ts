import type { Finding } from "./report.js";

/** What became of one finding between two reports; `old` and `new` are as each report has it. */
export type FindingChange = {
  readonly id: string;
  readonly old?: Finding;
  readonly new?: Finding;
  readonly because?: string;
};

/** What can become of a finding between two reports, but for staying the same. */
export type DiffKind = "new" | "unjudged" | "changed" | "failing" | "fixed" | "gone";
/** The ways in which something can differ, the most urgent first. */
export const diffKinds: readonly DiffKind[] = ["new", "unjudged", "changed", "failing", "fixed", "gone"];

/**
 * What became of findings between two reports; each stands in one list, in a report's order, or is the same in both and counted.
 * `new` fails now and did not; `fixed` failed, and passes or no longer applies; `failing` fails as before; `gone` failed, and the
 * rule or the subject is not there any more; `unjudged` failed, and nobody knows now; `changed` differs in any other way.
 */
export type ReportDiff = Readonly<Record<DiffKind, readonly FindingChange[]>> & { readonly same: number };
