import { expect, it } from "vitest";
import type { Finding } from "../../src/core/report.js";
import { couldHide } from "../../src/engine/judged-places.js";

const finding = (part: Pick<Finding, "status" | "region">, kind: Finding["subject"]["kind"]): Finding =>
  ({ ...part, subject: { kind, type: "AWS::SNS::Topic", id: "it" } }) as Finding;

// what the finding says | where | about what | the place asked about | whether it could hide there
it.each<[Finding["status"], string, Finding["subject"]["kind"], string, boolean]>([
  ["unknown", "eu-west-1", "region", "eu-west-1", true],
  ["error", "eu-west-1", "region", "eu-west-1", true],
  ["unknown", "global", "account", "eu-west-1", true],
  ["unknown", "eu-west-1", "region", "global", true],
  ["unknown", "eu-west-1", "region", "us-east-1", false],
  ["unknown", "eu-west-1", "resource", "eu-west-1", false],
  ["pass", "eu-west-1", "region", "eu-west-1", false],
  ["fail", "global", "account", "eu-west-1", false],
])("%s in %s about a %s, asked about %s: %s", (status, region, kind, asked, expected) => {
  expect(couldHide(finding({ status, region }, kind), asked)).toBe(expected);
});
