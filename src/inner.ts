/**
 * What the command line, the action and the Lambda handler use beside the public API. No entry of the package: it may
 * change with any commit, and nobody outside can name it.
 */
export { addAll, greatest } from "./shared/many.js";
export { isUntold } from "./audits/notify.js";
export { channelName } from "./audits/notify-channels.js";
export { keepKnown, keepTold, readKnown, toldChannels } from "./audits/told.js";
export type { KnownByChannel } from "./audits/told.js";
export { renderAudit, renderTargets } from "./audits/audit-text.js";
export type { FinishedAudit } from "./audits/audit-text.js";
export { pruneRuns } from "./audits/history/append-run.js";
export { auditPolicy, memberStatements } from "./audits/audit-policy.js";
export {
  beginAudit,
  continueAudit,
  finishAudit,
  judgeAccount,
  readMergedReport,
} from "./audits/audit-steps.js";
export type { StepOptions } from "./audits/audit-steps.js";
export { unfinishedRuns } from "./audits/work.js";
export type { StartedRun } from "./audits/work.js";
export { loadAuditSettings } from "./audits/audit-settings.js";
export { keptRuns } from "./audits/history/runs.js";
export { readHistory } from "./audits/history/run-index.js";
export { findingLifeJson, historyJson, trendsJson } from "./audits/history/json.js";
export { renderFindingLife, renderHistory, renderHistoryCheck, renderTrends } from "./audits/history/text.js";
export { readChange } from "./audits/read-change.js";
export { writeBaseline } from "./accept/baseline.js";
export { catalogue, catalogueKinds, filterCatalogue } from "./run/catalogue.js";
export type { CatalogueEntry, CatalogueFilter, CatalogueKind } from "./run/catalogue.js";
export { comparisonExitCode } from "./compare/diff.js";
export { explainFinding, findFindings } from "./explain/explain-finding.js";
export { renderFindingExplanation } from "./explain/finding-text.js";
export { explainRule } from "./explain/explain-rule.js";
export type { RuleExplanation } from "./explain/explain-rule.js";
export { renderRuleExplanation } from "./explain/rule-text.js";
export type { TextOptions } from "./explain/rule-text.js";
export { findRule } from "./run/find-rule.js";
export { acceptanceFiles, besideConfig } from "./run/prepare.js";
export { prepareRules } from "./run/prepare-rules.js";
export type { PreparedRules, RuleRequest } from "./run/prepare-rules.js";
export { loadPlugins } from "./run/open-plugins.js";
export { trimToCase } from "./cases/trim-case.js";
export { waive } from "./accept/waive.js";
export { trendKeys } from "./core/trend-series.js";
export type { TrendKey } from "./core/trend-series.js";
export { pruneBaseline, staleEntries, updateBaseline } from "./accept/compare-baseline.js";
export { trendOf } from "./audits/history/trends.js";
export { oftenText } from "./sources/planned-call-text.js";
export { writeFileAtomically } from "./sources/write-atomically.js";
export { isCdnIdentifier } from "./shared/aws/cdn-identifier.js";
export { iamPolicy, policyOf } from "./shared/aws/iam-policy-document.js";
export type { PolicyDocument } from "./shared/aws/iam-policy-document.js";
export { roleTemplate, yamlStyle } from "./shared/aws/role-template.js";
export { nearest } from "./shared/nearest.js";
export { knownRegions } from "./shared/aws/served-regions.js";
export { withoutCommands } from "./shared/text/runner-commands.js";
export { printable, printableJson, printableLines } from "./shared/text/terminal-text.js";
export { plural } from "./shared/text/words.js";
export { schemaLine } from "./shared/text/schema-line.js";
export type { MergedParts } from "./audits/merge-parts.js";
