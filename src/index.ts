/**
 * Watchproof as a library: choose rules, read an account, judge it, decide a gate, compare, render.
 *
 * Nothing happens at import: no file is read, no network touched, no global state kept. Several accounts can be judged
 * side by side in one process, each with a source of its own. What plugins are made of is in `watchproof/plugin`.
 */
export { notify } from "./audits/notify.js";
export type { NotificationOutcome, NotifyChange, NotifySettings, SentMessage } from "./audits/notify.js";
export { notifyChannels, notifyGrants } from "./audits/notify-channels.js";
export type { NotifyChannel, NotifyGrant } from "./audits/notify-channels.js";
export { notifyText } from "./audits/notify-text.js";
export { addReport } from "./audits/add-report.js";
export { liveAccounts } from "./audits/live-accounts.js";
export type { LiveAccounts, LiveAccountsOptions } from "./audits/live-accounts.js";
export { planUnits } from "./audits/plan-units.js";
export type { AuditSettings, Inquiries } from "./audits/plan-units.js";
export type { StepOptions } from "./audits/audit-steps.js";
export type { FinishedRun } from "./audits/history/append-run.js";
export type { Judging } from "./audits/judge-unit.js";
export type { MergedParts } from "./audits/merge-parts.js";
export { runAudit } from "./audits/run-audit.js";
export type { AuditOptions, AuditResult } from "./audits/run-audit.js";
export { readLives, readTrends } from "./audits/history/read-history.js";
export type { Lives } from "./audits/history/read-history.js";
export { readRun } from "./audits/read-run.js";
export type { StoredRun } from "./audits/read-run.js";
export { verifyHistory } from "./audits/history/verify-history.js";
export { builtins } from "./run/builtins.js";
export { check, collect, planRun } from "./run/check.js";
export type { CheckOptions, PlanOptions, RunPlan } from "./run/check.js";
export { compare, comparisonJson } from "./compare/diff.js";
export type { Comparison } from "./compare/diff.js";
export { comparisonMarkdown, renderComparison } from "./compare/diff-text.js";
export { besides } from "./previews/besides.js";
export { planFix } from "./previews/fix.js";
export type { FixOptions } from "./previews/fix.js";
export { fixJson, fixScript, fixTemplates } from "./previews/fix-forms.js";
export type { Fix, FixStep, FixWords, LeftOut } from "./previews/fix-plan.js";
export { renderFix } from "./previews/fix-text.js";
export type { JudgeOptions } from "./previews/judge.js";
export type { PartOptions } from "./previews/judge-part.js";
export type {
  Declaration,
  DeclarationTarget,
  Declared,
  DeclaredAction,
  DeclaredIdentity,
  DeclaredPlace,
  Given,
  GivenObject,
  Hole,
  HoleReason,
  Openness,
  World,
} from "./core/declared.js";
export { judgeDeclared } from "./previews/judge-declared.js";
export type { DeclaredOptions, JudgedDeclaration } from "./previews/judge-declared.js";
export { predict } from "./previews/predict.js";
export type { Prediction } from "./previews/predict.js";
export { readDeclaration } from "./previews/read-declaration.js";
export type { DeclarationRequest, ReadDeclaration } from "./previews/read-declaration.js";
export { whatIf } from "./previews/what-if.js";
export type { WhatIfOptions } from "./previews/what-if.js";
export { whatIfJson } from "./previews/what-if-json.js";
export { whatIfMarkdown } from "./previews/what-if-markdown.js";
export { whatIfReport } from "./previews/what-if-report.js";
export { renderWhatIf } from "./previews/what-if-text.js";
export type { Cause, WhatIf } from "./core/what-if.js";
export type { TextOptions } from "./explain/rule-text.js";
export { prepareRun } from "./run/prepare.js";
export type { Acceptance } from "./accept/load-acceptance.js";
export type { PreparedRun, RunRequest } from "./run/prepare.js";
export type { PreparedRules, RuleRequest } from "./run/prepare-rules.js";
export { renderReport } from "./run/render-report.js";
export type { RenderRequest } from "./run/render-report.js";
export { testRules } from "./cases/test-rules.js";
export type { TestRequest } from "./cases/test-rules.js";
export { PluginError } from "./core/plugin-error.js";
export { severities } from "./core/severity.js";
export type { Severity } from "./core/severity.js";
export { SourceError } from "./core/source.js";
export type { ReadRequest, Source, Whose } from "./core/source.js";
export { StoreError } from "./core/store.js";
export type { S3StoreOptions, Store, StoredFile, WriteCondition } from "./core/store.js";
export { version } from "./core/version.js";
export { compareReports, newOpenFailures } from "./compare/compare-reports.js";
export type { JudgedReport } from "./engine/judged-places.js";
export type { Override } from "./engine/apply-overrides.js";
export { decideGate, isOpenFailure } from "./engine/decide-gate.js";
export { loadBaseline } from "./loaders/load-baseline.js";
export { loadReport } from "./loaders/load-report.js";
export { loadReportOrSnapshot } from "./loaders/load-report-or-snapshot.js";
export type { ReportOrSnapshot } from "./loaders/load-report-or-snapshot.js";
export { loadSnapshot } from "./loaders/load-snapshot.js";
export { loadWaivers } from "./loaders/load-waivers.js";
export type { WaiverContext } from "./loaders/load-waivers.js";
export { renderDiagnostics } from "./loaders/diagnostics/render-diagnostics.js";
export type { DiagnosticStyle } from "./loaders/diagnostics/render-diagnostics.js";
export { extendPlugins } from "./plugins/extend-plugins.js";
export { probingSource } from "./probes/probing-source.js";
export type { ProbeOptions } from "./probes/probing-source.js";
export { liveSource } from "./sources/live.js";
export type { LiveOptions, LiveSource } from "./sources/live.js";
export { recordedSource } from "./sources/recorded.js";
export { writeSnapshot } from "./sources/write-atomically.js";
export { openStore } from "./stores/open-store.js";
export type { OpenStoreOptions } from "./stores/open-store.js";
export type { ReadHistory } from "./audits/history/run-index.js";
export type { PluginSettings } from "./run/open-plugins.js";
export type { Account, Blind, Listing } from "./core/account.js";
export type {
  AccountResult,
  AuditEvent,
  AuditTargets,
  AuditUnit,
  Entrance,
  MemberAccount,
  Members,
  OrganizationChoice,
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
  SingleCall,
} from "./core/collector.js";
export type { Config } from "./core/config.js";
export type { AccountChoice } from "./core/formats/config.js";
export type { Hash, OpenCounts, RunCounts, RunId } from "./core/formats/history.js";
export type { Change, Control, Count, DeclaredAt } from "./core/formats/report.js";
export type { Diagnostic, Loaded, Position } from "./core/diagnostic.js";
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
export type { Judgement, Subject } from "./core/judgement.js";
export type { Need, Reference } from "./core/need.js";
export type { Message } from "./core/notifier.js";
export type { Plugin } from "./core/plugin.js";
export type { Lazy, Origins, Plugins } from "./core/plugins.js";
export type { PropertyShape, PropertyShapes } from "./core/property-shape.js";
export type { AccountSummary, Finding, Report, ReportGap, ReportNote, Summary } from "./core/report.js";
export type { DiffKind, FindingChange, ReportDiff } from "./core/report-diff.js";
export type { RenderOptions, Reporter, RulePlace } from "./core/reporter.js";
export type { Resource, Unreadable } from "./core/resource.js";
export type { KnownRules, Pack, Rule, SelectedRule } from "./core/rule.js";
export type { AccountIdentity, Collected, Gap, Snapshot } from "./core/snapshot.js";
export type { CountedRun, TrendKey, TrendSeries } from "./core/trend-series.js";
export type { TrendPoint } from "./core/trend.js";
export type {
  Candidate,
  Evidence,
  Remediation,
  RemedyWords,
  Status,
  Support,
  UnknownReason,
  Verdict,
} from "./core/verdict.js";
export type { LocatedWaiver, Waiver, Waiving } from "./core/waiver.js";
export type { PluginLimits } from "./plugins/limits.js";
export type { IdentifierSource } from "./probes/cdn-identifiers.js";
export type { ReadSecret, SecretAnswer, SecretRequest } from "./core/secret.js";
export type { Web, WebAnswer } from "./probes/web.js";
export type { Clock } from "./sources/clock.js";
export type { WebhookWays } from "./notifiers/webhook.js";
export type { Slots } from "./sources/slots.js";
export type { Limits } from "./sources/limits.js";
export type { ApiCall, SendOptions, Transport } from "./aws/transport.js";
export type { Progress as LiveProgress } from "./sources/caller.js";
export type { Often, PlannedCall } from "./sources/planned-calls.js";
