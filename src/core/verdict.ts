import type { Candidate, Evidence, Finding, Remediation, Status } from "./formats/report.js";
import type { JsonObject } from "./json.js";

export type { Candidate, Evidence, Remediation, Status };

/** Why something is `unknown`: it could not be read, what was read does not decide, or the snapshot does not hold it. */
export type UnknownReason = NonNullable<Finding["reason"]>;

/** What every verdict may carry: the observed values that decided, and each candidate with its first broken link. */
export type Support = {
  readonly notes?: readonly string[];
  readonly evidence?: readonly Evidence[];
  readonly candidates?: readonly Candidate[];
};

/** Values for words in capitals, such as TOPIC_ARN, that stand in the commands of the rule's own remediation. */
export type RemedyWords = Readonly<Record<string, string>>;

/** What an evaluator decides about one subject. `message` is one sentence that a person understands. */
export type Verdict =
  | ({ readonly status: "pass"; readonly message: string } & Support)
  | ({
      readonly status: "fail";
      readonly message: string;
      readonly witness?: JsonObject;
      readonly remediation?: Remediation;
      readonly words?: RemedyWords;
    } & Support)
  | ({ readonly status: "not-applicable"; readonly message: string } & Support)
  | ({
      readonly status: "unknown";
      readonly reason: UnknownReason;
      readonly message: string;
      readonly witness?: JsonObject;
    } & Support)
  | ({ readonly status: "error"; readonly message: string } & Support);

/** The demand is met. Put into `notes` what a person should look at all the same. */
export function pass(message: string, support: Support = {}): Verdict {
  return { status: "pass", message, ...support };
}

/** The demand is not met. `witness` is a concrete example that proves it; `remediation` replaces the rule's, where it was computed. */
export function fail(
  message: string,
  support: Support & {
    readonly witness?: JsonObject;
    readonly remediation?: Remediation;
    readonly words?: RemedyWords;
  } = {},
): Verdict {
  return { status: "fail", message, ...support };
}

/** There is nothing to judge. */
export function notApplicable(message: string, support: Support = {}): Verdict {
  return { status: "not-applicable", message, ...support };
}

/** It cannot be said. A `witness` here is what would be missed if the unreadable part does not help. */
export function unknown(
  reason: UnknownReason,
  message: string,
  support: Support & { readonly witness?: JsonObject } = {},
): Verdict {
  return { status: "unknown", reason, message, ...support };
}
