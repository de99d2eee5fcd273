// Generated from the schema of rule, in schemas/, by `npm run generate`. Do not edit.
import type { JsonObject } from "../json.js";

/** One requirement of logging or monitoring. */
export interface Rule {
  /** Words in kebab-case, separated by dots, such as cloudtrail.glacier-events. */
  readonly id: string;
  /** What holds when the rule passes, in one sentence. */
  readonly title: string;
  readonly severity: "info" | "low" | "medium" | "high" | "critical";
  /** The way to decide; `watchproof list evaluators` shows them. */
  readonly evaluator: string;
  /** The evaluator's options. */
  readonly with?: JsonObject;
  readonly why?: string;
  readonly remediation?: {
    readonly text?: string;
    readonly cli?: string;
    readonly cloudformation?: string;
    readonly terraform?: string;
  };
  /**
   * Changes that can make a failing subject pass, for `watchproof fix`, which proves each on the state. Words in capitals in `cli` are filled as in the remediation.
   *
   * @minItems 1
   */
  readonly mends?: readonly {
    /**
     * Of the subject; where the subject is an account or region, each of its resources of this type is tried.
     */
    readonly type: string;
    /** Properties by CloudFormation's names; each replaces what is there. */
    readonly set: JsonObject;
    /** Default: the remediation's. */
    readonly text?: string;
    /** Default: the remediation's. */
    readonly cli?: string;
    /** What it costs, or takes away. */
    readonly costs?: string;
  }[];
  /** Framework → the controls that this rule helps to meet. */
  readonly controls?: {
    /** @minItems 1 */
    readonly [k: string]: readonly string[];
  };
  readonly references?: readonly string[];
  /** The rule judges what only a running account shows: it says nothing of what is not deployed yet. */
  readonly observes?: boolean;
  /** The rule needs options: it is in no pack, and a config uses it as often as wanted. */
  readonly template?: boolean;
}
