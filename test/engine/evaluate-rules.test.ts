import { describe, expect, it } from "vitest";
import type { Evaluator } from "../../src/core/evaluator.js";
import { aboutAccount, aboutResource } from "../../src/core/judgement.js";
import type { Judgement } from "../../src/core/judgement.js";
import { fail, notApplicable, pass } from "../../src/core/verdict.js";
import { evaluateRules } from "../../src/engine/evaluate-rules.js";
import { account, resource, rule } from "../support/build.js";

const bucket = (id: string): ReturnType<typeof resource> =>
  resource({ type: "AWS::S3::Bucket", id, arn: `arn:aws:s3:::${id}` });
const evaluator = (id: string, evaluate: () => readonly Judgement[]): [string, Evaluator] => [
  id,
  { contract: 1, id, summary: id, options: {}, needs: () => [], evaluate },
];
const run = (
  evaluators: readonly [string, Evaluator][],
  rules: Parameters<typeof evaluateRules>[0],
): ReturnType<typeof evaluateRules> => evaluateRules(rules, account(), { evaluators: new Map(evaluators) });

describe("evaluating rules", () => {
  const good = evaluator("good", () => [
    aboutResource(bucket("b"), pass("fine")),
    aboutResource(bucket("a"), fail("bad", { witness: { key: "a/1" } })),
  ]);

  it("turns judgements into sorted findings that carry the rule's words", async () => {
    const controls = { "nist-800-53-r5": ["AU-2", "AU-12"] };
    const findings = await run(
      [good],
      [rule({ id: "x.y", evaluator: "good", severity: "high", controls, remediation: { text: "mend it" } })],
    );
    expect(findings.map(({ subject, status }) => `${subject.id} ${status}`)).toEqual(["a fail", "b pass"]);
    expect(findings[0]).toMatchObject({
      rule: "x.y",
      severity: "high",
      witness: { key: "a/1" },
      remediation: { text: "mend it" },
    });
    expect(findings[0]?.controls).toEqual([
      { framework: "nist-800-53-r5", id: "AU-2" },
      { framework: "nist-800-53-r5", id: "AU-12" },
    ]);
    expect(findings[1]?.remediation).toBeUndefined();
  });

  it("lets others have their turn before each rule", async () => {
    const told: string[] = [];
    const telling = evaluator("telling", () => {
      told.push("judged");
      return [aboutAccount(account(), pass("fine"))];
    });
    const pause = (): Promise<void> => {
      told.push("paused");
      return Promise.resolve();
    };
    await evaluateRules(
      [rule({ id: "a", evaluator: "telling" }), rule({ id: "b", evaluator: "telling" })],
      account(),
      { evaluators: new Map([telling]), pause },
    );
    expect(told).toEqual(["paused", "judged", "paused", "judged"]);
  });

  it("prefers a computed remedy to the rule's", async () => {
    const computed = evaluator("computed", () => [
      aboutAccount(account(), fail("bad", { remediation: { text: "exactly this" } })),
    ]);
    expect(
      (
        await run([computed], [rule({ id: "x", evaluator: "computed", remediation: { text: "something" } })])
      )[0]?.remediation,
    ).toEqual({ text: "exactly this" });
  });

  it.each<[string, () => readonly Judgement[], RegExp]>([
    [
      "throws",
      () => {
        throw new Error("boom");
      },
      /boom/,
    ],
    ["yields nothing", () => [], /judged nothing/],
  ])(
    "gives an error finding for an evaluator that %s, and the others stand",
    async (_, evaluate, message) => {
      const findings = await run(
        [good, evaluator("bad", evaluate)],
        [rule({ id: "a.bad", evaluator: "bad" }), rule({ id: "b.good", evaluator: "good" })],
      );
      expect(findings.map(({ status }) => status)).toEqual(["error", "fail", "pass"]);
      expect(findings[0]?.message).toMatch(message);
    },
  );

  it("gives one finding per rule and subject, the worse one", async () => {
    const twice = evaluator("twice", () => [
      aboutResource(bucket("b"), pass("fine")),
      aboutResource(bucket("b"), fail("bad")),
    ]);
    expect((await run([twice], [rule({ id: "x", evaluator: "twice" })])).map(({ status }) => status)).toEqual(
      ["fail"],
    );
  });

  it("gives the same id to the same subject whatever the message, and another to another", async () => {
    const first = await run([good], [rule({ id: "x", evaluator: "good" })]);
    const again = await run(
      [evaluator("good", () => [aboutResource(bucket("b"), fail("other words"))])],
      [rule({ id: "x", evaluator: "good", title: "New" })],
    );
    expect(again[0]?.id).toBe(first[1]?.id);
    expect(first[0]?.id).not.toBe(first[1]?.id);
    expect(first[0]?.id).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe("an account whose id is not known", () => {
  const unknownAccount = (): ReturnType<typeof account> =>
    account({ account: { id: "unknown", partition: "aws" } });
  const judging = (evaluate: Evaluator["evaluate"]): ReturnType<typeof evaluateRules> =>
    evaluateRules([rule({ id: "x", evaluator: "e" })], unknownAccount(), {
      evaluators: new Map([
        ["e", { contract: 1, id: "e", summary: "e", options: {}, needs: () => [], evaluate }],
      ]),
    });

  it("is judged where nothing turns on the id", async () => {
    const findings = await judging((own) => [aboutAccount(own, fail("no trail"))]);
    expect(findings).toMatchObject([{ status: "fail", account: "unknown", subject: { id: "unknown" } }]);
  });

  it.each<[string, Evaluator["evaluate"]]>([
    ["asked for", (own) => [aboutAccount(own, own.id === "111111111111" ? pass("ours") : fail("foreign"))]],
    ["asked for by another name", ({ id, label }) => [aboutAccount({ label }, notApplicable(id))]],
    ["copied", (own) => [aboutAccount({ ...own }, pass("fine"))]],
  ])("is unknown where the id is %s", async (_title, evaluate) => {
    expect(await judging(evaluate)).toMatchObject([
      {
        status: "unknown",
        reason: "unreadable",
        message: "AWS did not say which account this is, and that decides",
      },
    ]);
  });
});
