import type { FromSchema } from "json-schema-to-ts";
import type { Account } from "../../core/account.js";
import { defineEvaluator } from "../../core/evaluator.js";
import type { OptionProblem } from "../../core/evaluator.js";
import { aboutAccount } from "../../core/judgement.js";
import type { Judgement } from "../../core/judgement.js";
import { notApplicable, unknown } from "../../core/verdict.js";
import type { Verdict } from "../../core/verdict.js";
import { adviceNeeds, adviceOf, adviceTypes } from "../../reasoning/advice/advice.js";
import type { Advice } from "../../reasoning/advice/advice.js";
import { judgeAccess } from "../../reasoning/advice/access.js";
import { retiredCheck } from "../../reasoning/advice/retired.js";
import { judgeFlags, judgeFresh } from "../../reasoning/advice/verdict.js";
import type { AdviceDemand } from "../../reasoning/advice/verdict.js";
import { leaderRegion } from "../../shared/aws/partitions.js";
import { listed } from "../../shared/text/words.js";

const ids = { type: "array", uniqueItems: true, items: { type: "string", minLength: 1 } } as const;
const categories = [
  "cost_optimizing",
  "performance",
  "security",
  "fault_tolerance",
  "service_limits",
  "operational_excellence",
] as const;

const options = {
  type: "object",
  additionalProperties: false,
  required: ["demand"],
  properties: {
    demand: {
      enum: ["access", "flags", "fresh"],
      description:
        "access: the support plan gives the API. flags: no check has an open flag. fresh: every result is recent.",
    },
    checks: {
      ...ids,
      minItems: 1,
      description: "Only these check ids. Default: every check of the account.",
    },
    "exclude-checks": { ...ids, description: "Not these check ids." },
    categories: {
      type: "array",
      minItems: 1,
      uniqueItems: true,
      items: { enum: categories },
      description: "Only checks of these categories.",
    },
    "fail-on": {
      type: "array",
      minItems: 1,
      uniqueItems: true,
      items: { enum: ["red", "yellow"] },
      default: ["red"],
      description: "With flags: the colours that fail; others are a note.",
    },
    suppressed: {
      enum: ["note", "fail", "ignore"],
      default: "note",
      description: "With flags: what it means that somebody suppressed resources of a green check.",
    },
    "maximum-age": {
      type: "string",
      pattern: "^[1-9]\\d{0,4}[hd]$",
      default: "24h",
      description: "An older green proves nothing; an older result is not fresh.",
    },
  },
} as const;

type Options = FromSchema<typeof options, { keepDefaultedPropertiesOptional: true }>;

/** What Trusted Advisor's checks say: whether they can be read, have open flags, and are recent. */
export const trustedAdvisor = defineEvaluator<Options>({
  id: "trusted-advisor",
  summary: "Trusted Advisor can be read, its checks have no open flags, and their results are recent",
  options,
  review: (given) => Promise.resolve([...reviewIds(given, "checks"), ...reviewIds(given, "exclude-checks")]),
  needs: ({ demand }) =>
    demand === "access"
      ? [{ type: adviceTypes.access, properties: ["SupportApiEntitled", "TrustedAdvisorApiEntitled"] }]
      : adviceNeeds({ flagged: demand === "flags" }),
  evaluate: (account, given) => {
    // Neither API is served in China.
    if (account.partition === "aws-cn")
      return [
        aboutAccount(account, notApplicable("Trusted Advisor's APIs are not offered in this partition")),
      ];
    return given.demand === "access"
      ? [aboutAccount(account, judgeAccess(account))]
      : judgeChecks(account, given);
  },
});

function reviewIds(given: Options, option: "checks" | "exclude-checks"): readonly OptionProblem[] {
  return (given[option] ?? []).flatMap((id, at) => {
    const retired = retiredCheck(id);
    if (retired === undefined) return [];
    const { name, since, successor } = retired;
    return [
      {
        code: "bad-value" as const,
        path: [option, at],
        message: `AWS withdrew the check "${name}" (${id}) on ${since}`,
        hint: `write ${successor.id}, "${successor.name}"`,
      },
    ];
  });
}

function judgeChecks(account: Account, given: Options): readonly Judgement[] {
  const found = adviceOf(account);
  if (found.kind === "no-access") return [aboutAccount(account, unknown(found.reason, found.because))];
  const chosen = found.advice.filter((advice) => isChosen(advice, given));
  const missing = (given.checks ?? []).filter((id) => found.advice.every((advice) => advice.id !== id));
  const judged = [
    ...chosen.map((advice) => aboutCheck(account, advice.id, judge(account, advice, given))),
    ...missing.map((id) => aboutCheck(account, id, unknownCheck(id))),
  ];
  if (judged.length > 0) return judged;
  return [
    aboutAccount(
      account,
      unknown(
        "undecidable",
        `none of the ${found.advice.length.toString()} checks that Trusted Advisor lists is concerned${given.categories === undefined ? "" : ` (categories ${listed(given.categories)})`}`,
      ),
    ),
  ];
}

function isChosen({ id, categories: own }: Advice, given: Options): boolean {
  if (given["exclude-checks"]?.includes(id) === true) return false;
  if (given.checks !== undefined && !given.checks.includes(id)) return false;
  return given.categories === undefined || given.categories.some((category) => own.includes(category));
}

function judge(account: Account, advice: Advice, given: Options): Verdict {
  const maximumAge = milliseconds(given["maximum-age"] ?? "24h");
  if (given.demand === "fresh") return judgeFresh(account, advice, maximumAge);
  const demand: AdviceDemand = {
    failOn: given["fail-on"] ?? ["red"],
    maximumAge,
    suppressed: given.suppressed ?? "note",
  };
  return judgeFlags(account, advice, demand);
}

function unknownCheck(id: string): Verdict {
  const retired = retiredCheck(id);
  const instead =
    retired === undefined
      ? ""
      : `; AWS withdrew it on ${retired.since}, ${retired.successor.id} took its place`;
  return unknown("undecidable", `Trusted Advisor lists no check ${id} for this account${instead}`);
}

function aboutCheck({ partition }: Account, id: string, verdict: Verdict): Judgement {
  const subject = {
    kind: "resource",
    type: adviceTypes.check,
    id,
    arn: `arn:${partition}:trustedadvisor:::check/${id}`,
  } as const;
  return { subject, region: leaderRegion(partition), verdict };
}

function milliseconds(age: string): number {
  return Number(age.slice(0, -1)) * (age.endsWith("d") ? 86_400_000 : 3_600_000);
}
