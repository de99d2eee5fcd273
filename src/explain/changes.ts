import type { Finding } from "../core/report.js";
import type { Candidate, Remediation, Status } from "../core/verdict.js";
import { causeAndReason } from "../shared/text/gap-causes.js";
import type { Cause } from "../shared/text/gap-causes.js";
import { listed, plural } from "../shared/text/words.js";
import { proofOf } from "./proof.js";

/** What would give another verdict. `to`: the verdicts that can follow. */
export type Change = {
  readonly to: readonly Status[];
  readonly how: string;
  readonly remediation?: Remediation;
  readonly grants?: readonly string[];
};

/** What would change a finding's verdict; `causes`: why something that it needs could not be read. */
export function changesOf(finding: Finding, causes: readonly Cause[]): readonly Change[] {
  return byStatus[finding.status](finding, causes);
}

const byStatus = {
  pass: afterPass,
  fail: afterFail,
  unknown: afterUnknown,
  "not-applicable": afterNothing,
  error: afterError,
} satisfies Record<Status, (finding: Finding, causes: readonly Cause[]) => readonly Change[]>;

function afterPass(finding: Finding): readonly Change[] {
  const { candidates = [], evidence = [] } = finding;
  const { cited, beside } = proofOf(finding);
  const isOpen = candidates.some(({ status }) => status === "unknown");
  if (cited.length + beside.length > 0)
    return [{ to: isOpen ? ["fail", "unknown"] : ["fail"], how: restsOn(cited, beside, isOpen) }];
  return evidence.length === 0
    ? []
    : [
        {
          to: ["fail"],
          how: `It rests on the observed values above (${plural(evidence.length, "value")}): if they no longer meet the rule, it fails.`,
        },
      ];
}

// Whether several carry it together or each by itself is the rule's affair: what is said here holds for both.
function restsOn(cited: readonly string[], beside: readonly string[], isOpen: boolean): string {
  const [only, ...more] = cited;
  const rest =
    beside.length === 0
      ? ""
      : ` ${listed(beside)} ${beside.length === 1 ? "holds" : "hold"} too, and may carry it then.`;
  if (only === undefined)
    return `Of the candidates, ${listed(beside)} ${beside.length === 1 ? "holds" : "hold"}: where none does, it no longer passes.`;
  if (more.length > 0)
    return `It rests on ${listed(cited)}: it may fail when one of them no longer holds.${rest}`;
  if (beside.length > 0) return `It rests on ${only}: it may fail when that no longer holds.${rest}`;
  return `It rests on ${only} alone: without it, it ${isOpen ? "no longer passes" : "fails"}.`;
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
  if (reason === "outside")
    return [
      {
        to,
        how: "What lies outside the template or plan decides. Judge it over the account: watchproof what-if",
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
    how: `${causeAndReason(cause)}. ${wayOut(cause)}${about}`,
    ...(cause.grant === undefined ? {} : { grants: cause.grant.split(", ") }),
  }));
}

function wayOut({ grant, owner, reason, regions }: Cause): string {
  if (grant !== undefined && owner !== undefined)
    return `Grant ${grant} in ${listed(regions)}, and let account ${owner} allow it in its resource's own policy; then check again.`;
  if (grant !== undefined)
    return `Grant ${grant} in ${listed(regions)}, also where a service control policy denies it, and check again.`;
  if (reason === "OtherAccount") return "Judge that account too, or look there.";
  return /Throttl|TimedOut|Timeout|Unreachable|Internal|Unavailable|Gateway|SlowDown|TooManyRequests/u.test(
    reason,
  )
    ? "Try again when it answers."
    : "The report's gaps hold what AWS answered: mend that, and check again.";
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
