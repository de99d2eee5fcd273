import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/core/json.js";
import { keyRotation } from "../../../src/evaluators/kms/key-rotation.js";
import { account, accountId, resource } from "../../support/build.js";

const arn = `arn:aws:kms:us-east-1:${accountId}:key/11111111-2222-3333-4444-555555555555`;
const regions = ["us-east-1"];
const collected = Object.fromEntries(
  ["AWS::CloudTrail::Trail", "AWS::Logs::LogGroup", "AWS::SNS::Topic"].map((type) => [
    type,
    { listed: regions, properties: {} },
  ]),
);
const trail = (KMSKeyId: string | null) =>
  resource({ type: "AWS::CloudTrail::Trail", id: "audit", properties: { KMSKeyId } });
const topic = (KmsMasterKeyId: string) =>
  resource({ type: "AWS::SNS::Topic", id: "t", properties: { KmsMasterKeyId } });
const key = (part: JsonObject, id = "11111111-2222-3333-4444-555555555555", of = arn) =>
  resource({
    type: "AWS::KMS::Key",
    id,
    arn: of,
    properties: part,
    observed: { KeyArn: arn, KeyManager: "CUSTOMER" },
  });
const judge = (...resources: readonly ReturnType<typeof resource>[]) =>
  keyRotation
    .evaluate(account({ regions, resources, collected }), {})
    .map(({ subject, verdict }) => [subject.id, verdict.status]);

describe("key-rotation", () => {
  it("a key under two names is one subject", () => {
    const alias = key(
      { EnableKeyRotation: true },
      "alias/logs",
      `arn:aws:kms:us-east-1:${accountId}:alias/logs`,
    );
    expect(judge(trail(arn), topic("alias/logs"), key({ EnableKeyRotation: true }), alias)).toEqual([
      ["11111111-2222-3333-4444-555555555555", "pass"],
    ]);
  });

  it("a key that the snapshot does not hold leaves what it encrypts unknown", () => {
    expect(judge(trail(arn))).toEqual([["audit", "unknown"]]);
  });

  it("what something is encrypted with must be readable", () => {
    const hidden = resource({
      type: "AWS::SNS::Topic",
      id: "t",
      unreadable: { KmsMasterKeyId: { reason: "AccessDenied" } },
    });
    expect(judge(hidden)).toEqual([["t", "unknown"]]);
  });

  it("without a customer key there is nothing to judge", () => {
    expect(judge(trail(null), topic("alias/aws/sns"))).toEqual([[accountId, "not-applicable"]]);
  });

  it("a key that is gone fails", () => {
    const gone = resource({
      type: "AWS::KMS::Key",
      id: "k",
      arn,
      properties: { EnableKeyRotation: null },
      observed: { Exists: false, KeyArn: null, KeyManager: null },
    });
    expect(judge(trail(arn), gone)).toEqual([["k", "fail"]]);
  });
});
