import { describe, expect, it } from "vitest";
import type { Finding } from "../../src/core/report.js";
import { fingerprint } from "../../src/engine/fingerprint.js";
import type { Touched } from "../../src/forecasts/foreseen.js";
import { classify } from "../../src/previews/classify.js";
import type { Classified } from "../../src/previews/classify.js";
import { decideWhatIf } from "../../src/previews/decide-what-if.js";
import { finding } from "../support/build.js";

const topic = (name: string, part: Partial<Finding> = {}): Finding => {
  const subject = {
    kind: "resource" as const,
    type: "AWS::SNS::Topic",
    id: name,
    arn: `arn:aws:sns:us-east-1:111122223333:${name}`,
  };
  const made = finding({ rule: "sns.topic-encrypted", subject, ...part });
  return { ...made, id: fingerprint(made) };
};

const kinds = ["new", "unproven", "unjudged", "fixed", "failing"] as const;

function filed(
  before: readonly Finding[],
  after: readonly Finding[],
  touched: readonly Touched[] = [],
): Partial<Record<keyof Classified, readonly string[]>> {
  const lists = classify({ before, after, touched });
  return Object.fromEntries(
    kinds.flatMap((kind) =>
      lists[kind].length === 0 ? [] : [[kind, lists[kind].map(({ subject }) => subject.id)]],
    ),
  );
}

const fail = { status: "fail" } as const;
const unknown = { status: "unknown", reason: "undecidable" } as const;

describe("what becomes of a finding", () => {
  it.each<readonly [string, readonly Finding[], readonly Finding[], ReturnType<typeof filed>]>([
    ["a pass that fails", [topic("a")], [topic("a", fail)], { new: ["a"] }],
    ["a failure of something new", [], [topic("a", fail)], { new: ["a"] }],
    ["an unknown that fails", [topic("a", unknown)], [topic("a", fail)], { new: ["a"] }],
    ["a pass of which nobody knows", [topic("a")], [topic("a", unknown)], { unproven: ["a"] }],
    ["a pass whose evaluation breaks", [topic("a")], [topic("a", { status: "error" })], { unproven: ["a"] }],
    ["something new of which nobody knows", [], [topic("a", unknown)], { unjudged: ["a"] }],
    ["an unknown that stays one", [topic("a", unknown)], [topic("a", unknown)], {}],
    ["a failure of which nobody knows", [topic("a", fail)], [topic("a", unknown)], {}],
    ["a failure that passes", [topic("a", fail)], [topic("a")], { fixed: ["a"] }],
    ["a failure whose subject goes", [topic("a", fail)], [], { fixed: ["a"] }],
    ["a pass whose subject goes", [topic("a")], [], {}],
    ["a failure as before", [topic("a", fail)], [topic("a", fail)], { failing: ["a"] }],
  ])("%s", (_, before, after, expected) => {
    expect(filed(before, after)).toEqual(expected);
  });

  it("compares a replacement with what it replaces", () => {
    const old = topic("old", fail);
    const replaced: Touched = {
      address: "Topic",
      declaredType: "AWS::SNS::Topic",
      type: "AWS::SNS::Topic",
      id: "fresh",
      arn: "arn:aws:sns:us-east-1:111122223333:fresh",
      region: "us-east-1",
      kind: "new",
      was: { id: "old", arn: "arn:aws:sns:us-east-1:111122223333:old" },
    };
    expect(filed([old], [topic("fresh", fail)], [replaced])).toEqual({ failing: ["fresh"] });
    expect(filed([old], [topic("fresh")], [replaced])).toEqual({ fixed: ["fresh"] });
    expect(filed([topic("old")], [topic("fresh", unknown)], [replaced])).toEqual({ unproven: ["fresh"] });
  });

  it("takes nothing for mended where the rule could not look everywhere", () => {
    const blind = finding({
      rule: "sns.topic-encrypted",
      subject: { kind: "region", type: "AWS::Region", id: "us-east-1" },
      ...unknown,
    });
    expect(filed([topic("a", fail)], [{ ...blind, id: fingerprint(blind) }])).toEqual({
      unjudged: ["us-east-1"],
    });
  });
});

describe("whether a deployment may go ahead", () => {
  const nothing: Classified = { new: [], unproven: [], unjudged: [], fixed: [], failing: [] };
  const usual = { failOn: "low", allowUnknown: false } as const;
  it.each<readonly [string, Partial<Classified>, object, number]>([
    ["nothing happens", {}, {}, 0],
    ["all that fails failed before", { failing: [topic("a", fail)] }, {}, 0],
    ["something new fails", { new: [topic("a", fail)] }, {}, 1],
    [
      "what is new is below the threshold",
      { new: [topic("a", { ...fail, severity: "low" })] },
      { failOn: "high" },
      0,
    ],
    ["what is new is waived", { new: [topic("a", { ...fail, waiver: { reason: "known" } })] }, {}, 0],
    ["a proof is lost", { unproven: [topic("a", unknown)] }, {}, 3],
    ["something new is not judged", { unjudged: [topic("a", unknown)] }, {}, 3],
    ["unknown is allowed", { unproven: [topic("a", unknown)] }, { allowUnknown: true }, 0],
    ["a failure goes before unknown", { new: [topic("a", fail)], unproven: [topic("b", unknown)] }, {}, 1],
    ["a failure goes before unknown that is allowed", { new: [topic("a", fail)] }, { allowUnknown: true }, 1],
  ])("%s", (_, lists, gate, exitCode) => {
    expect(decideWhatIf({ ...nothing, ...lists }, { ...usual, ...gate }).exitCode).toBe(exitCode);
  });
});
