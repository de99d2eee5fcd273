import fc from "fast-check";
import type { Finding, Report } from "../../../src/core/report.js";
import { canonical } from "../../../src/engine/evaluate-rules.js";
import { summarize } from "../../../src/engine/summarize.js";
import { finding } from "../../support/build.js";

const anyFinding = (account: string): fc.Arbitrary<Finding> =>
  fc
    .record({
      rule: fc.constantFrom("a.rule", "b.rule", "c.rule"),
      severity: fc.constantFrom("info", "low", "high", "critical"),
      status: fc.constantFrom("pass", "fail", "not-applicable", "error"),
      region: fc.constantFrom("eu-west-1", "global", "us-east-1"),
      id: fc.constantFrom("x", "y", "z"),
      message: fc.string(),
      isWaived: fc.boolean(),
    } as const)
    .map(({ id, isWaived, ...part }) =>
      finding({
        ...part,
        account,
        id: `${account}${part.rule}${part.region}${id}`,
        subject: { kind: "resource", type: "AWS::S3::Bucket", id },
        ...(isWaived && part.status === "fail" ? { waiver: { reason: "so" } } : {}),
      }),
    );

const anyGap = (account: string) =>
  fc.record({
    account: fc.constant(account),
    type: fc.constantFrom("A", "B"),
    region: fc.constant("global"),
    reason: fc.string(),
  });

/** A report of one account. */
export const anyReport = (account: string): fc.Arbitrary<Report> =>
  fc
    .tuple(
      fc.uniqueArray(anyFinding(account), { selector: ({ id }) => id, maxLength: 8 }),
      fc.array(anyGap(account), { maxLength: 3 }),
      fc.boolean(),
    )
    .map(([found, gaps, isNoted]) => {
      const findings = [...found].sort(canonical);
      return {
        format: "watchproof-report/1",
        tool: { name: "watchproof", version: "1.0.0" },
        accounts: [
          {
            id: account,
            partition: "aws",
            regions: ["us-east-1"],
            source: "live",
            takenAt: "2026-11-20T12:00:00.000Z",
          },
        ],
        summary: summarize(findings, 3),
        findings,
        gaps: [...gaps].sort((a, b) => (a.type < b.type ? -1 : a.type > b.type ? 1 : 0)),
        ...(isNoted ? { notes: [{ kind: "baseline-stale" as const, message: account }] } : {}),
      };
    });

/** Reports of several accounts, in the order of their ids. */
export const anyReports: fc.Arbitrary<readonly [Report, ...(readonly Report[])]> = fc
  .uniqueArray(
    fc.constantFrom("111111111111", "222222222222", "333333333333", "444444444444", "555555555555"),
    { minLength: 1, maxLength: 4 },
  )
  .map((ids) => [...ids].sort())
  .chain(([first = "111111111111", ...rest]) => fc.tuple(anyReport(first), ...rest.map(anyReport)));
