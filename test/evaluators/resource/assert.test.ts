import { describe, expect, it } from "vitest";
import type { Judgement } from "../../../src/core/judgement.js";
import { assert } from "../../../src/evaluators/resource/assert.js";
import { account, accountId, resource, statuses } from "../../support/build.js";

const type = "AWS::CloudTrail::Trail";
const trail = (id: string, part: Partial<Parameters<typeof resource>[0]>): ReturnType<typeof resource> =>
  resource({ type, id, arn: `arn:${id}`, ...part });
const on = trail("on", { properties: { EnableLogFileValidation: true, Name: "on" } });
const off = trail("off", { properties: { EnableLogFileValidation: false, Name: "off" } });
const absent = trail("absent", { properties: { EnableLogFileValidation: null, Name: "absent" } });
const denied = trail("denied", {
  properties: { Name: "denied" },
  unreadable: {
    EnableLogFileValidation: { reason: "AccessDenied", action: "cloudtrail:GetTrail", region: "us-east-1" },
  },
});
const unasked = trail("unasked", { properties: { Name: "unasked" } });
const all = [on, off, absent, denied, unasked];

const tree = { for: type, noun: "trail", assert: { path: "EnableLogFileValidation", equals: true } } as const;
const judge = async (
  options: Parameters<typeof assert.evaluate>[1],
  part: Parameters<typeof account>[0] = { resources: all },
): Promise<readonly Judgement[]> => assert.evaluate(account(part), options);

describe("every resource", () => {
  it("passes, fails, or is unknown by what was read", async () => {
    expect(statuses(await judge(tree))).toEqual({
      on: "pass",
      off: "fail",
      absent: "fail",
      denied: "unknown",
      unasked: "unknown",
    });
  });

  it("says why it is unknown and what to grant", async () => {
    const verdicts = new Map((await judge(tree)).map(({ subject, verdict }) => [subject.id, verdict]));
    expect(verdicts.get("denied")).toMatchObject({
      reason: "unreadable",
      message:
        "EnableLogFileValidation of denied could not be read: AccessDenied; grant cloudtrail:GetTrail in us-east-1",
    });
    expect(verdicts.get("unasked")).toMatchObject({ reason: "not-collected" });
  });

  it("carries the observed values and where they come from", async () => {
    const [judgement] = await judge(tree, { resources: [off] });
    expect(judgement?.verdict).toMatchObject({
      witness: { resource: "arn:off", EnableLogFileValidation: false },
      evidence: [
        {
          path: "arn:off/EnableLogFileValidation",
          value: false,
          from: "test:ReadEnableLogFileValidation us-east-1",
        },
      ],
    });
  });

  it("fills the message from the resource", async () => {
    const [judgement] = await judge(
      { ...tree, message: "{id} in {region}: {EnableLogFileValidation}, {Missing}" },
      { resources: [off] },
    );
    expect(judgement?.verdict.message).toBe("off in us-east-1: false, unknown");
  });

  it("concerns only those that where admits", async () => {
    expect(statuses(await judge({ ...tree, where: { path: "Name", like: "o*" } }))).toEqual({
      on: "pass",
      off: "fail",
    });
  });

  it("is unknown where it cannot be said whether a resource is concerned", async () => {
    const options = {
      ...tree,
      where: { path: "EnableLogFileValidation", equals: true },
      assert: { path: "Name", equals: "nothing" },
    };
    expect(statuses(await judge(options, { resources: [denied, off] }))).toEqual({ denied: "unknown" });
  });

  it("takes an expression as well", async () => {
    const options = {
      ...tree,
      assert: "has(resource.EnableLogFileValidation) && resource.EnableLogFileValidation",
    };
    expect(statuses(await judge(options))).toEqual({
      on: "pass",
      off: "fail",
      absent: "fail",
      denied: "unknown",
      unasked: "unknown",
    });
  });

  it("is an error where an expression does not guard what is not set", async () => {
    const [judgement] = await judge(
      { ...tree, assert: "resource.EnableLogFileValidation" },
      { resources: [absent] },
    );
    expect(judgement?.verdict).toMatchObject({
      status: "error",
      message:
        "resource.EnableLogFileValidation is not set; guard it with has(resource.EnableLogFileValidation)",
    });
  });
});

describe("without such a resource", () => {
  const nothing = { collected: { [type]: { listed: ["eu-west-1", "us-east-1"], properties: {} } } };
  it.each([["not-applicable" as const], ["fail" as const]])(
    "absence is %s as the rule says",
    async (absence) => {
      expect(
        (await judge({ ...tree, absence }, nothing)).map(
          ({ subject, verdict }) => `${subject.kind} ${verdict.status}`,
        ),
      ).toEqual([`account ${absence}`]);
    },
  );

  it("a region that could not be listed is unknown, never absent", async () => {
    const gaps = [
      {
        account: accountId,
        type,
        region: "eu-west-1",
        reason: "AccessDenied",
        action: "cloudtrail:DescribeTrails",
      },
    ];
    const judgements = await judge({ ...tree, absence: "fail" }, { ...nothing, gaps });
    expect(judgements.map(({ subject, verdict }) => `${subject.id} ${verdict.status}`)).toEqual([
      "eu-west-1 unknown",
    ]);
    expect(judgements[0]?.verdict.message).toContain("grant cloudtrail:DescribeTrails in eu-west-1");
  });

  it("a snapshot that does not hold the type is one unknown, never absent", async () => {
    expect(
      (await judge(tree, {})).map(({ subject, verdict }) => `${subject.kind} ${verdict.status}`),
    ).toEqual(["account unknown"]);
  });
});

describe("counting", () => {
  const gaps = [{ account: accountId, type, region: "eu-west-1", reason: "AccessDenied" }];
  it.each([
    ["some passes with one", { quantifier: "some" as const }, { resources: all }, "pass"],
    [
      "some passes with one, whatever else is hidden",
      { quantifier: "some" as const },
      { resources: [on], gaps },
      "pass",
    ],
    ["some fails with none", { quantifier: "some" as const }, { resources: [off, absent] }, "fail"],
    [
      "some is unknown when the one could be hidden",
      { quantifier: "some" as const },
      { resources: [off], gaps },
      "unknown",
    ],
    [
      "some is unknown when the one could be unreadable",
      { quantifier: "some" as const },
      { resources: [off, denied] },
      "unknown",
    ],
    [
      "none fails with one, whatever is hidden",
      { quantifier: "none" as const },
      { resources: [on, denied], gaps },
      "fail",
    ],
    [
      "none is unknown while something is hidden",
      { quantifier: "none" as const },
      { resources: [off], gaps },
      "unknown",
    ],
    ["none passes", { quantifier: "none" as const }, { resources: [off] }, "pass"],
    [
      "count within bounds passes",
      { quantifier: "count" as const, "at-least": 1, "at-most": 1 },
      { resources: [on, off] },
      "pass",
    ],
    ["count above fails", { quantifier: "count" as const, "at-most": 0 }, { resources: [on] }, "fail"],
    ["count below fails", { quantifier: "count" as const, "at-least": 2 }, { resources: [on, off] }, "fail"],
    [
      "count that the unreadable could reach is unknown",
      { quantifier: "count" as const, "at-least": 2 },
      { resources: [on, denied] },
      "unknown",
    ],
  ])("%s", async (_, part, state, expected) => {
    const judgements = await judge({ ...tree, ...part }, state);
    expect(judgements.map(({ verdict }) => verdict.status)).toEqual([expected]);
  });

  it("is an error where an expression that does not fit could decide", async () => {
    const options = { ...tree, assert: "resource.EnableLogFileValidation", quantifier: "some" as const };
    expect((await judge(options, { resources: [absent, off] }))[0]?.verdict).toMatchObject({
      status: "error",
      message: expect.stringContaining("guard it with has("),
    });
    expect((await judge(options, { resources: [absent, on] }))[0]?.verdict.status).toBe("pass");
  });

  it("is not held up by a resource that fails whether or not it is concerned", async () => {
    const options = {
      ...tree,
      where: { path: "EnableLogFileValidation", equals: true },
      assert: { path: "Name", equals: "nothing" },
      quantifier: "none" as const,
    };
    expect((await judge(options, { resources: [denied, on] }))[0]?.verdict.status).toBe("pass");
  });

  it("shows each candidate", async () => {
    const [judgement] = await judge({ ...tree, quantifier: "some" });
    expect(judgement?.verdict).toMatchObject({
      candidates: [
        { ref: "arn:absent", status: "fail" },
        { ref: "arn:denied", status: "unknown" },
        { ref: "arn:off", status: "fail" },
        { ref: "arn:on", status: "pass" },
        { ref: "arn:unasked" },
      ],
    });
  });
});

it("needs the properties that its message names", async () => {
  expect(await assert.needs({ ...tree, message: "{id} of {account}: {Name.First}" })).toEqual([
    { type, properties: ["EnableLogFileValidation", "Name"] },
  ]);
});

it("needs the properties that its conditions name, and nothing else", async () => {
  expect(
    await assert.needs({ ...tree, where: "resource.Name.like('o*') && resource.region == 'us-east-1'" }),
  ).toEqual([{ type, properties: ["Name", "EnableLogFileValidation"] }]);
});

describe("when a rule loads", () => {
  const types = {
    names: [type],
    propertiesOf: (name: string) =>
      Promise.resolve(name === type ? ["Name", "EnableLogFileValidation"] : undefined),
  };
  it.each([
    [
      "a misspelt type",
      { ...tree, for: "AWS::CloudTrail::Trial" },
      { code: "unknown-type", path: ["for"], hint: `did you mean "${type}"?` },
    ],
    [
      "a misspelt property in a tree",
      { ...tree, assert: { all: [{ path: "EnableLogFileValidatoin", equals: true }] } },
      {
        code: "unknown-property",
        path: ["assert", "all", 0, "path"],
        hint: 'did you mean "EnableLogFileValidation"?',
      },
    ],
    [
      "a misspelt property in an expression",
      { ...tree, assert: "resource.Nane == 'x'" },
      { code: "unknown-property", path: ["assert"], offset: 9, length: 4, hint: 'did you mean "Name"?' },
    ],
    [
      "a bad expression beside a misspelt type",
      { ...tree, for: "AWS::CloudTrail::Trial", assert: "resource.Name ==" },
      { code: "unknown-type" },
      { code: "bad-expression", path: ["assert"] },
    ],
    [
      "a misspelt property in the message",
      { ...tree, message: "{id}: {Nmae.First}" },
      { code: "unknown-property", path: ["message"], offset: 7, length: 4, hint: 'did you mean "Name"?' },
    ],
    [
      "a resource's property in a message about the account",
      { ...tree, quantifier: "some" as const, message: "{Name} is bad" },
      { code: "bad-value", path: ["message"], offset: 1, length: 4 },
    ],
    [
      "bounds that nothing can lie within",
      { ...tree, quantifier: "count" as const, "at-least": 5, "at-most": 2 },
      { code: "bad-value", path: ["at-most"], hint: "write 5 or more" },
    ],
    [
      "an item's path outside of a list",
      { ...tree, assert: { path: ".", equals: 1 } },
      { code: "bad-value", path: ["assert", "path"], hint: "name a property" },
    ],
    [
      "a bad regular expression in a tree",
      { ...tree, assert: { any: [{ path: "Name", matches: "(a+)+" }] } },
      { code: "bad-expression", path: ["assert", "any", 0, "matches"] },
    ],
    [
      "a bad expression in where",
      { ...tree, where: "resource.Name ==" },
      { code: "bad-expression", path: ["where"] },
    ],
  ])("%s is found", async (_, options, ...problems) => {
    expect(await assert.review?.(options, types)).toMatchObject(problems);
  });

  it("nothing is wrong with a good rule", async () => {
    expect(await assert.review?.({ ...tree, where: "resource.region == 'us-east-1'" }, types)).toEqual([]);
  });
});

describe("per region", () => {
  const regions = ["eu-west-1", "us-east-1"];
  const there = (id: string, region: string, isOn: boolean | null): ReturnType<typeof resource> =>
    trail(id, { region, properties: { EnableLogFileValidation: isOn } });
  const nothing = {
    resources: [],
    collected: { [type]: { listed: ["af-south-1", "eu-west-1", "us-east-1"], properties: {} } },
  };
  const perRegion = { ...tree, per: "region", absence: "fail" } as const;

  it("judges each region by the resources there", async () => {
    const resources = [
      there("a", "us-east-1", true),
      there("b", "us-east-1", false),
      there("c", "eu-west-1", true),
    ];
    expect(statuses(await judge(perRegion, { regions, resources }))).toEqual({
      "us-east-1": "fail",
      "eu-west-1": "pass",
    });
    expect(statuses(await judge({ ...perRegion, quantifier: "some" }, { regions, resources }))).toEqual({
      "us-east-1": "pass",
      "eu-west-1": "pass",
    });
    expect(statuses(await judge({ ...perRegion, quantifier: "none" }, { regions, resources }))).toEqual({
      "us-east-1": "fail",
      "eu-west-1": "fail",
    });
  });

  it("judges absence for each region, as it is told to", async () => {
    const resources = [there("a", "us-east-1", true)];
    expect(statuses(await judge(perRegion, { regions, resources }))).toEqual({
      "us-east-1": "pass",
      "eu-west-1": "fail",
    });
    const lenient = { ...perRegion, absence: "not-applicable" } as const;
    expect(statuses(await judge(lenient, { regions, resources }))).toEqual({
      "us-east-1": "pass",
      "eu-west-1": "not-applicable",
    });
    const none = { ...perRegion, quantifier: "none" } as const;
    expect(statuses(await judge(none, { regions, ...nothing }))).toEqual({
      "us-east-1": "pass",
      "eu-west-1": "pass",
    });
  });

  it("takes resources that `where` leaves out for absent", async () => {
    const resources = [there("a", "us-east-1", false)];
    const where = { path: "EnableLogFileValidation", equals: true };
    expect(statuses(await judge({ ...perRegion, where }, { regions: ["us-east-1"], resources }))).toEqual({
      "us-east-1": "fail",
    });
  });

  it("knows nothing of a region that could not be listed, and lets the others stand", async () => {
    const gaps = [{ account: accountId, type, region: "eu-west-1", reason: "AccessDenied" }];
    const resources = [there("a", "us-east-1", true)];
    expect(statuses(await judge(perRegion, { regions, resources, gaps }))).toEqual({
      "us-east-1": "pass",
      "eu-west-1": "unknown",
    });
  });

  it("fails what is broken for certain, whatever else could not be read", async () => {
    const region = "us-east-1";
    const resources = [{ ...denied, region }, there("b", region, false)];
    expect(statuses(await judge(perRegion, { regions: [region], resources }))).toEqual({ [region]: "fail" });
    expect(
      statuses(await judge(perRegion, { regions: [region], resources: [{ ...denied, region }] })),
    ).toEqual({ [region]: "unknown" });
  });

  it("does not judge regions without the service", async () => {
    const served = { ...perRegion, "served-as": "mediapackage-vod" } as const;
    const judged = await judge(served, { regions: ["us-east-1", "af-south-1"], ...nothing });
    expect(statuses(judged)).toEqual({ "us-east-1": "fail" });
  });
});
