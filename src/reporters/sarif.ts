import type { AccountSummary, Report } from "../core/report.js";
import { defineReporter } from "../core/reporter.js";
import type { RenderOptions } from "../core/reporter.js";
import { groupBy } from "../shared/group-by.js";
import { openFailures } from "../shared/report/open-failures.js";
import type { SarifLog, SarifNotification, SarifRun } from "../shared/sarif/log.js";
import { commonRemediation, sarifName, sarifRules } from "../shared/sarif/rules.js";
import { reportNoteText } from "../shared/text/report-note-text.js";
import { printableJson } from "../shared/text/terminal-text.js";
import { plural } from "../shared/text/words.js";
import { notices, toInvocation, notice } from "./sarif/invocation.js";
import { toResult } from "./sarif/result.js";
import { MOST_RESULTS } from "./sarif/run-context.js";
import type { RunContext } from "./sarif/run-context.js";

/**
 * SARIF 2.1.0 as GitHub code scanning takes it: a run per account, a result per open failure at the place of its rule.
 * GitHub makes an alert of every result, whatever its suppressions or kind; so what is waived or could not be judged is told as a notification.
 */
export const sarif = defineReporter({
  id: "sarif",
  summary: "for GitHub code scanning: SARIF 2.1.0, a run per account, the open failures as results",
  render: (report, options) => `${printableJson(JSON.stringify(toLog(report, options), undefined, 1))}\n`,
});

// https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
const MOST_RUNS = 20;

function toLog(report: Report, options: RenderOptions): SarifLog {
  const open = groupBy(openFailures(report), ({ account }) => account);
  const kept =
    report.accounts.length <= MOST_RUNS ? report.accounts : gravestAccounts(report, [...open.keys()]);
  const left = report.accounts.filter((account) => !kept.includes(account));
  const rules = sarifRules(report.findings);
  const remedied = new Set(
    [...groupBy(report.findings, ({ rule }) => rule)]
      .filter(([, all]) => commonRemediation(all) !== undefined)
      .map(([rule]) => rule),
  );
  const said: readonly SarifNotification[] = [
    ...(left.length === 0
      ? []
      : [
          notice(
            "cut",
            "warning",
            `${plural(left.length, "account")} left out, because GitHub takes ${MOST_RUNS.toString()} runs: ${left.map(({ id }) => id).join(", ")}`,
          ),
        ]),
    ...(report.notes ?? []).map((note) => notice("waiver-or-baseline", "warning", reportNoteText(note))),
  ];
  return {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: kept.map((account, at) =>
      toRun(report, account, {
        ...options,
        rules,
        remedied,
        open: open.get(account.id) ?? [],
        said: at === 0 ? said : [],
      }),
    ),
  };
}

// Accounts with the gravest open failure first; then those without.
function gravestAccounts({ accounts }: Report, ranked: readonly string[]): readonly AccountSummary[] {
  const rank = ({ id }: AccountSummary): number => (ranked.includes(id) ? ranked.indexOf(id) : ranked.length);
  const chosen = accounts.toSorted((a, b) => rank(a) - rank(b)).slice(0, MOST_RUNS);
  return accounts.filter((account) => chosen.includes(account));
}

function toRun(report: Report, account: AccountSummary, context: RunContext): SarifRun {
  const findings = report.findings.filter((finding) => finding.account === account.id);
  const judged = new Set(findings.map(({ rule }) => rule));
  const rules = context.rules.filter(({ id }) => judged.has(id));
  const indices = new Map(rules.map(({ id }, at) => [id, at]));
  return {
    tool: {
      driver: {
        name: "Watchproof",
        semanticVersion: report.tool.version,
        rules,
        notifications: Object.entries(notices).map(([id, { says, help }]) => ({
          id,
          name: sarifName(id),
          shortDescription: { text: says },
          fullDescription: { text: `${says}. ${help}` },
          help: { text: help },
        })),
      },
    },
    automationDetails: { id: `watchproof/${account.id}/` },
    invocations: [
      toInvocation({ findings, gaps: report.gaps.filter((gap) => gap.account === account.id) }, context),
    ],
    columnKind: "utf16CodeUnits",
    results: context.open
      .slice(0, MOST_RESULTS)
      .map((finding) => toResult(finding, context, indices.get(finding.rule) ?? -1)),
    properties: account,
  };
}
