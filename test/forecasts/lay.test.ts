import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Change } from "../../src/core/change.js";
import { lay } from "../../src/forecasts/lay.js";
import { viewAccount } from "../../src/shared/view-account.js";
import { accountId, resource, snapshot } from "../support/build.js";

const TOPIC = "AWS::SNS::Topic";
const arn = `arn:aws:sns:us-east-1:${accountId}:pager`;
const topic = resource({
  type: TOPIC,
  id: "pager",
  arn,
  properties: { TopicName: "pager", KmsMasterKeyId: null },
  observed: { Exists: true, Policy: "{}" },
  unreadable: { Policy: { reason: "AccessDenied", action: "sns:GetTopicAttributes" } },
});
const bucket = resource({ type: "AWS::S3::Bucket", id: "logs", properties: { BucketName: "logs" } });
const state = snapshot({ resources: [bucket, topic] });
const toTopic = { type: TOPIC, id: "pager", arn, region: "us-east-1" };

describe("a change laid over a state", () => {
  it("sets what it names, and nothing else", () => {
    const after = lay(state, [{ kind: "set", ...toTopic, properties: { KmsMasterKeyId: "key" } }]);
    expect(viewAccount(after).find(TOPIC, arn)).toEqual({
      ...topic,
      properties: { TopicName: "pager", KmsMasterKeyId: "key" },
    });
    expect(after.resources).toContain(bucket);
  });

  it("makes readable what it sets", () => {
    const after = lay(state, [{ kind: "set", ...toTopic, observed: { Policy: '{"Version":"x"}' } }]);
    expect(after.resources[1]?.observed).toEqual({ Exists: true, Policy: '{"Version":"x"}' });
    expect(after.resources[1]).not.toHaveProperty("unreadable");
  });

  it("creates a resource that answers all that was asked of its type", () => {
    const other = `${arn}-2`;
    const after = lay(state, [
      {
        kind: "create",
        type: TOPIC,
        id: "pager-2",
        arn: other,
        region: "us-east-1",
        observed: { Policy: "{}" },
      },
    ]);
    expect(viewAccount(after).find(TOPIC, other)).toEqual({
      type: TOPIC,
      id: "pager-2",
      arn: other,
      account: accountId,
      region: "us-east-1",
      properties: { TopicName: null, KmsMasterKeyId: null },
      observed: { Policy: "{}", Exists: true },
    });
  });

  it("overwrites where that name exists already", () => {
    const after = lay(state, [{ kind: "create", ...toTopic, properties: { KmsMasterKeyId: "key" } }]);
    expect(after.resources).toHaveLength(2);
    expect(after.resources[1]?.properties).toEqual({ TopicName: "pager", KmsMasterKeyId: "key" });
  });

  it("makes anew what was known to be gone", () => {
    const after = lay(state, [
      { kind: "remove", ...toTopic },
      { kind: "create", ...toTopic, properties: { TopicName: "pager" } },
    ]);
    expect(
      viewAccount(after)
        .list(TOPIC)
        .resources.map(({ id }) => id),
    ).toEqual(["pager"]);
  });

  it("removes a resource so that whoever refers to it is told that it is gone", () => {
    const account = viewAccount(lay(state, [{ kind: "remove", ...toTopic }]));
    expect(account.list(TOPIC).resources).toEqual([]);
    expect(account.find(TOPIC, arn)?.observed).toEqual({ Exists: false, Policy: null });
    expect(account.find(TOPIC, arn)?.properties).toEqual({
      TopicName: null,
      KmsMasterKeyId: null,
      Policy: null,
    });
  });

  it("finds by region and name what has no ARN", () => {
    const elsewhere: Change = {
      kind: "set",
      type: bucket.type,
      id: "logs",
      region: "eu-west-1",
      properties: { A: 1 },
    };
    expect(lay(state, [elsewhere]).resources).toEqual(state.resources);
    expect(lay(state, [{ ...elsewhere, region: "us-east-1" }]).resources[0]?.properties).toEqual({
      BucketName: "logs",
      A: 1,
    });
  });

  it.each([
    ["sets", "set"],
    ["removes", "remove"],
  ] as const)("%s nothing that the state does not hold", (_, kind) => {
    const stranger: Change = {
      kind,
      type: TOPIC,
      id: "x",
      arn: `${arn}x`,
      region: "us-east-1",
      properties: { A: 1 },
    };
    expect(lay(state, [stranger]).resources).toEqual(state.resources);
  });
});

describe("changes in a row", () => {
  const value = fc.constantFrom("a", "b", null);
  const change: fc.Arbitrary<Change> = fc.record({
    kind: fc.constantFrom("create", "set", "remove"),
    type: fc.constant(TOPIC),
    id: fc.constant("pager"),
    arn: fc.constant(arn),
    region: fc.constant("us-east-1"),
    properties: fc.dictionary(fc.constantFrom("KmsMasterKeyId", "DisplayName"), value),
  });

  it("laid together are the same as laid one by one, and leave the state that they were laid over alone", () => {
    const before = JSON.stringify(state);
    fc.assert(
      fc.property(fc.array(change, { maxLength: 5 }), (changes) => {
        const together = lay(state, changes);
        expect(together).toEqual(changes.reduce((one, next) => lay(one, [next]), state));
        expect(lay(together, changes.slice(-1))).toEqual(together);
        expect(JSON.stringify(state)).toBe(before);
      }),
    );
  });
});
