import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Baseline } from "../../src/core/baseline.js";
import type { Finding } from "../../src/core/report.js";
import {
  compareBaseline,
  pruneBaseline,
  staleEntries,
  updateBaseline,
} from "../../src/accept/compare-baseline.js";
import { anyJudged, blind, found, judged } from "../engine/support/judged.js";

const failure = found({ rule: "s3.logging", status: "fail", subjectId: "logs" });
const entry = {
  id: failure.id,
  rule: "s3.logging",
  account: failure.account,
  region: "us-east-1",
  subject: "arn:aws:s3:::logs",
};
const baseline: Baseline = { format: "watchproof-baseline/1", entries: [entry] };
const ids = ({ entries }: Baseline): readonly string[] => entries.map(({ id }) => id);

it("a failure is known or new, and nothing else is marked", () => {
  const other = found({ rule: "s3.logging", status: "fail", subjectId: "other" });
  const passed = found({ rule: "s3.logging", subjectId: "passed" });
  const { findings, notes } = compareBaseline(judged([failure, other, passed]), baseline);
  expect(findings.map((one) => one.baseline)).toEqual(["known", "new", undefined]);
  expect(notes).toEqual([]);
});

describe("an entry", () => {
  it.each<[string, readonly Finding[], boolean]>([
    ["still fails", [failure], false],
    ["passes", [found({ ...failure, status: "pass" })], true],
    ["no longer applies", [found({ ...failure, status: "not-applicable" })], true],
    ["is unknown", [found({ ...failure, status: "unknown" })], false],
    ["has an error", [found({ ...failure, status: "error" })], false],
    ["is waived", [{ ...failure, waiver: { reason: "x" } }], false],
    ["has a subject that is gone", [found({ rule: "s3.logging", subjectId: "other" })], true],
    [
      "has a subject that a refused list may hide",
      [found({ rule: "s3.logging", subjectId: "other" }), blind({ rule: "s3.logging" })],
      false,
    ],
    [
      "has a subject that a refused list of its region may hide",
      [
        blind({
          rule: "s3.logging",
          region: "us-east-1",
          subject: { kind: "region", type: "AWS::Region", id: "us-east-1" },
        }),
      ],
      false,
    ],
    [
      "has a subject that a refused list of another region cannot hide",
      [
        blind({
          rule: "s3.logging",
          region: "eu-west-1",
          subject: { kind: "region", type: "AWS::Region", id: "eu-west-1" },
        }),
      ],
      true,
    ],
    [
      "has a subject that another unreadable resource cannot hide",
      [found({ rule: "s3.logging", subjectId: "other", status: "unknown" })],
      true,
    ],
    ["is of a rule that was not in the run", [found({ rule: "other.rule" })], false],
    ["is of an account that was not judged", [found({ rule: "s3.logging", account: "444455556666" })], false],
    ["was looked for in a run that judged nothing", [], false],
  ])("that %s is stale or not", (_, findings, isStale) => {
    expect(staleEntries(judged(findings), baseline)).toEqual(isStale ? [entry] : []);
    expect(compareBaseline(judged(findings), baseline).notes.map(({ kind }) => kind)).toEqual(
      isStale ? ["baseline-stale"] : [],
    );
    expect(ids(pruneBaseline(judged(findings), baseline))).toEqual(isStale ? [] : [entry.id]);
  });

  it("in a region that was not judged is not stale", () => {
    expect(
      staleEntries(
        judged([found({ rule: "s3.logging", region: "eu-west-1", subjectId: "other" })], ["eu-west-1"]),
        baseline,
      ),
    ).toEqual([]);
  });
});

describe("an update", () => {
  it("takes in what fails, in order, with what a person needs to know it again", () => {
    const first = found({ rule: "a.rule", status: "fail", subjectId: "z" });
    expect(updateBaseline(judged([failure, first]))).toEqual({
      format: "watchproof-baseline/1",
      entries: [
        {
          id: first.id,
          rule: "a.rule",
          account: first.account,
          region: "us-east-1",
          subject: "arn:aws:s3:::z",
        },
        entry,
      ],
    });
  });

  it("leaves waived failures out, so that they count when the waiver ends", () => {
    expect(updateBaseline(judged([{ ...failure, waiver: { reason: "x" } }])).entries).toEqual([]);
  });

  it("keeps what is unknown this time, and drops what is mended", () => {
    const mended = found({ rule: "s3.logging", status: "fail", subjectId: "mended" });
    const before = updateBaseline(judged([failure, mended]));
    expect(
      ids(
        updateBaseline(
          judged([found({ ...failure, status: "unknown" }), { ...mended, status: "pass" }]),
          before,
        ),
      ),
    ).toEqual([failure.id]);
  });
});

describe("whatever the reports", () => {
  it("no finding is dropped or changed but for its mark", () => {
    fc.assert(
      fc.property(anyJudged, anyJudged, (before, now) => {
        const { findings } = compareBaseline(now, updateBaseline(before));
        expect(findings.map((one) => ({ ...one, baseline: undefined }))).toEqual(
          now.findings.map((one) => ({ ...one, baseline: undefined })),
        );
        expect(findings.every((one) => (one.baseline !== undefined) === (one.status === "fail"))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it("after an update every failure is known and no entry is stale; a second one changes nothing", () => {
    fc.assert(
      fc.property(anyJudged, anyJudged, (before, now) => {
        const updated = updateBaseline(now, updateBaseline(before));
        const { findings, notes } = compareBaseline(now, updated);
        expect(notes).toEqual([]);
        expect(findings.every((one) => one.status !== "fail" || one.baseline === "known")).toBe(true);
        expect(updateBaseline(now, updated)).toEqual(updated);
      }),
      { numRuns: 200 },
    );
  });

  it("pruning adds nothing, and drops nothing that fails or could not be judged", () => {
    fc.assert(
      fc.property(anyJudged, anyJudged, (before, now) => {
        const old = updateBaseline(before);
        const pruned = ids(pruneBaseline(now, old));
        expect(pruned.every((id) => ids(old).includes(id))).toBe(true);
        const open = now.findings.filter(
          ({ status }) => status === "fail" || status === "unknown" || status === "error",
        );
        expect(open.every(({ id }) => !ids(old).includes(id) || pruned.includes(id))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
