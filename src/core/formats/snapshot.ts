// Generated from the schema of snapshot, in schemas/, by `npm run generate`. Do not edit.
import type { JsonObject } from "../json.js";

/**
 * One account's state as plain JSON: what was read, and what could not be read and why. Canonical order; the same state gives the same bytes.
 */
export interface Snapshot {
  readonly format: "watchproof-snapshot/1";
  /** When the reading began, ISO 8601 in UTC. Ages are counted from here, never from a clock. */
  readonly takenAt: string;
  readonly account: AccountIdentity;
  /** The regions looked at, sorted. Regional subjects and demands are judged in these. */
  readonly regions: readonly string[];
  /** Per resource type: what was asked. Reading anything else is unknown (not-collected), never absent. */
  readonly collected: {
    readonly [k: string]: Collected;
  };
  /** Sorted by type, region, id, arn. */
  readonly resources: readonly Resource[];
  /** Lists that could not be read. A single unreadable property stands with its resource. */
  readonly gaps: readonly Gap[];
  /** How often each operation was asked, retries included, such as cloudtrail:DescribeTrails. */
  readonly calls: {
    readonly [k: string]: number;
  };
}
/** The account's number of 12 digits, and its partition, such as aws or aws-us-gov. */
export interface AccountIdentity {
  /** Twelve digits, or "unknown" where the identity could not be read. */
  readonly id: string;
  /** aws, aws-cn, aws-us-gov, … */
  readonly partition: string;
  /** The ARN that did the reading. */
  readonly caller?: string;
}
/** What was asked for, of one resource type: only this can be called absent. */
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
/** A resource as it was read, its properties by CloudFormation's names. */
export interface Resource {
  /** CloudFormation's type name; where there is none, a name after its pattern. */
  readonly type: string;
  /** The name a person uses. */
  readonly id: string;
  readonly arn?: string;
  /** The owner: twelve digits. */
  readonly account: string;
  /** The home region. */
  readonly region: string;
  /** CloudFormation's property names. null: read, and AWS says it is not set. A missing key was not read. */
  readonly properties: JsonObject;
  /** What only a running account has, such as IsLogging; null as in properties. */
  readonly observed?: JsonObject;
  /** Property → why it could not be read. */
  readonly unreadable?: {
    readonly [k: string]: Unreadable;
  };
}
/** Why something could not be read. */
export interface Unreadable {
  /** The error's name, such as AccessDenied, Throttled, TimedOut, Unreachable. */
  readonly reason: string;
  /** The IAM action to grant, where the error is a refusal; else the operation that failed. */
  readonly action?: string;
  /** Where the call was made. */
  readonly region?: string;
  /** What AWS or the network said. */
  readonly message?: string;
}
/** A list that could not be read: whatever it would have held is unknown, not absent. */
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
  /** The resource whose children could not be listed. */
  readonly parent?: string;
}
