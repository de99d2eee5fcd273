import type { Account } from "../core/account.js";
import type { Case, Difference } from "../core/case.js";
import type { CaseReading } from "../core/case-type.js";
import type { Finding } from "../core/report.js";
import type { SelectedRule } from "../core/rule.js";
import type { Snapshot } from "../core/snapshot.js";
import { viewAccount } from "../shared/view-account.js";
import { compareFindings } from "./compare.js";
import { buildSnapshot } from "./snapshot.js";
import { evaluateRules } from "../engine/evaluate-rules.js";
import type { EvaluatorsById } from "../engine/evaluate-rules.js";

/** A case with everything that it takes to run it. `rule` has the case's options; a `snapshot` stands for the state. */
export type RunnableCase = {
  readonly written: Case;
  readonly rule: SelectedRule;
  readonly reading: CaseReading;
  readonly snapshot?: Snapshot;
};

/** What came of a case: the account that was judged, what was found, and how that differs from what was expected. */
export type CaseOutcome = {
  readonly account: Account;
  readonly findings: readonly Finding[];
  readonly differences: readonly Difference[];
};

/** Judges the state of a case and compares. */
export async function runCase(
  { written, rule, reading, snapshot }: RunnableCase,
  evaluators: EvaluatorsById,
): Promise<CaseOutcome> {
  const state = snapshot ?? buildSnapshot(written.state ?? {}, reading.types, reading.read);
  const account = viewAccount(state, written.judge === undefined ? {} : { regions: written.judge });
  const findings = await evaluateRules([rule], account, { evaluators });
  return { account, findings, differences: compareFindings(written.expect, findings) };
}
