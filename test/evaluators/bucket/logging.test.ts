import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/core/json.js";
import type { Resource } from "../../../src/core/resource.js";
import { bucketLogging } from "../../../src/evaluators/bucket/logging.js";
import { account, resource } from "../../support/build.js";
import { kmsKey } from "../../../src/collectors/kms/key.js";
import { s3Bucket } from "../../../src/collectors/s3/bucket.js";
import { plannedCalls } from "../../../src/sources/planned-calls.js";
import { makePlan } from "../../../src/sources/plan.js";

const bucket = (
  id: string,
  properties: JsonObject,
  more: { readonly observed?: JsonObject; readonly region?: string } = {},
) =>
  resource({
    type: "AWS::S3::Bucket",
    id,
    arn: `arn:aws:s3:::${id}`,
    ...more,
    properties: { LoggingConfiguration: null, ...properties },
    observed: { OwnedByAccount: true, ...more.observed },
  });
const logsTo = (DestinationBucketName: string) => ({
  LoggingConfiguration: { DestinationBucketName, LogFilePrefix: "" },
});
const admits = JSON.stringify({
  Statement: [
    {
      Effect: "Allow",
      Principal: { Service: "logging.s3.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: "arn:aws:s3:::logs/*",
    },
  ],
});
const storage = { ObjectLockEnabled: null, ObjectLockConfiguration: null, BucketEncryption: null };
const logs = bucket("logs", storage, {
  observed: { Policy: admits, Grants: [], RequestPayment: "BucketOwner" },
});
const judge = (demand: "on" | "target", ...resources: readonly Resource[]) =>
  Object.fromEntries(
    bucketLogging
      .evaluate(account({ resources }), { demand, buckets: "all" })
      .map(({ subject, verdict }) => [subject.id, verdict]),
  );

describe("bucket-logging", () => {
  it("logging to itself is on, with a note, and no target", () => {
    expect(judge("on", bucket("b", logsTo("b")))).toMatchObject({
      b: { status: "pass", notes: [expect.stringContaining("logged again")] },
    });
    expect(judge("target", bucket("b", logsTo("b")))).toMatchObject({ b: { status: "fail" } });
  });

  it("a bucket of somebody else that a bucket names is no subject", () => {
    expect(
      Object.keys(
        judge(
          "on",
          bucket("b", logsTo("theirs")),
          bucket("theirs", {}, { observed: { OwnedByAccount: false } }),
        ),
      ),
    ).toEqual(["b"]);
  });

  it("a target is judged by existence, region and policy", () => {
    expect(judge("target", bucket("b", logsTo("logs")), logs)).toMatchObject({
      b: { status: "pass" },
      logs: { status: "not-applicable" },
    });
    expect(
      judge("target", bucket("b", logsTo("gone")), bucket("gone", {}, { observed: { Exists: false } })),
    ).toMatchObject({ b: { status: "fail", witness: { target: "gone" } } });
    expect(judge("target", bucket("b", logsTo("logs"), { region: "eu-west-1" }), logs)).toMatchObject({
      b: { status: "fail", message: expect.stringContaining("must be in eu-west-1") },
    });
    expect(judge("target", bucket("b", logsTo("unseen")))).toMatchObject({
      b: { status: "unknown", reason: "not-collected" },
    });
  });

  it("asks only targets how they store, and only their keys", () => {
    const collectors = new Map([s3Bucket, kmsKey].map((collector) => [collector.type, collector]));
    const asked = (demand: "on" | "target"): Readonly<Record<string, boolean>> => {
      const needs = bucketLogging.needs({ demand, buckets: "all" });
      const calls = plannedCalls(makePlan(needs, collectors), ["us-east-1"]);
      return Object.fromEntries(
        calls.map(({ operation, often }) => [
          operation,
          often.kind === "each-resource" && often.only !== undefined,
        ]),
      );
    };
    expect(asked("target")).toMatchObject({
      "s3:GetBucketLogging": false,
      "s3:GetBucketEncryption": true,
      "s3:GetBucketRequestPayment": true,
      "s3:GetObjectLockConfiguration": true,
      "kms:DescribeKey": true,
    });
    // Nor does it ask more than that of the places that log deliveries end in.
    const stores = Object.entries(asked("on")).filter(([name]) => /Encryption|Payment|Lock|kms/u.test(name));
    expect(stores.map(([, isOfSome]) => isOfSome)).not.toContain(false);
  });
});
