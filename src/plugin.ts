/**
 * What plugins are made of: the contracts of evaluators, collectors and reporters, and the few helpers that their
 * authors need. Pure: a plugin imports nothing else of Watchproof.
 */
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
  SingleCall,
} from "./core/collector.js";
export { defineEvaluator } from "./core/evaluator.js";
export type { Awaitable, Evaluator, KnownTypes, OptionProblem } from "./core/evaluator.js";
export { aboutAccount, aboutRegion, aboutResource } from "./core/judgement.js";
export type { Judgement, Subject } from "./core/judgement.js";
export { definePlugin } from "./core/plugin.js";
export type { Plugin } from "./core/plugin.js";
export { defineReporter } from "./core/reporter.js";
export type { RenderOptions, Reporter, RulePlace } from "./core/reporter.js";
export { fail, notApplicable, pass, unknown } from "./core/verdict.js";
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
export type { Account, Blind, Listing } from "./core/account.js";
export type {
  ExitCode,
  GateFinding,
  GateOptions,
  GateReport,
  GateThreshold,
  GateVerdict,
} from "./core/gate.js";
export type { Change, Control, Count, DeclaredAt } from "./core/formats/report.js";
export type { JsonArray, JsonObject, JsonSchema, JsonValue } from "./core/json.js";
export type { Need, Reference } from "./core/need.js";
export type { PropertyShape, PropertyShapes } from "./core/property-shape.js";
export type { AccountSummary, Finding, Report, ReportGap, ReportNote, Summary } from "./core/report.js";
export type { Reading, Resource, Unreadable } from "./core/resource.js";
export type { Severity } from "./core/severity.js";
export type { AccountIdentity, Collected, Gap, Snapshot } from "./core/snapshot.js";
export type { TrendPoint } from "./core/trend.js";
