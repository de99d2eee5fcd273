import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Finding } from "../../src/core/report.js";
import type { Waiver } from "../../src/core/waiver.js";
import { applyWaivers } from "../../src/accept/apply-waivers.js";
import { summarize } from "../../src/engine/summarize.js";
import { accountId } from "../support/build.js";
import { anyJudged, blind, found, judged } from "../engine/support/judged.js";

const today = "2026-11-21";
const failure = found({ rule: "s3.logging", status: "fail", subjectId: "logs-1", message: "it is off" });
const waiver = (part: Partial<Waiver> = {}): Waiver => ({
  rule: "s3.logging",
  subject: "logs-1",
  reason: "it goes away",
  owner: "Ada",
  expires: "2026-12-31",
  ...part,
});
const apply = (part: Partial<Waiver>, findings: readonly Finding[] = [failure], maxDays?: number) =>
  applyWaivers(judged(findings), {
    waivers: [{ waiver: waiver(part), file: "w.yaml", at: { line: 2, column: 5, length: 4 } }],
    today,
    ...(maxDays === undefined ? {} : { maxDays }),
  });
const isWaived = (marked: ReturnType<typeof applyWaivers>): boolean =>
  marked.findings.every((one) => one.waiver !== undefined);

describe("a waiver accepts", () => {
  it.each<[string, Partial<Waiver>]>([
    ["by rule and id", {}],
    ["by ARN", { subject: "arn:aws:s3:::logs-1" }],
    ["by pattern of the id", { subject: "logs-*" }],
    ["by pattern of the ARN", { subject: "arn:*:logs-*" }],
    ["by pattern of the rule", { rule: "s3.*" }],
    ["in its account", { account: accountId }],
    ["in its region", { region: "us-east-1" }],
    ["on its last day", { expires: today }],
    ["on the last day that is allowed", { expires: "2027-11-22" }],
  ])("%s", (_, part) => {
    expect(apply(part)).toMatchObject({
      findings: [{ status: "fail", waiver: { reason: "it goes away", owner: "Ada" } }],
      notes: [],
    });
  });

  it("with its reason, owner, last day and ticket, and nothing else", () => {
    expect(apply({ ticket: "T-1" }).findings).toEqual([
      { ...failure, waiver: { reason: "it goes away", owner: "Ada", expires: "2026-12-31", ticket: "T-1" } },
    ]);
  });
});

describe("a waiver does not accept", () => {
  it.each<[string, Partial<Waiver>, readonly string[]]>([
    ["another rule", { rule: "s3.versioning" }, []],
    ["another subject", { subject: "logs-2" }, ["waiver-unused"]],
    ["a part of the id", { subject: "logs" }, ["waiver-unused"]],
    ["another account, which this run did not judge", { account: "444455556666" }, []],
    ["another region", { region: "eu-west-1" }, ["waiver-unused"]],
    ["another region, which this run did not judge", { region: "ap-south-1" }, []],
    ["after its last day", { expires: "2026-11-20" }, ["waiver-expired"]],
    ["when it ends too far ahead", { expires: "2027-11-23" }, ["waiver-too-far"]],
  ])("%s", (_, part, notes) => {
    const marked = apply(part);
    expect(isWaived(marked)).toBe(false);
    expect(marked.notes.map(({ kind }) => kind)).toEqual(notes);
  });

  it("beyond the days that were configured", () => {
    expect(isWaived(apply({ expires: "2026-12-01" }, [failure], 10))).toBe(true);
    expect(isWaived(apply({ expires: "2026-12-02" }, [failure], 10))).toBe(false);
  });

  it.each(["unknown", "error", "pass", "not-applicable"] as const)("what is %s", (status) => {
    const other = found({ ...failure, status });
    expect(apply({}, [other]).findings).toEqual([other]);
  });
});

describe("an unused waiver", () => {
  it("is noted when what it accepts passes", () => {
    expect(apply({}, [found({ ...failure, status: "pass" })]).notes).toEqual([
      {
        kind: "waiver-unused",
        message:
          "the waiver of s3.logging for logs-1 (Ada) accepts nothing that fails: remove it, or correct its rule or subject",
        place: "w.yaml:2:5",
      },
    ]);
  });

  it.each<[string, readonly Finding[]]>([
    ["what it accepts is unknown now", [found({ ...failure, status: "unknown" })]],
    ["what it accepts could not be decided for an error", [found({ ...failure, status: "error" })]],
    ["the rule could not look everywhere", [blind({ rule: "s3.logging" })]],
    ["its rule is not in the run", [found({ rule: "other.rule" })]],
    ["nothing was judged", []],
  ])("is not noted when %s", (_, findings) => {
    expect(apply({}, findings).notes).toEqual([]);
  });

  it("is noted although another resource of the rule is unknown", () => {
    expect(
      apply({}, [
        found({
          ...failure,
          subjectId: "other",
          subject: { kind: "resource", type: "AWS::S3::Bucket", id: "other" },
          status: "unknown",
        }),
      ]).notes,
    ).toHaveLength(1);
  });

  it("is none that accepts what another accepts too", () => {
    const waivers = [{ waiver: waiver() }, { waiver: waiver({ subject: "*", owner: "Bob" }) }];
    expect(applyWaivers(judged([failure]), { waivers, today })).toMatchObject({
      findings: [{ waiver: { owner: "Ada" } }],
      notes: [],
    });
  });
});

const anyWaiver = fc
  .record({
    rule: fc.constantFrom("*", "a.*", "a.one", "b.two"),
    subject: fc.constantFrom("*", "x", "arn:*", "arn:aws:s3:::y"),
    reason: fc.constant("r"),
    owner: fc.constant("o"),
    expires: fc.constantFrom("2026-11-20", "2026-11-21", "2027-01-01", "2029-01-01"),
  })
  .map((one) => ({ waiver: one }));

describe("whatever the waivers", () => {
  it("no finding is dropped, moved or changed but for its mark, and only failures are marked, by a waiver that holds", () => {
    fc.assert(
      fc.property(anyJudged, fc.array(anyWaiver, { maxLength: 4 }), (report, waivers) => {
        const { findings } = applyWaivers(report, { waivers, today });
        expect(findings.map((one) => ({ ...one, waiver: undefined }))).toEqual(
          report.findings.map((one) => ({ ...one, waiver: undefined })),
        );
        const marked = findings.filter((one) => one.waiver !== undefined);
        expect(
          marked.every(
            (one) =>
              one.status === "fail" &&
              ["2026-11-21", "2027-01-01"].includes(one.waiver?.["expires"] as string),
          ),
        ).toBe(true);
        expect(summarize(findings, 1)).toEqual({ ...summarize(report.findings, 1), waived: marked.length });
      }),
      { numRuns: 300 },
    );
  });
});
