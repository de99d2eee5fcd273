// Generated from the schema of config, in schemas/, by `npm run generate`. Do not edit.
import type { JsonObject } from "../json.js";

/** watchproof.yaml: which rules are judged, how, and where. */
export interface Config {
  /**
   * Packages, or modules relative to this file (./own.js), whose evaluators, collectors and reporters can be used. This runs their code.
   */
  readonly plugins?: readonly string[];
  /**
   * Packages, or folders relative to this file (./own), whose rules and packs can be used. This runs no code.
   */
  readonly extends?: readonly string[];
  /** Rule files or folders, relative to this file. */
  readonly rules?: readonly string[];
  /** Names of packs, or pack files (*.yaml) relative to this file. */
  readonly packs?: readonly string[];
  /** Rules made from templates. */
  readonly use?: readonly {
    readonly template: string;
    readonly id: string;
    readonly with: JsonObject;
    readonly title?: string;
    readonly severity?: "info" | "low" | "medium" | "high" | "critical";
  }[];
  /** Applied in order, the later wins. Without accounts and regions: everywhere. */
  readonly overrides?: readonly {
    /** A rule id, or a pattern with *. */
    readonly rule: string;
    /** @minItems 1 */
    readonly accounts?: readonly string[];
    /** @minItems 1 */
    readonly regions?: readonly string[];
    readonly severity?: "info" | "low" | "medium" | "high" | "critical";
    /** Merged over the rule's options, key by key. */
    readonly with?: JsonObject;
    /** Switches the rule off; the value says why. */
    readonly off?: string;
  }[];
  readonly regions?: {
    /** @minItems 1 */
    readonly include?: readonly string[];
    readonly exclude?: readonly {
      readonly region: string;
      readonly reason: string;
    }[];
  };
  /** The lowest severity that fails the run. */
  readonly failOn?: "info" | "low" | "medium" | "high" | "critical";
  /** unknown and error do not change the exit code. */
  readonly allowUnknown?: boolean;
  /** What a run lets through beside failOn and allowUnknown. */
  readonly gate?: {
    /** So many open failures of a severity are let through; the severity counts whatever failOn says. */
    readonly max?: {
      readonly critical?: number;
      readonly high?: number;
      readonly medium?: number;
      readonly low?: number;
      readonly info?: number;
    };
    /** A threshold of their own for the rules of a pack; of several packs with one rule, the lowest holds. */
    readonly packs?: {
      readonly [k: string]: {
        /** The lowest severity that fails the run. */
        readonly failOn: "info" | "low" | "medium" | "high" | "critical";
      };
    };
    /** So many open failures are let through, as --max-fail. */
    readonly maxFail?: number;
    /** So many verdicts unknown or error are let through, as --max-unknown. */
    readonly maxUnknown?: number;
  };
  /** A file of waivers (YAML), relative to this file, as --waivers. */
  readonly waivers?: string;
  /** How many days ahead a waiver may end; one that ends later is not applied. Default: 366. */
  readonly waiverDays?: number;
  /** A baseline (JSON), relative to this file, as --baseline. */
  readonly baseline?: string;
  /** Failures that the baseline knows do not fail the run, as --new-only. */
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
      /** A profile of the AWS configuration files, instead of a role. */
      readonly profile?: string;
      /** The role to assume: its ARN, or its name in that account. Without role and profile: audit.role. */
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
    /** The role that is assumed in each account. */
    readonly role?: {
      /** The role's name, with its path if it has one: audit/Watchproof. */
      readonly name: string;
      readonly externalId?: string;
      /** Shows in CloudTrail: 2 to 64 letters, digits and +=,.@_-. Default: watchproof. */
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
    /** Accounts under way at the same time. Default: 8. */
    readonly concurrency?: number;
    /**
     * Where reports are kept: a folder relative to this file, or s3://bucket/prefix. Default: watchproof-audits.
     */
    readonly store?: string;
    /**
     * With a store in S3: the account that must own the bucket. S3 refuses every request where another does.
     */
    readonly bucketOwner?: string;
    /**
     * With a store in S3: ARN or id of the KMS key that reports are encrypted with, in place of the bucket's default.
     */
    readonly kmsKey?: string;
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
          /** ARN of a topic. */
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
        /** The environment variable that holds the identifier for endpoints with CDN authorization. */
        readonly cdnIdentifierEnv: string;
      }
    | {
        /**
         * The secret in AWS Secrets Manager, by name or ARN, that holds this identifier under the key MediaPackageCDNIdentifier; own: the secret that each endpoint names.
         */
        readonly cdnIdentifierSecret: string;
      };
}
/** Accounts by id, by unit with all below it, or by tag; any of them is enough. */
export interface AccountChoice {
  /** @minItems 1 */
  readonly accounts?: readonly string[];
  /**
   * Ids of organizational units (or of the root); the units below them count, too.
   *
   * @minItems 1
   */
  readonly ous?: readonly string[];
  /** Tags of the account, key and value; any of them is enough. */
  readonly tags?: {
    readonly [k: string]: string;
  };
}
