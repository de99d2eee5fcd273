import type { AccountSummary, Finding, Report } from "../core/report.js";
import type { Candidate, Remediation, Status } from "../core/verdict.js";
import type { OptionInUse } from "./options.js";
import type { RuleExplanation } from "./explain-rule.js";
import { causeText, groupByCause } from "../shared/text/gap-causes.js";
import type { Cause } from "../shared/text/gap-causes.js";
import { listed, plural } from "../shared/text/words.js";

/** What would give another verdict. `to`: the verdicts that can follow. */
export type Change = {
  readonly to: readonly Status[];
  readonly how: string;
  readonly remediation?: Remediation;
  readonly grants?: readonly string[];
};

/** A finding, step by step. */
export type FindingExplanation = {
  readonly finding: Finding;
  /** Where and when the account was read; absent where the report does not say. */
  readonly account?: AccountSummary;
  /** What the rule was asked with, where the rule is known. */
  readonly options?: readonly OptionInUse[];
  /** Why something could not be read, as far as it matters to this finding. */
  readonly causes: readonly Cause[];
  /** How many gaps the account has that could not change this verdict. */
  readonly harmlessGaps: number;
  readonly changes: readonly Change[];
};

/** The findings of a report whose id begins with these characters. */
export function findFindings({ findings }: Report, prefix: string): readonly Finding[] {
  return findings.filter(({ id }) => id.startsWith(prefix.toLowerCase()));
}

/** Explains a finding of a report: what decided it, and what would change it. `rule`: its rule's explanation, where it is at hand. */
export function explainFinding(
  report: Report,
  finding: Finding,
  rule?: Pick<RuleExplanation, "options" | "reads">,
): FindingExplanation {
  const account = report.accounts.find(({ id }) => id === finding.account);
  const gaps = report.gaps.filter((gap) => gap.account === finding.account);
  const near = gaps.filter((gap) => mayMatter(gap, finding, rule));
  const causes =
    finding.status === "unknown" && finding.reason === "unreadable"
      ? groupByCause([finding], near).flatMap((group) => group.causes)
      : [];
  return {
    finding,
    ...(account === undefined ? {} : { account }),
    ...(rule === undefined ? {} : { options: rule.options }),
    causes,
    harmlessGaps: finding.status === "pass" || finding.status === "fail" ? gaps.length : 0,
    changes: changesOf[finding.status](finding, causes),
  };
}

// What the rule does not read, and what hides in another region than a finding's about one region, had no part in it.
function mayMatter(
  { type, region }: Report["gaps"][number],
  finding: Finding,
  rule: Pick<RuleExplanation, "reads"> | undefined,
): boolean {
  const isRead =
    rule === undefined ||
    type.startsWith("Watchproof::") ||
    rule.reads.some((reading) => reading.type === type);
  return isRead && (finding.subject.kind !== "region" || region === finding.region);
}

const changesOf = {
  pass: afterPass,
  fail: afterFail,
  unknown: afterUnknown,
  "not-applicable": afterNothing,
  error: afterError,
} satisfies Record<Status, (finding: Finding, causes: readonly Cause[]) => readonly Change[]>;

function afterPass({ candidates = [], evidence = [] }: Finding): readonly Change[] {
  const carriers = candidates.filter(({ status }) => status === "pass").map(({ ref }) => ref);
  const [only, ...others] = carriers;
  if (only !== undefined)
    return [
      {
        to: ["fail"],
        how:
          others.length === 0
            ? `It rests on ${only} alone: without it, it fails.`
            : `It rests on ${listed(carriers)}: without all of them, it fails.`,
      },
    ];
  return evidence.length === 0
    ? []
    : [
        {
          to: ["fail"],
          how: `It rests on the observed values above (${plural(evidence.length, "value")}): if they no longer meet the rule, it fails.`,
        },
      ];
}

function afterFail({ candidates = [], remediation = {}, waiver }: Finding): readonly Change[] {
  return [
    {
      to: ["pass"],
      how: remediation.text?.trim() ?? "Change what the witness and the observed values show.",
      remediation,
    },
    ...(candidates.some(isBroken)
      ? [
          {
            to: ["pass" as const],
            how: "Each candidate is shown with its first broken link. Where one candidate is enough, mend the one that is nearest; behind the first link a later one may show.",
          },
        ]
      : []),
    ...(waiver === undefined
      ? []
      : [{ to: ["fail" as const], how: "A waiver accepts it; it counts as open again when that ends." }]),
  ];
}

function isBroken({ status, brokenLink }: Candidate): boolean {
  return status === "fail" && brokenLink !== undefined;
}

function afterUnknown(
  { reason, rule, candidates = [] }: Finding,
  causes: readonly Cause[],
): readonly Change[] {
  const to = ["pass", "fail"] as const;
  if (reason === "not-collected")
    return [
      {
        to,
        how: `The snapshot does not hold what the rule needs. Collect one that does: watchproof collect --rule ${rule} --out FILE`,
      },
    ];
  if (reason === "too-complex")
    return [
      {
        to,
        how: "What the message names is larger than it can be gone through. Write it more simply, or remove it if nobody knows what it is for.",
      },
    ];
  if (reason === "undecidable")
    return [
      {
        to,
        how: "What was read does not decide it. Make the configuration say it outright, or look for yourself at what the message names.",
      },
    ];
  const open = candidates.filter(({ status }) => status === "unknown").map(({ ref }) => ref);
  const about = open.length === 0 ? "" : ` Open is ${listed(open)}.`;
  return causes.map((cause) => ({
    to,
    how: `${causeText(cause)} (${cause.reason}). ${wayOut(cause)}${about}`,
    ...(cause.grant === undefined ? {} : { grants: cause.grant.split(", ") }),
  }));
}

function wayOut({ grant, regions }: Cause): string {
  return grant === undefined
    ? "Try again when it answers."
    : `Grant ${grant} in ${listed(regions)}, also where a service control policy denies it, and check again.`;
}

function afterNothing({ message }: Finding): readonly Change[] {
  return [
    { to: ["pass", "fail"], how: `It is judged as soon as there is something to judge; now: ${message}.` },
  ];
}

function afterError({ rule }: Finding): readonly Change[] {
  return [
    {
      to: ["pass", "fail"],
      how: `The code that decides ${rule} broke, or its expression met something unguarded: the message says where. The account is not at fault.`,
    },
  ];
}
