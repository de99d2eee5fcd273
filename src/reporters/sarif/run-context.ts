import type { Finding } from "../../core/report.js";
import type { RenderOptions } from "../../core/reporter.js";
import type { SarifNotification, SarifRule } from "../../shared/sarif/log.js";

/** So many results of a run are taken by GitHub: https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning */
export const MOST_RESULTS = 25_000;

/** What a run is made from, besides its account. */
export type RunContext = RenderOptions & {
  /** Every rule of the report, described alike in each run: GitHub shows one description of a rule. */
  readonly rules: readonly SarifRule[];
  /** Rules whose description says how to mend what breaks them. */
  readonly remedied: ReadonlySet<string>;
  /** The account's open failures, the gravest first. */
  readonly open: readonly Finding[];
  /** What is to be said of the report as a whole. */
  readonly said: readonly SarifNotification[];
};
