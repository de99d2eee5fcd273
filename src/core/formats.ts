// Generated from schemas/*.schema.json by `npm run generate`. Do not edit.
import type { JsonObject, JsonValue } from "./json.js";

/**
 * The failures that were known before; `watchproof baseline update` writes it. A baseline marks failures, it never hides one.
 */
export interface Baseline {
  readonly format: "watchproof-baseline/1";
  /**
   * Sorted by rule, account, region, subject.
   */
  readonly entries: readonly BaselineEntry[];
}
export interface BaselineEntry {
  /**
   * The finding's id: what is compared. The rest is for people.
   */
  readonly id: string;
  readonly rule: string;
  readonly account: string;
  /**
   * global for the account.
   */
  readonly region: string;
  /**
   * ARN, or id where there is none.
   */
  readonly subject: string;
}

/**
 * Property names and values. A property that is not mentioned is read and not set. A value such as "-5m", "-2h" or "-30d" is that long before takenAt.
 */
export type ResourceBody = JsonObject;
export type ExpectedStatus = "pass" | "fail" | "not-applicable" | "unknown" | "error";

/**
 * Cases of one rule (NAME.test.yaml): an account's state in, verdicts out. `watchproof test` runs them.
 */
export interface Cases {
  /**
   * The id of a built-in rule or of one in the config, or the path of a rule file, relative to this file. Default: the rule file of the same name beside it.
   */
  readonly rule?: string;
  /**
   * Verdicts that this rule can never give, and why; coverage does not ask for them.
   */
  readonly impossible?: {
    readonly pass?: string;
    readonly fail?: string;
    readonly unknown?: string;
  };
  /**
   * @minItems 1
   */
  readonly cases: readonly Case[];
}
export interface Case {
  /**
   * What the case shows, such as: a stopped trail fails.
   */
  readonly name: string;
  readonly state?: State;
  /**
   * Instead of state: a file that `watchproof collect` wrote, relative to this file.
   */
  readonly snapshot?: string;
  /**
   * Options of the rule for this case, over the rule's own, key by key.
   */
  readonly with?: JsonObject;
  /**
   * Only these regions are judged, as with --region. Default: all of the state.
   *
   * @minItems 1
   */
  readonly judge?: readonly string[];
  /**
   * A verdict that every finding has, or a list that names every finding.
   */
  readonly expect: ExpectedStatus | (readonly ExpectedFinding[] | ExpectedVerdict);
}
/**
 * An account in the author's words. Without any: an empty account.
 */
export interface State {
  /**
   * Twelve digits in quotes. Default: "111122223333".
   */
  readonly account?: string;
  /**
   * The regions looked at. Default: us-east-1.
   *
   * @minItems 1
   */
  readonly regions?: readonly string[];
  /**
   * When the state was read, such as 2026-01-01T00:00:00Z, which is the default.
   */
  readonly takenAt?: string;
  /**
   * What there is. Types that the rule reads and that are not mentioned are listed and empty.
   */
  readonly resources?: readonly ResourceEntry[];
  /**
   * Lists that could not be read.
   *
   * @minItems 1
   */
  readonly refused?: readonly Refusal[];
  /**
   * Lists that the snapshot does not hold.
   *
   * @minItems 1
   */
  readonly notCollected?: readonly Omission[];
}
/**
 * A resource type and one resource of it, such as AWS::CloudTrail::Trail: { id: audit, IsLogging: true }.
 */
export interface ResourceEntry {
  readonly [k: string]: ResourceBody;
}
export interface Refusal {
  /**
   * The resource type whose list was refused, or Watchproof::Account::Regions for the list of enabled regions.
   */
  readonly type: string;
  /**
   * Default: every region of the state.
   */
  readonly region?: string;
  /**
   * The error's name. Default: AccessDenied.
   */
  readonly reason?: string;
  /**
   * Default: the IAM action of the call that lists the type.
   */
  readonly action?: string;
}
export interface Omission {
  readonly type: string;
  /**
   * Default: every region of the state.
   */
  readonly region?: string;
}
export interface ExpectedFinding {
  /**
   * A resource's id or ARN, a region, or account.
   */
  readonly subject: string;
  readonly verdict: ExpectedStatus;
  /**
   * The whole message; * stands for any run of characters.
   */
  readonly message?: string;
  /**
   * Why it is unknown.
   */
  readonly reason?: "unreadable" | "undecidable" | "not-collected";
  /**
   * Members that the witness has; others are free.
   */
  readonly witness?: JsonObject;
}
export interface ExpectedVerdict {
  readonly verdict: ExpectedStatus;
  /**
   * The whole message; * stands for any run of characters.
   */
  readonly message?: string;
  /**
   * Why it is unknown.
   */
  readonly reason?: "unreadable" | "undecidable" | "not-collected";
  /**
   * Members that the witness has; others are free.
   */
  readonly witness?: JsonObject;
}

/**
 * watchproof.yaml: which rules are judged, how, and where.
 */
export interface Config {
  /**
   * Packages, or modules relative to this file (./own.js), whose evaluators, collectors and reporters can be used. This runs their code.
   */
  readonly plugins?: readonly string[];
  /**
   * Packages, or folders relative to this file (./own), whose rules and packs can be used. This runs no code.
   */
  readonly extends?: readonly string[];
  /**
   * Rule files or folders, relative to this file.
   */
  readonly rules?: readonly string[];
  /**
   * Names of packs, or pack files (*.yaml) relative to this file.
   */
  readonly packs?: readonly string[];
  /**
   * Rules made from templates.
   */
  readonly use?: readonly {
    readonly template: string;
    readonly id: string;
    readonly with: JsonObject;
    readonly title?: string;
    readonly severity?: "info" | "low" | "medium" | "high" | "critical";
  }[];
  /**
   * Applied in order, the later wins. Without accounts and regions: everywhere.
   */
  readonly overrides?: readonly {
    /**
     * A rule id, or a pattern with *.
     */
    readonly rule: string;
    /**
     * @minItems 1
     */
    readonly accounts?: readonly string[];
    /**
     * @minItems 1
     */
    readonly regions?: readonly string[];
    readonly severity?: "info" | "low" | "medium" | "high" | "critical";
    /**
     * Merged over the rule's options, key by key.
     */
    readonly with?: JsonObject;
    /**
     * Switches the rule off; the value says why.
     */
    readonly off?: string;
  }[];
  readonly regions?: {
    /**
     * @minItems 1
     */
    readonly include?: readonly string[];
    readonly exclude?: readonly {
      readonly region: string;
      readonly reason: string;
    }[];
  };
  /**
   * The lowest severity that fails the run.
   */
  readonly failOn?: "info" | "low" | "medium" | "high" | "critical";
  /**
   * unknown and error do not change the exit code.
   */
  readonly allowUnknown?: boolean;
  /**
   * What a run lets through beside failOn and allowUnknown.
   */
  readonly gate?: {
    /**
     * So many open failures of a severity are let through; the severity counts whatever failOn says.
     */
    readonly max?: {
      readonly critical?: number;
      readonly high?: number;
      readonly medium?: number;
      readonly low?: number;
      readonly info?: number;
    };
    /**
     * A threshold of their own for the rules of a pack; of several packs with one rule, the lowest holds.
     */
    readonly packs?: {
      readonly [k: string]: {
        /**
         * The lowest severity that fails the run.
         */
        readonly failOn: "info" | "low" | "medium" | "high" | "critical";
      };
    };
    /**
     * So many open failures are let through, as --max-fail.
     */
    readonly maxFail?: number;
    /**
     * So many verdicts unknown or error are let through, as --max-unknown.
     */
    readonly maxUnknown?: number;
  };
  /**
   * A file of waivers (YAML), relative to this file, as --waivers.
   */
  readonly waivers?: string;
  /**
   * How many days ahead a waiver may end; one that ends later is not applied. Default: 366.
   */
  readonly waiverDays?: number;
  /**
   * A baseline (JSON), relative to this file, as --baseline.
   */
  readonly baseline?: string;
  /**
   * Failures that the baseline knows do not fail the run, as --new-only.
   */
  readonly newOnly?: boolean;
  /**
   * FORMAT or FORMAT=FILE, as --format.
   *
   * @minItems 1
   */
  readonly formats?: readonly string[];
  /**
   * What `watchproof audit` does: which accounts it judges, how it enters them, where reports are kept, who is told.
   */
  readonly audit?: {
    /**
     * Accounts by name; also those that the organization does not list, or that are entered differently.
     *
     * @minItems 1
     */
    readonly accounts?: readonly {
      readonly id: string;
      readonly name?: string;
      /**
       * A profile of the AWS configuration files, instead of a role.
       */
      readonly profile?: string;
      /**
       * The role to assume: its ARN, or its name in that account. Without role and profile: audit.role.
       */
      readonly role?: string;
      readonly externalId?: string;
      /**
       * Only these; default: the config's regions, else every region enabled for the account.
       *
       * @minItems 1
       */
      readonly regions?: readonly string[];
    }[];
    /**
     * The accounts of the AWS organization, asked from AWS Organizations on each run. Suspended and closed ones are skipped, and the report says so.
     */
    readonly organization?: {
      /**
       * ARN of the role to assume for listing, in the management account or a delegated administrator. Default: the credentials at hand.
       */
      readonly from?: string;
      readonly include?: AccountChoice;
      readonly exclude?: AccountChoice;
    };
    /**
     * The role that is assumed in each account.
     */
    readonly role?: {
      /**
       * The role's name, with its path if it has one: audit/Watchproof.
       */
      readonly name: string;
      readonly externalId?: string;
      /**
       * Shows in CloudTrail: 2 to 64 letters, digits and +=,.@_-. Default: watchproof.
       */
      readonly sessionName?: string;
      /**
       * How long a session lasts; it is renewed when it ends. AWS allows at most 3600 where one role is assumed from another. Default: 3600.
       */
      readonly durationSeconds?: number;
      /**
       * ARNs of roles that are assumed before, in this order.
       *
       * @minItems 1
       */
      readonly through?: readonly string[];
    };
    /**
     * Accounts under way at the same time. Default: 8.
     */
    readonly concurrency?: number;
    /**
     * Where reports are kept: a folder relative to this file, or s3://bucket/prefix. Default: watchproof-audits.
     */
    readonly store?: string;
    /**
     * Which runs are kept; where both are given, a run is removed that either no longer keeps. The newest is always kept. Default: all.
     */
    readonly keep?: {
      readonly runs?: number;
      readonly days?: number;
    };
    /**
     * Who is told what has changed since the run before.
     *
     * @minItems 1
     */
    readonly notify?: readonly (
      | {
          /**
           * The environment variable that holds the URL of a Slack-compatible incoming webhook. The URL is a secret, so it stands in no file.
           */
          readonly webhook: string;
        }
      | {
          /**
           * ARN of a topic.
           */
          readonly sns: string;
        }
      | {
          /**
           * The region of Security Hub into which findings are imported, in each account by that account's own credentials.
           */
          readonly securityHub: string;
        }
    )[];
  };
  /**
   * Whether the manifests of MediaPackage origin endpoints are asked over HTTPS, as --probe. Default: false.
   */
  readonly probe?:
    | boolean
    | {
        /**
         * The environment variable that holds the identifier for endpoints with CDN authorization.
         */
        readonly cdnIdentifierEnv: string;
      }
    | {
        /**
         * The secret in AWS Secrets Manager, by name or ARN, that holds this identifier under the key MediaPackageCDNIdentifier; own: the secret that each endpoint names.
         */
        readonly cdnIdentifierSecret: string;
      };
}
export interface AccountChoice {
  /**
   * @minItems 1
   */
  readonly accounts?: readonly string[];
  /**
   * Ids of organizational units (or of the root); the units below them count, too.
   *
   * @minItems 1
   */
  readonly ous?: readonly string[];
  /**
   * Tags of the account, key and value; any of them is enough.
   */
  readonly tags?: {
    readonly [k: string]: string;
  };
}

export type RunId = string;
export type Hash = string;

/**
 * The index of a report store (index.json): every audit that was kept there, and every removal, each entry with the hash of the one before.
 */
export interface History {
  readonly format: "watchproof-history/1";
  /**
   * In the order in which they were written.
   */
  readonly entries: readonly (RunEntry | RemovalEntry)[];
}
/**
 * An audit.
 */
export interface RunEntry {
  readonly run: RunId;
  /**
   * ISO 8601, UTC.
   */
  readonly startedAt: string;
  /**
   * The report's key in the store: runs/<run>.json.gz.
   */
  readonly report: string;
  /**
   * Of the report file's bytes.
   */
  readonly sha256: string;
  /**
   * The hash of the entry before; null for the first.
   */
  readonly previous: Hash | null;
  /**
   * SHA-256 of this entry as canonical JSON, without this member.
   */
  readonly hash: string;
  readonly summary: RunSummary;
}
/**
 * What an audit came to.
 */
export interface RunSummary {
  /**
   * The version of Watchproof.
   */
  readonly tool: string;
  readonly accounts: number;
  readonly rules: number;
  readonly counts: RunCounts;
  readonly open: OpenCounts;
}
/**
 * The summary of the report.
 */
export interface RunCounts {
  readonly pass: number;
  readonly fail: number;
  readonly "not-applicable": number;
  readonly unknown: number;
  readonly error: number;
  readonly waived: number;
  readonly known: number;
  readonly rules: number;
}
/**
 * Failures that nobody waived.
 */
export interface OpenCounts {
  readonly info: number;
  readonly low: number;
  readonly medium: number;
  readonly high: number;
  readonly critical: number;
}
/**
 * Reports that were removed because they need not be kept any longer. The entries of their runs stay.
 */
export interface RemovalEntry {
  /**
   * Runs.
   *
   * @minItems 1
   */
  readonly removed: readonly RunId[];
  /**
   * ISO 8601, UTC.
   */
  readonly at: string;
  /**
   * The hash of the entry before; null for the first.
   */
  readonly previous: Hash | null;
  /**
   * SHA-256 of this entry as canonical JSON, without this member.
   */
  readonly hash: string;
}

/**
 * A named set of rules: a service's, or a framework version that maps controls to rule ids. Holds no rule text.
 */
export interface Pack {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
  /**
   * Rule ids, or patterns with * such as cloudtrail.*; a pattern never takes templates.
   *
   * @minItems 1
   */
  readonly rules?: readonly string[];
  /**
   * Control id → its title and the rules that meet it.
   */
  readonly controls?: {
    readonly [k: string]: {
      readonly title: string;
      /**
       * @minItems 1
       */
      readonly rules: readonly string[];
    };
  };
}

export type Count = number;
export type Severity = "info" | "low" | "medium" | "high" | "critical";
export type Status = "pass" | "fail" | "not-applicable" | "unknown" | "error";

/**
 * Everything one run found.
 */
export interface Report {
  readonly format: "watchproof-report/1";
  readonly tool: {
    readonly name: "watchproof";
    readonly version: string;
  };
  readonly accounts: readonly AccountSummary[];
  readonly summary: Summary;
  /**
   * Sorted by rule, account, region, subject.
   */
  readonly findings: readonly Finding[];
  readonly gaps: readonly ReportGap[];
  /**
   * What a person should mend in waivers and baseline, and which accounts of an organization were skipped.
   */
  readonly notes?: readonly ReportNote[];
}
export interface AccountSummary {
  readonly id: string;
  readonly partition: string;
  /**
   * The regions judged, sorted.
   */
  readonly regions: readonly string[];
  readonly excludedRegions?: readonly {
    readonly region: string;
    readonly reason: string;
  }[];
  /**
   * live, recorded, …
   */
  readonly source: string;
  readonly takenAt: string;
}
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
export interface Finding {
  /**
   * Stable fingerprint of rule, account, region and subject.
   */
  readonly id: string;
  readonly rule: string;
  readonly title: string;
  readonly severity: Severity;
  readonly status: Status;
  readonly account: string;
  /**
   * The subject's home region; "global" for the account.
   */
  readonly region: string;
  readonly subject: Subject;
  /**
   * Only with status unknown.
   */
  readonly reason?: "unreadable" | "undecidable" | "not-collected";
  readonly message: string;
  readonly notes?: readonly string[];
  /**
   * A concrete example that proves the failure.
   */
  readonly witness?: JsonObject;
  readonly candidates?: readonly Candidate[];
  readonly evidence?: readonly Evidence[];
  readonly controls?: readonly Control[];
  readonly remediation?: Remediation;
  readonly references?: readonly string[];
  readonly waiver?: JsonObject;
  readonly baseline?: "new" | "known";
}
export interface Subject {
  readonly kind: "account" | "region" | "resource";
  readonly type: string;
  /**
   * The name a person uses.
   */
  readonly id: string;
  readonly arn?: string;
}
export interface Candidate {
  /**
   * ARN, or id where there is none.
   */
  readonly ref: string;
  readonly status: Status;
  /**
   * The first link that does not hold.
   */
  readonly brokenLink?: string;
}
export interface Evidence {
  /**
   * What was read: resource and property.
   */
  readonly path: string;
  /**
   * The observed value; null where AWS says it is not set.
   */
  readonly value: JsonValue;
  /**
   * Operation and region, such as cloudtrail:GetEventSelectors us-east-1.
   */
  readonly from?: string;
}
export interface Control {
  readonly framework: string;
  readonly id: string;
}
export interface Remediation {
  readonly text?: string;
  readonly cli?: string;
  readonly cloudformation?: string;
  readonly terraform?: string;
}
export interface ReportGap {
  readonly account: string;
  readonly type: string;
  readonly region: string;
  readonly reason: string;
  readonly action?: string;
  readonly message?: string;
  /**
   * Set where a property of one resource could not be read.
   */
  readonly resource?: string;
}
export interface ReportNote {
  readonly kind: "waiver-expired" | "waiver-too-far" | "waiver-unused" | "baseline-stale" | "account-skipped";
  readonly message: string;
  /**
   * Where it is written, such as waivers.yaml:4:5.
   */
  readonly place?: string;
}

/**
 * One requirement of logging or monitoring.
 */
export interface Rule {
  /**
   * Words in kebab-case, separated by dots, such as cloudtrail.glacier-events.
   */
  readonly id: string;
  /**
   * What holds when the rule passes, in one sentence.
   */
  readonly title: string;
  readonly severity: "info" | "low" | "medium" | "high" | "critical";
  /**
   * The way to decide; `watchproof list evaluators` shows them.
   */
  readonly evaluator: string;
  /**
   * The evaluator's options.
   */
  readonly with?: JsonObject;
  readonly why?: string;
  readonly remediation?: {
    readonly text?: string;
    readonly cli?: string;
    readonly cloudformation?: string;
    readonly terraform?: string;
  };
  /**
   * Framework → the controls that this rule helps to meet.
   */
  readonly controls?: {
    /**
     * @minItems 1
     */
    readonly [k: string]: readonly string[];
  };
  readonly references?: readonly string[];
  /**
   * The rule needs options: it is in no pack, and a config uses it as often as wanted.
   */
  readonly template?: boolean;
}

/**
 * One account's state as plain JSON: what was read, and what could not be read and why. Canonical order; the same state gives the same bytes.
 */
export interface Snapshot {
  readonly format: "watchproof-snapshot/1";
  /**
   * When the reading began, ISO 8601 in UTC. Ages are counted from here, never from a clock.
   */
  readonly takenAt: string;
  readonly account: AccountIdentity;
  /**
   * The regions looked at, sorted. Regional subjects and demands are judged in these.
   */
  readonly regions: readonly string[];
  /**
   * Per resource type: what was asked. Reading anything else is unknown (not-collected), never absent.
   */
  readonly collected: {
    readonly [k: string]: Collected;
  };
  /**
   * Sorted by type, region, id, arn.
   */
  readonly resources: readonly Resource[];
  /**
   * Lists that could not be read. A single unreadable property stands with its resource.
   */
  readonly gaps: readonly Gap[];
  /**
   * How often each operation was asked, retries included, such as cloudtrail:DescribeTrails.
   */
  readonly calls: {
    readonly [k: string]: number;
  };
}
export interface AccountIdentity {
  /**
   * Twelve digits, or "unknown" where the identity could not be read.
   */
  readonly id: string;
  /**
   * aws, aws-cn, aws-us-gov, …
   */
  readonly partition: string;
  /**
   * The ARN that did the reading.
   */
  readonly caller?: string;
}
export interface Collected {
  /**
   * Where the type was listed: "account" (one list for all regions), the regions asked, or [] when resources were only followed from references.
   */
  readonly listed: "account" | readonly string[];
  /**
   * Each property that was asked for and the operation that answers it, such as {"IsLogging": "cloudtrail:GetTrailStatus"}.
   */
  readonly properties: {
    readonly [k: string]: string;
  };
}
export interface Resource {
  /**
   * CloudFormation's type name; where there is none, a name after its pattern.
   */
  readonly type: string;
  /**
   * The name a person uses.
   */
  readonly id: string;
  readonly arn?: string;
  /**
   * The owner: twelve digits.
   */
  readonly account: string;
  /**
   * The home region.
   */
  readonly region: string;
  /**
   * CloudFormation's property names. null: read, and AWS says it is not set. A missing key was not read.
   */
  readonly properties: JsonObject;
  /**
   * What only a running account has, such as IsLogging; null as in properties.
   */
  readonly observed?: JsonObject;
  /**
   * Property → why it could not be read.
   */
  readonly unreadable?: {
    readonly [k: string]: Unreadable;
  };
}
export interface Unreadable {
  /**
   * The error's name, such as AccessDenied, Throttled, TimedOut, Unreachable.
   */
  readonly reason: string;
  /**
   * The IAM action to grant, where the error is a refusal; else the operation that failed.
   */
  readonly action?: string;
  /**
   * Where the call was made.
   */
  readonly region?: string;
  /**
   * What AWS or the network said.
   */
  readonly message?: string;
}
export interface Gap {
  readonly account: string;
  /**
   * The resource type that could not be listed, or Watchproof::Account::Regions for the list of enabled regions.
   */
  readonly type: string;
  readonly region: string;
  readonly reason: string;
  readonly action?: string;
  readonly message?: string;
  /**
   * The resource whose children could not be listed.
   */
  readonly parent?: string;
}

/**
 * Failures that somebody accepts until a day. A waiver marks a failure, it never hides one.
 */
export interface Waivers {
  readonly waivers: readonly Waiver[];
}
export interface Waiver {
  /**
   * A rule id, or a pattern with *.
   */
  readonly rule: string;
  /**
   * The id or the ARN of what fails, or a pattern with *. Of the account it is its number, of a region its name.
   */
  readonly subject: string;
  /**
   * Twelve digits in quotes. Default: every account.
   */
  readonly account?: string;
  /**
   * The subject's region; global for the account. Default: every region.
   */
  readonly region?: string;
  /**
   * Why it is accepted.
   */
  readonly reason: string;
  /**
   * Who answers for it.
   */
  readonly owner: string;
  /**
   * The last day on which it holds: YYYY-MM-DD, UTC.
   */
  readonly expires: string;
  /**
   * Where the work is tracked.
   */
  readonly ticket?: string;
}
