/**
 * Watchproof as a library: load rules, read an account, judge it, decide a gate, render a report.
 *
 * Nothing happens at import: no file is read, no network touched, no global state kept. Several accounts can be judged
 * side by side in one process, each with a source of its own.
 */
export { isUntold, notify } from "./audits/notify.js";
export type { NotificationOutcome, NotifyChange, NotifySettings, SentMessage } from "./audits/notify.js";
export { notifyChannels, notifyGrants } from "./audits/notify-channels.js";
export type { NotifyChannel, NotifyGrant } from "./audits/notify-channels.js";
export { notifyText } from "./audits/notify-text.js";
export { keepTold, toldChannels } from "./audits/told.js";
export { renderAudit, renderTargets } from "./audits/audit-text.js";
export type { FinishedAudit } from "./audits/audit-text.js";
export { addReport } from "./audits/add-report.js";
export { appendRun, pruneRuns } from "./audits/history/append-run.js";
export { auditPolicy, memberStatements } from "./audits/audit-policy.js";
export { liveAccounts } from "./audits/live-accounts.js";
export type { LiveAccounts, LiveAccountsOptions } from "./audits/live-accounts.js";
export { planUnits } from "./audits/plan-units.js";
export type { AuditSettings, Inquiries } from "./audits/plan-units.js";
export { runAudit } from "./audits/run-audit.js";
export type { AuditOptions, AuditResult } from "./audits/run-audit.js";
export {
  beginAudit,
  continueAudit,
  finishAudit,
  judgeAccount,
  readMergedReport,
} from "./audits/audit-steps.js";
export type { FinishOptions, StepOptions } from "./audits/audit-steps.js";
export type { MergedParts } from "./audits/merge-parts.js";
export type { StartedRun } from "./audits/work.js";
export { unfinishedRuns } from "./audits/work.js";
export type { FinishedRun } from "./audits/history/append-run.js";
export { loadAuditSettings } from "./audits/audit-settings.js";
export { readHistory } from "./audits/history/run-index.js";
export type { ReadHistory } from "./audits/history/run-index.js";
export { findingLifeJson, historyJson, trendsJson } from "./audits/history/json.js";
export { renderFindingLife, renderHistory, renderHistoryCheck, renderTrends } from "./audits/history/text.js";
export { readLives, readTrends } from "./audits/history/read-history.js";
export type { Lives } from "./audits/history/read-history.js";
export { readChange } from "./audits/read-change.js";
export { readRun } from "./audits/read-run.js";
export type { StoredRun } from "./audits/read-run.js";
export { verifyHistory } from "./audits/history/verify-history.js";
export { writeBaseline, baselineText } from "./accept/baseline.js";
export { builtins } from "./run/builtins.js";
export { catalogue, catalogueKinds, filterCatalogue } from "./run/catalogue.js";
export type { CatalogueEntry, CatalogueFilter, CatalogueKind } from "./run/catalogue.js";
export { check, collect, planRun } from "./run/check.js";
export type { CheckOptions, RunPlan } from "./run/check.js";
export { compare, comparisonExitCode, comparisonJson } from "./compare/diff.js";
export type { Comparison } from "./compare/diff.js";
export { comparisonMarkdown, renderComparison } from "./compare/diff-text.js";
export { explainFinding, findFindings } from "./explain/explain-finding.js";
export type { Change, FindingExplanation } from "./explain/explain-finding.js";
export { renderFindingExplanation } from "./explain/finding-text.js";
export { describeOptions } from "./explain/options.js";
export type { OptionDescription, OptionInUse } from "./explain/options.js";
export { explainRule } from "./explain/explain-rule.js";
export type {
  ExplainRuleOptions,
  RuleExplanation,
  RuleReading,
  VerdictMeaning,
} from "./explain/explain-rule.js";
export { renderRuleExplanation } from "./explain/rule-text.js";
export type { TextOptions } from "./explain/rule-text.js";
export { findRule } from "./run/find-rule.js";
export type { FindRuleOptions, FoundRule } from "./run/find-rule.js";
export { gateOptions } from "./run/gate-options.js";
export { loadPlugins } from "./run/open-plugins.js";
export type { PluginSettings } from "./run/open-plugins.js";
export { prepareRun } from "./run/prepare.js";
export type { KnownRules, PreparedRun, RunRequest } from "./run/prepare.js";
export { testRules } from "./cases/test-rules.js";
export type { TestRequest } from "./cases/test-rules.js";
export { trimToCase } from "./cases/trim-case.js";
export type { TrimRequest } from "./cases/trim-case.js";
export { waive } from "./accept/waive.js";
export type { WaiveRequest, WaiveResult } from "./accept/waive.js";

export type { Account, Blind, Listing } from "./core/account.js";
export type {
  AccountResult,
  AuditEvent,
  AuditTargets,
  AuditUnit,
  Entrance,
  RoleStep,
  RuleResult,
  SkippedAccount,
  UnitOutcome,
} from "./core/audit.js";
export type { Baseline, BaselineEntry } from "./core/baseline.js";
export type {
  CaseFileResult,
  CaseResult,
  Difference,
  Reachable,
  RuleCoverage,
  TestRun,
  Untaken,
} from "./core/case.js";
export { defineCollector, listCall, locateCall, readCall } from "./core/collector.js";
export type {
  Collector,
  Found,
  Identity,
  ListCall,
  ListedParent,
  LocateCall,
  Operation,
  Pages,
  Place,
  Proof,
  Properties,
  ReadCall,
} from "./core/collector.js";
export type { Config } from "./core/config.js";
export type { Diagnostic, Loaded, Position } from "./core/diagnostic.js";
export { defineEvaluator } from "./core/evaluator.js";
export type { Awaitable, Evaluator, KnownTypes, OptionProblem } from "./core/evaluator.js";
export type { FindingLife, LifeChange, LifeState, LifeStep } from "./core/finding-life.js";
export type {
  ExitCode,
  GateFinding,
  GateOptions,
  GateReport,
  GateThreshold,
  GateVerdict,
} from "./core/gate.js";
export type { History, HistoryEntry, Keep, RemovalEntry, RunEntry, RunSummary } from "./core/history.js";
export type { HistoryCheck, HistoryProblem, HistoryProblemKind } from "./core/history-check.js";
export type { JsonArray, JsonObject, JsonSchema, JsonValue } from "./core/json.js";
export { aboutAccount, aboutRegion, aboutResource } from "./core/judgement.js";
export type { Judgement, Subject } from "./core/judgement.js";
export type { Need, Reference } from "./core/need.js";
export type { Message } from "./core/notifier.js";
export { definePlugin } from "./core/plugin.js";
export type { Plugin } from "./core/plugin.js";
export { PluginError } from "./core/plugin-error.js";
export type { Lazy, Origins, Plugins } from "./core/plugins.js";
export type { AccountSummary, Finding, Report, ReportGap, ReportNote, Summary } from "./core/report.js";
export type { DiffKind, FindingChange, ReportDiff } from "./core/report-diff.js";
export { defineReporter } from "./core/reporter.js";
export type { RenderOptions, Reporter, RulePlace } from "./core/reporter.js";
export type { Reading, Resource, Unreadable } from "./core/resource.js";
export type { Pack, Rule, SelectedRule } from "./core/rule.js";
export { severities } from "./core/severity.js";
export type { Severity } from "./core/severity.js";
export type { AccountIdentity, Collected, Gap, Snapshot } from "./core/snapshot.js";
export { SourceError } from "./core/source.js";
export type { ReadRequest, Source } from "./core/source.js";
export { StoreError } from "./core/store.js";
export type { S3StoreOptions, Store, StoredFile, WriteCondition } from "./core/store.js";
export type { TrendPoint } from "./core/trend.js";
export { trendKeys } from "./core/trend-series.js";
export type { CountedRun, TrendKey, TrendSeries } from "./core/trend-series.js";
export { fail, notApplicable, pass, unknown } from "./core/verdict.js";
export type {
  Candidate,
  Evidence,
  Remediation,
  Status,
  Support,
  UnknownReason,
  Verdict,
} from "./core/verdict.js";
export { version } from "./core/version.js";
export type { LocatedWaiver, Waiver, Waiving } from "./core/waiver.js";

export type { Override } from "./engine/apply-overrides.js";
export { applyWaivers } from "./accept/apply-waivers.js";
export type { Marked } from "./accept/apply-waivers.js";
export { compareBaseline, pruneBaseline, staleEntries, updateBaseline } from "./accept/compare-baseline.js";
export { compareReports, newOpenFailures } from "./compare/compare-reports.js";
export { decideGate, isOpenFailure } from "./engine/decide-gate.js";
export { mergeReports } from "./engine/merge-reports.js";
export { summarizeRun } from "./engine/summarize-run.js";
export { trendOf } from "./audits/history/trends.js";

export { loadBaseline } from "./loaders/load-baseline.js";
export { loadReport } from "./loaders/load-report.js";
export { loadReportOrSnapshot } from "./loaders/load-report-or-snapshot.js";
export type { ReportOrSnapshot } from "./loaders/load-report-or-snapshot.js";
export { loadSnapshot } from "./loaders/load-snapshot.js";
export { loadWaivers } from "./loaders/load-waivers.js";
export type { WaiverContext } from "./loaders/load-waivers.js";
export { renderDiagnostics } from "./loaders/diagnostics/render-diagnostics.js";

export { extendPlugins } from "./plugins/extend-plugins.js";
export type { PluginLimits } from "./plugins/limits.js";

export { probingSource } from "./probes/probing-source.js";
export type { ProbeOptions } from "./probes/probing-source.js";
export type { IdentifierSource } from "./probes/cdn-identifiers.js";
export type { ReadSecret, SecretAnswer, SecretRequest } from "./core/secret.js";
export type { Web, WebAnswer } from "./probes/web.js";

export { liveSource } from "./sources/live.js";
export type { LiveOptions, LiveSource } from "./sources/live.js";
export type { Clock } from "./sources/clock.js";
export type { Limits } from "./sources/limits.js";
export type { ApiCall, SendOptions, Transport } from "./aws/transport.js";
export type { Progress as LiveProgress } from "./sources/caller.js";
export { oftenText } from "./sources/planned-call-text.js";
export type { Often, PlannedCall } from "./sources/planned-calls.js";
export { recordedSource } from "./sources/recorded.js";
export { writeFileAtomically, writeSnapshot } from "./sources/write-atomically.js";

export { isCdnIdentifier } from "./shared/aws/cdn-identifier.js";
export { iamPolicy, policyOf } from "./shared/aws/iam-policy-document.js";
export type { PolicyDocument, PolicyStatement } from "./shared/aws/iam-policy-document.js";
export { roleTemplate, yamlStyle } from "./shared/aws/role-template.js";
export type { Template } from "./shared/aws/role-template.js";
export { openStore } from "./stores/open-store.js";
export type { OpenStoreOptions } from "./stores/open-store.js";

export { nearest } from "./shared/nearest.js";
export { judgeBlind, judgeEach } from "./reasoning/per-resource.js";
export type { PerResource } from "./reasoning/per-resource.js";
export {
  isArray,
  isObject,
  readBoolean,
  readList,
  readNumber,
  readObject,
  readProperty,
  readText,
  readTime,
} from "./shared/read-property.js";
export { knownRegions } from "./shared/aws/served-regions.js";
export { withoutCommands } from "./shared/text/runner-commands.js";
export { printable, printableJson, printableLines } from "./shared/text/terminal-text.js";
export { viewAccount } from "./shared/view-account.js";
export type { Judged } from "./shared/view-account.js";
export { listed, plural } from "./shared/text/words.js";
export { schemaLine } from "./shared/text/schema-line.js";
