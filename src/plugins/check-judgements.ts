import { validators } from "../generated/validators.js";
import { firstFault, wrongShape } from "./check-shape.js";

// What a verdict may hold is what a finding may hold; the report's schema says that once for all.
const verdictKeys = [
  "status",
  "reason",
  "message",
  "notes",
  "witness",
  "candidates",
  "evidence",
  "remediation",
];
const frame = {
  type: "array",
  items: {
    type: "object",
    additionalProperties: false,
    required: ["subject", "region", "verdict"],
    properties: {
      subject: { type: "object" },
      region: { type: "string", minLength: 1 },
      verdict: {
        type: "object",
        additionalProperties: false,
        required: ["status", "message"],
        properties: {
          ...Object.fromEntries(verdictKeys.map((key) => [key, {}])),
          message: { type: "string", minLength: 1 },
        },
      },
    },
  },
} as const;

const nothing = {
  pass: 0,
  fail: 0,
  "not-applicable": 0,
  unknown: 0,
  error: 0,
  waived: 0,
  known: 0,
  rules: 0,
};

/** What is wrong with an evaluator's answer; undefined where these are judgements, at least one. */
export function wrongJudgements(answer: unknown): string | undefined {
  const wrong = wrongShape(frame, answer);
  if (wrong !== undefined) return wrong;
  // The frame holds.
  const judgements = answer as readonly {
    readonly subject: object;
    readonly region: string;
    readonly verdict: object;
  }[];
  if (judgements.length === 0)
    return "it judged nothing; absence is a judgement about the account or a region";
  const findings = judgements.map(({ subject, region, verdict }) => ({
    id: "",
    rule: "",
    title: "",
    severity: "low",
    account: "",
    region,
    subject,
    ...verdict,
  }));
  const report = {
    format: "watchproof-report/1",
    tool: { name: "watchproof", version: "" },
    accounts: [],
    summary: nothing,
    findings,
    gaps: [],
  };
  return validators.report(report)
    ? undefined
    : firstFault(validators.report.errors ?? []).replace(/^findings/u, "judgements");
}
