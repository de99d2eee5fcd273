import { describe, expect, it } from "vitest";
import { judgeUnit } from "../../src/audits/judge-unit.js";
import type { JudgedUnit } from "../../src/audits/judge-unit.js";
import type { AuditUnit } from "../../src/core/audit.js";
import type { Report } from "../../src/core/report.js";
import { SourceError } from "../../src/core/source.js";
import type { Source } from "../../src/core/source.js";
import { compareReports } from "../../src/compare/compare-reports.js";
import { decideGate } from "../../src/engine/decide-gate.js";
import { hangs } from "../sources/support/fake-aws.js";
import { readReport } from "../support/report.js";
import { auditOf, emptyAccount, takenAt, unitOf } from "./audit-of.js";

const odd = "111111111111";
const { judging } = auditOf();

function judgeWith(
  source: Source | (() => Source),
  part: Partial<AuditUnit> = {},
  signal = new AbortController().signal,
): Promise<JudgedUnit> {
  const openSource = typeof source === "function" ? source : () => source;
  return judgeUnit(
    { ...unitOf(odd), ...part },
    { judging, openSource, now: () => new Date(takenAt), signal },
  );
}

const refusing: Source = {
  kind: "live",
  read: () =>
    Promise.reject(
      new SourceError("The role cannot be assumed (AccessDenied).", {
        reason: "AccessDenied",
        action: "sts:AssumeRole",
        message: "not allowed",
      }),
    ),
};
const kindsOf = (report: Report): readonly string[] =>
  report.findings.map(({ rule, status, reason = "" }) => `${rule} ${status} ${reason}`.trim());

describe("an account", () => {
  it("that opens is judged as check judges it", async () => {
    const { report, outcome } = await judgeWith(emptyAccount(odd));
    expect(outcome).toBe("judged");
    expect(kindsOf(report)).toEqual(["a.odd fail", "b.odd fail"]);
  });

  it("lets answers for other accounts be heard between its rules", async () => {
    let ended = false;
    const judged = judgeWith(emptyAccount(odd)).then(() => {
      ended = true;
    });
    const heard = new Promise<boolean>((resolve) => {
      setImmediate(() => {
        resolve(ended);
      });
    });
    expect(await heard).toBe(false);
    await judged;
  });

  it("that cannot be entered gets an unknown verdict for each rule, and a gap", async () => {
    const { report, outcome, because } = await judgeWith(refusing);
    expect([outcome, because]).toEqual(["refused", "The role cannot be assumed (AccessDenied)."]);
    expect(kindsOf(report)).toEqual(["a.odd unknown unreadable", "b.odd unknown unreadable"]);
    expect(report.accounts).toEqual([{ id: odd, partition: "aws", regions: [], source: "live", takenAt }]);
    expect(report.gaps).toEqual([
      {
        account: odd,
        type: "AWS::IAM::Role",
        region: "global",
        reason: "AccessDenied",
        action: "sts:AssumeRole",
        message: "not allowed",
        resource: `arn:aws:iam::${odd}:role/Audit`,
      },
    ]);
    expect(decideGate(report, { failOn: "low", allowUnknown: false }).exitCode).toBe(3);
    expect(readReport(JSON.stringify(report))).toEqual(report);
  });

  it("that cannot be entered is neither fixed nor gone", async () => {
    const before = await judgeWith(emptyAccount(odd));
    const regional = {
      ...before.report,
      findings: before.report.findings.map((finding) => ({
        ...finding,
        id: `${finding.id}x`,
        region: "us-east-1",
      })),
    };
    const after = await judgeWith(refusing);
    for (const report of [before.report, regional]) {
      const { unjudged, fixed, gone } = compareReports(report, after.report);
      expect([unjudged.length, fixed.length, gone.length]).toEqual([2, 0, 0]);
    }
  });

  it("that is another than the one meant is not judged at all", async () => {
    const { report, outcome, because } = await judgeWith(emptyAccount("222222222222"));
    expect(outcome).toBe("refused");
    expect(because).toContain("those of account 222222222222");
    expect(kindsOf(report)).toEqual(["a.odd unknown unreadable", "b.odd unknown unreadable"]);
    expect(new Set(report.findings.map(({ account }) => account))).toEqual(new Set([odd]));
    expect(report.gaps.map(({ reason }) => reason)).toEqual(["WrongAccount"]);
  });

  it("that AWS does not name is not judged", async () => {
    expect((await judgeWith(emptyAccount("unknown"))).because).toContain("AWS did not say");
  });

  it("whose judging breaks has errors, and breaks nothing else", async () => {
    const broken = await judgeWith({
      kind: "live",
      read: () => Promise.reject(new TypeError("undefined is not a function")),
    });
    expect(broken.outcome).toBe("broken");
    expect(kindsOf(broken.report)).toEqual(["a.odd error", "b.odd error"]);
    const unopened = await judgeWith(() => {
      throw new TypeError("no source");
    });
    expect(kindsOf(unopened.report)).toEqual(["a.odd error", "b.odd error"]);
  });

  it("is read in its own regions where it has some", async () => {
    const asked: unknown[] = [];
    const source: Source = {
      kind: "live",
      read: (request) => {
        asked.push(request.regions, request.exclude);
        return emptyAccount(odd).read(request);
      },
    };
    await judgeWith(source, { regions: ["eu-west-1"] });
    expect(asked).toEqual([["eu-west-1"], undefined]);
  });

  it("that hangs when the run is stopped is given up", async () => {
    const controller = new AbortController();
    const judging = judgeWith({ kind: "live", read: hangs }, {}, controller.signal);
    controller.abort(new Error("stopped"));
    await expect(judging).rejects.toThrow("stopped");
  });
});
