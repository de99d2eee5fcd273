import type { AccountSummary, Finding, Report } from "../core/report.js";
import { defineReporter } from "../core/reporter.js";
import type { RenderOptions } from "../core/reporter.js";
import { subjectText } from "../shared/text/finding-text.js";
import { causesOf, causeText } from "../shared/text/gap-causes.js";
import { groupBy } from "../shared/group-by.js";
import { openFailures } from "../shared/report/open-failures.js";
import { reportNoteText } from "../shared/text/report-note-text.js";
import { placeOfRule } from "../shared/report/rule-place.js";
import type {
  SarifInvocation,
  SarifLocation,
  SarifLog,
  SarifNotification,
  SarifResult,
  SarifRule,
  SarifRun,
} from "../shared/sarif/log.js";
import { commonRemediation, sarifLevels, sarifRules } from "../shared/sarif/rules.js";
import { printable, printableJson } from "../shared/text/terminal-text.js";
import { membersText, witnessText } from "../shared/text/witness-text.js";
import { plural } from "../shared/text/words.js";

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
const MOST_RESULTS = 25_000;

const notices = {
  unreadable: "What the verdict needs could not be read",
  undecidable: "What was read does not decide",
  "not-collected": "The snapshot does not hold what the rule needs",
  error: "A rule's evaluator failed",
  gap: "Something could not be read",
  waived: "A failure that somebody accepts until a day",
  "waiver-or-baseline": "Something to mend in waivers or baseline",
  cut: "More than GitHub takes; the gravest were kept",
} as const;

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

/** What a run is made from, besides its account. */
type RunContext = RenderOptions & {
  /** Every rule of the report, described alike in each run: GitHub shows one description of a rule. */
  readonly rules: readonly SarifRule[];
  /** Rules whose description says how to mend what breaks them. */
  readonly remedied: ReadonlySet<string>;
  /** The account's open failures, the gravest first. */
  readonly open: readonly Finding[];
  /** What is to be said of the report as a whole. */
  readonly said: readonly SarifNotification[];
};

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
        notifications: Object.entries(notices).map(([id, text]) => ({ id, shortDescription: { text } })),
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

function toInvocation(
  { findings, gaps }: Pick<Report, "findings" | "gaps">,
  { gate, open, said, ...options }: RunContext,
): SarifInvocation {
  const undecided = findings.filter(({ status }) => status === "unknown" || status === "error");
  const waived = findings.filter(({ status, waiver }) => status === "fail" && waiver !== undefined);
  const more = open.length - MOST_RESULTS;
  return {
    executionSuccessful: undecided.length === 0,
    exitCode: gate.exitCode,
    exitCodeDescription: printable(gate.because),
    toolExecutionNotifications: [
      ...undecided.map((finding) =>
        about(
          finding,
          {
            id: finding.reason ?? "error",
            level: finding.status === "error" ? "error" : "warning",
            text: sentence(finding),
          },
          options,
        ),
      ),
      ...causesOf(gaps).map((cause) => notice("gap", "warning", causeText(cause))),
      ...(more > 0
        ? [
            notice(
              "cut",
              "warning",
              `${plural(more, "open failure")} left out, because GitHub takes ${MOST_RESULTS.toString()} results`,
            ),
          ]
        : []),
    ],
    toolConfigurationNotifications: [
      ...waived.map((finding) =>
        about(
          finding,
          {
            id: "waived",
            level: "note",
            text: `waived (${membersText(finding.waiver ?? {})}): ${sentence(finding)}`,
          },
          options,
        ),
      ),
      ...said,
    ],
  };
}

type Notice = {
  readonly id: keyof typeof notices;
  readonly level: SarifNotification["level"];
  readonly text: string;
};

function notice(
  id: keyof typeof notices,
  level: SarifNotification["level"],
  text: string,
): SarifNotification {
  return { descriptor: { id }, level, message: { text: harmless(text) } };
}

function about(
  finding: Finding,
  { id, level, text }: Notice,
  options: Pick<RenderOptions, "places">,
): SarifNotification {
  return {
    ...notice(id, level, text),
    associatedRule: { id: finding.rule },
    locations: [toLocation(finding, options)],
    properties: { finding: finding.id, severity: finding.severity },
  };
}

function toResult(finding: Finding, { remedied, ...options }: RunContext, ruleIndex: number): SarifResult {
  const { id, rule, severity, account, region, witness, baseline, remediation } = finding;
  const remedy = remedied.has(rule) ? undefined : remediation;
  const texts = [
    sentence(finding),
    ...(witness === undefined ? [] : [`witness: ${witnessText(witness)}`]),
    ...(remedy?.text === undefined ? [] : [remedy.text.trim().replace(/\s+/gu, " ")]),
  ];
  return {
    ruleId: rule,
    ruleIndex,
    kind: "fail",
    level: sarifLevels[severity],
    message: { text: harmless(texts.join(" · ")) },
    locations: [toLocation(finding, options)],
    // Every subject stands at the same line, so that a hash of the line would make one alert of them.
    partialFingerprints: { primaryLocationLineHash: `${id}:1`, "watchproof/v1": id },
    ...(baseline === undefined ? {} : { baselineState: baseline === "known" ? "unchanged" : "new" }),
    properties: {
      severity,
      account,
      region,
      ...(witness === undefined ? {} : { witness }),
      ...(remedy === undefined ? {} : { remediation: remedy }),
    },
  };
}

function toLocation(
  { rule, subject, account, region }: Finding,
  options: Pick<RenderOptions, "places">,
): SarifLocation {
  const { file, line, column } = placeOfRule(rule, options);
  const name = printable(subject.id.trim()) || subject.type;
  return {
    physicalLocation: {
      artifactLocation: { uri: file.split("/").map(encodeURIComponent).join("/"), uriBaseId: "%SRCROOT%" },
      region: { startLine: line, startColumn: column, endLine: line, endColumn: column + 1 },
    },
    logicalLocations: [
      {
        name,
        fullyQualifiedName: printable(subject.arn ?? "") || `${account}/${region}/${subject.type}/${name}`,
        kind: "resource",
      },
    ],
  };
}

function sentence(finding: Finding): string {
  return `${subjectText(finding)}: ${finding.message}`;
}

// In SARIF's messages, as in Markdown, [text](target) is a link: https://docs.oasis-open.org/sarif/sarif/v2.1.0, 3.11.6
function harmless(text: string): string {
  return printable(text).replaceAll("](", "] (");
}
