import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { faultMatrix, silences, untruths } from "../support/fault-matrix.js";
import type { Matrix } from "../support/fault-matrix.js";
import { accounts } from "../support/simulated-aws.js";

const regions = ["eu-west-1", "us-east-1"];

// `npm run test:faults` tries every body at every operation, in all regions.
describe.each([
  ["compliant", 0],
  ["tricky", 1],
] as const)("the account %s, where one operation is answered by nothing", (name, turn) => {
  let matrix: Matrix;
  beforeAll(async () => {
    matrix = await faultMatrix(accounts[name], regions);
  }, 120_000);
  afterAll(() => matrix.stop());

  it.each([
    ["cloudtrail:DescribeTrails", "eu-west-1"],
    ["cloudtrail:DescribeTrails", "us-east-1"],
    ["sns:ListTopics", "us-east-1"],
    ["cloudwatch:DescribeAlarms", "us-east-1"],
    ["sts:GetCallerIdentity", undefined],
    ["s3:ListBuckets", undefined],
  ])("is judged as ever, or not at all, where %s is refused in %s", async (operation, region) => {
    expect(untruths(matrix.undisturbed, await matrix.disturbed(operation, "denied", region))).toEqual([]);
  });

  it("is judged as ever, or not at all: every second operation, and another body each time", async () => {
    const failures: object[] = [];
    for (const [at, operation] of matrix.operations.entries()) {
      if (at % 2 !== turn) continue;
      const how = silences[(3 * at) % silences.length] ?? "empty";
      const untrue = untruths(matrix.undisturbed, await matrix.disturbed(operation, how));
      if (untrue.length > 0) failures.push({ operation, how, untrue });
    }
    expect(failures).toEqual([]);
  }, 300_000);
});
