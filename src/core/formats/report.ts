// Generated from the schema of report, in schemas/, by `npm run generate`. Do not edit.
import type { JsonObject, JsonValue } from "../json.js";

/** How many there are. */
export type Count = number;
/** How much a failure weighs, as the rule says. */
export type Severity = "info" | "low" | "medium" | "high" | "critical";
/**
 * pass: holds. fail: does not. not-applicable: there is nothing to judge. unknown: the state could not be read, or does not decide. error: the evaluator broke. Only pass and not-applicable are clean.
 */
export type Status = "pass" | "fail" | "not-applicable" | "unknown" | "error";

/** Everything one run found. */
export interface Report {
  readonly format: "watchproof-report/1";
  readonly tool: {
    readonly name: "watchproof";
    readonly version: string;
  };
  readonly accounts: readonly AccountSummary[];
  readonly summary: Summary;
  /** Sorted by rule, account, region, subject. */
  readonly findings: readonly Finding[];
  readonly gaps: readonly ReportGap[];
  /**
   * What a person should mend in waivers and baseline, and which accounts of an organization were skipped.
   */
  readonly notes?: readonly ReportNote[];
}
/** An account that was judged: which of its regions, from which source, and as of when. */
export interface AccountSummary {
  readonly id: string;
  readonly partition: string;
  /** The regions judged, sorted. */
  readonly regions: readonly string[];
  readonly excludedRegions?: readonly {
    readonly region: string;
    readonly reason: string;
  }[];
  /** live, recorded, template, plan, what-if, … */
  readonly source: string;
  readonly takenAt: string;
}
/** How many findings have each status, and how many rules were judged. */
export interface Summary {
  readonly pass: Count;
  readonly fail: Count;
  readonly "not-applicable": Count;
  readonly unknown: Count;
  readonly error: Count;
  readonly waived: Count;
  readonly known: Count;
  readonly rules: Count;
}
/** A rule, a subject and a verdict. */
export interface Finding {
  /** Stable fingerprint of rule, account, region and subject. */
  readonly id: string;
  readonly rule: string;
  readonly title: string;
  readonly severity: Severity;
  readonly status: Status;
  readonly account: string;
  /** The subject's home region; "global" for the account. */
  readonly region: string;
  readonly subject: Subject;
  /**
   * Only with status unknown. outside: a template or plan was judged alone, and something outside it decides; fails no gate.
   */
  readonly reason?: "unreadable" | "undecidable" | "not-collected" | "too-complex" | "outside";
  readonly message: string;
  readonly notes?: readonly string[];
  /** A concrete example that proves the failure. */
  readonly witness?: JsonObject;
  readonly candidates?: readonly Candidate[];
  readonly evidence?: readonly Evidence[];
  readonly controls?: readonly Control[];
  readonly remediation?: Remediation;
  readonly references?: readonly string[];
  readonly waiver?: JsonObject;
  readonly baseline?: "new" | "known";
  readonly declared?: DeclaredAt;
}
/** What a verdict is about: a resource, a region or the account. */
export interface Subject {
  readonly kind: "account" | "region" | "resource";
  readonly type: string;
  /** The name a person uses. */
  readonly id: string;
  readonly arn?: string;
}
/** A resource that could have satisfied the rule, and why it does not. */
export interface Candidate {
  /** ARN, or id where there is none. */
  readonly ref: string;
  readonly status: Status;
  /** The first link that does not hold. */
  readonly brokenLink?: string;
}
/** A value that the verdict rests on, and where it was read. */
export interface Evidence {
  /** What was read: resource and property. */
  readonly path: string;
  /** The observed value; null where AWS says it is not set. */
  readonly value: JsonValue;
  /** Operation and region, such as cloudtrail:GetEventSelectors us-east-1. */
  readonly from?: string;
}
/** A framework's requirement that a rule shows. */
export interface Control {
  readonly framework: string;
  readonly id: string;
}
/** How to mend a failure: in words, and as commands or templates where they can be computed. */
export interface Remediation {
  readonly text?: string;
  readonly cli?: string;
  readonly cloudformation?: string;
  readonly terraform?: string;
  /**
   * The same as data, where the remedy was computed: laid over the state, they make it what the commands make it.
   *
   * @minItems 1
   */
  readonly changes?: readonly Change[];
}
/**
 * One change of one resource. create: it is made, or overwritten where it exists. set: these properties get these values, null takes one away, all others stay. remove: it is deleted.
 */
export interface Change {
  readonly kind: "create" | "set" | "remove";
  readonly type: string;
  /** The name a person uses. */
  readonly id: string;
  readonly arn?: string;
  readonly region: string;
  /** What is set, by CloudFormation's names. */
  readonly properties?: JsonObject;
  /** What the running account is expected to show then: a prediction, nothing that could be set. */
  readonly observed?: JsonObject;
}
/** Where a template or plan declares what the finding is about. */
export interface DeclaredAt {
  /** As it was named, or relative to what was named. */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** The logical id, or the plan's address. */
  readonly address: string;
}
/** A list that could not be read, and why; `action`: the IAM action that was missing. */
export interface ReportGap {
  readonly account: string;
  readonly type: string;
  readonly region: string;
  readonly reason: string;
  readonly action?: string;
  readonly message?: string;
  /** Set where a property of one resource could not be read. */
  readonly resource?: string;
}
/**
 * What is to be mended in waivers or baseline: one that holds no longer, matches nothing or came too late; or an account that was skipped.
 */
export interface ReportNote {
  readonly kind: "waiver-expired" | "waiver-too-far" | "waiver-unused" | "baseline-stale" | "account-skipped";
  readonly message: string;
  /** Where it is written, such as waivers.yaml:4:5. */
  readonly place?: string;
}
