import fc from "fast-check";
import type { Finding } from "../../../src/core/report.js";
import { severities } from "../../../src/core/severity.js";
import { fingerprint } from "../../../src/engine/fingerprint.js";
import type { JudgedReport } from "../../../src/engine/judged-places.js";
import { accountId, finding } from "../../support/build.js";

/** What was judged: one account, two regions. */
export function judged(
  findings: readonly Finding[],
  regions: readonly string[] = ["eu-west-1", "us-east-1"],
): JudgedReport {
  return {
    accounts: [
      { id: accountId, partition: "aws", regions, source: "recorded", takenAt: "2026-11-20T12:00:00.000Z" },
    ],
    findings,
  };
}

/** A finding with the id that its place gives it. */
export function found(part: Partial<Finding> & { readonly subjectId?: string }): Finding {
  const { subjectId = "bucket", ...rest } = part;
  const made = finding({
    subject: { kind: "resource", type: "AWS::S3::Bucket", id: subjectId, arn: `arn:aws:s3:::${subjectId}` },
    ...rest,
  });
  return { ...made, id: fingerprint(made) };
}

/** The failure of a rule to look everywhere in its account. */
export function blind(part: Partial<Finding> = {}): Finding {
  return found({
    status: "unknown",
    reason: "unreadable",
    region: "global",
    subject: { kind: "account", type: "AWS::Account", id: accountId },
    message: "a list was refused",
    ...part,
  });
}

const anyFinding = fc
  .record({
    rule: fc.constantFrom("a.one", "a.two", "b.one"),
    subjectId: fc.constantFrom("x", "y", "z"),
    region: fc.constantFrom("eu-west-1", "us-east-1", "global"),
    status: fc.constantFrom("pass", "fail", "unknown", "error", "not-applicable"),
    severity: fc.constantFrom(...severities),
    message: fc.constantFrom("it is so", "it is not so"),
  })
  .map(found);

/** Reports of a few rules, subjects and regions, so that two of them have much in common. */
export const anyJudged = fc
  .uniqueArray(anyFinding, { selector: ({ id }) => id, maxLength: 12 })
  .map((findings) => judged(findings));
