import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/core/json.js";
import { bucketNotifications } from "../../../src/evaluators/bucket/notifications.js";
import { account, accountId, resource } from "../../support/build.js";

const bucket = (NotificationConfiguration: JsonObject | null) =>
  resource({
    type: "AWS::S3::Bucket",
    id: "archive",
    arn: "arn:aws:s3:::archive",
    properties: { NotificationConfiguration },
    observed: { OwnedByAccount: true },
  });
const bridge = { EventBridgeConfiguration: { EventBridgeEnabled: true } };
const rule = (id: string, pattern: object, more: JsonObject = {}) =>
  resource({
    type: "AWS::Events::Rule",
    id,
    properties: {
      Name: id,
      EventBusName: "default",
      State: "ENABLED",
      EventPattern: JSON.stringify(pattern),
      Targets: [{ Id: "1", Arn: "arn:aws:sns:us-east-1:1:t" }],
      ...more,
    },
  });
const rules = { "AWS::Events::Rule": { listed: ["eu-west-1", "us-east-1"], properties: {} } };
const judge = (...resources: readonly ReturnType<typeof resource>[]) =>
  bucketNotifications.evaluate(account({ resources, collected: rules }), {
    demand: "restore",
    buckets: "all",
  })[0]!.verdict;
const s3 = { source: ["aws.s3"] };
const half = (prefix: object) => ({ ...s3, detail: { object: { key: [prefix] } } });

describe("bucket-notifications", () => {
  it("rules may take the restores together", () => {
    expect(
      judge(
        bucket(bridge),
        rule("a", half({ prefix: "a/" })),
        rule("b", half({ "anything-but": { prefix: "a/" } })),
      ),
    ).toMatchObject({ status: "pass" });
  });

  it("one half alone is not enough", () => {
    expect(judge(bucket(bridge), rule("a", half({ prefix: "a/" })))).toMatchObject({
      status: "fail",
      message: expect.stringContaining("only some of them"),
    });
  });

  it.each<[string, JsonObject | undefined, object, string]>([
    ["a rule on another bus", { EventBusName: "own" }, s3, "fail"],
    ["a rule for another account", undefined, { ...s3, account: ["999999999999"] }, "fail"],
    ["a rule for another region", undefined, { ...s3, region: ["eu-west-1"] }, "fail"],
    [
      "a rule for this account and bucket",
      undefined,
      { ...s3, account: [accountId], resources: ["arn:aws:s3:::archive"] },
      "pass",
    ],
    ["a rule for deletions", undefined, { ...s3, "detail-type": ["Object Deleted"] }, "fail"],
    ["a rule whose pattern is broken", { EventPattern: "{" }, s3, "unknown"],
  ])("%s: %s", (_, more, pattern, status) => {
    expect(judge(bucket(bridge), rule("r", pattern, more))).toMatchObject({ status });
  });

  it("rules are the candidates, each with what breaks it", () => {
    const state = [
      bucket(bridge),
      rule("off", s3, { State: "DISABLED" }),
      rule("bare", s3, { Targets: [] }),
      rule("other", { source: ["aws.ec2"] }),
    ];
    expect(judge(...state)).toMatchObject({
      status: "fail",
      candidates: [
        { ref: "bare", brokenLink: "it has no target" },
        { ref: "off", brokenLink: "it is disabled" },
      ],
    });
  });

  describe("queues and functions", () => {
    const [q, f] = [
      `arn:aws:sqs:us-east-1:${accountId}:q`,
      `arn:aws:lambda:us-east-1:${accountId}:function:f`,
    ] as const;
    const toQueue = { QueueConfigurations: [{ Event: "s3:ObjectRestore:*", Queue: q }] };
    const toFunction = { LambdaConfigurations: [{ Event: "s3:ObjectRestore:Completed", Function: f }] };
    const admitting = (service: string) =>
      JSON.stringify({
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: service },
            Action: "*",
            Resource: "*",
            Condition: {
              ArnLike: { "aws:SourceArn": "arn:aws:s3:::archive" },
              StringEquals: { "aws:SourceAccount": accountId },
            },
          },
        ],
      });
    const queue = (Policy: string | null) =>
      resource({
        type: "AWS::SQS::Queue",
        id: "q",
        arn: q,
        properties: { KmsMasterKeyId: null },
        observed: { Policy },
      });
    const made = (Policy: string | null) =>
      resource({ type: "AWS::Lambda::Function", id: "f", arn: f, observed: { State: "Active", Policy } });
    const gone = { Exists: false };
    it.each<[string, object, readonly ReturnType<typeof resource>[]]>([
      [
        "a queue that admits the bucket",
        { status: "pass", candidates: [{ ref: q, status: "pass" }] },
        [bucket(toQueue), queue(admitting("s3.amazonaws.com"))],
      ],
      [
        "a queue that admits EventBridge",
        {
          status: "fail",
          candidates: [
            {
              ref: q,
              status: "fail",
              brokenLink: expect.stringContaining("its policy does not let s3.amazonaws.com") as unknown,
            },
          ],
        },
        [bucket(toQueue), queue(admitting("events.amazonaws.com"))],
      ],
      ["a queue without a policy", { status: "fail" }, [bucket(toQueue), queue(null)]],
      [
        "a queue that is gone",
        { status: "fail", message: expect.stringContaining(`queue ${q} does not exist`) as unknown },
        [bucket(toQueue), { ...queue(null), observed: gone }],
      ],
      [
        "a queue that may not be read",
        { status: "unknown", reason: "unreadable" },
        [
          bucket(toQueue),
          resource({
            type: "AWS::SQS::Queue",
            id: "q",
            arn: q,
            unreadable: {
              Exists: { reason: "AccessDenied", action: "sqs:GetQueueAttributes" },
              Policy: { reason: "AccessDenied", action: "sqs:GetQueueAttributes" },
            },
          }),
        ],
      ],
      [
        "a queue that is not in the snapshot",
        { status: "unknown", reason: "not-collected" },
        [bucket(toQueue)],
      ],
      [
        "a function that admits the bucket",
        { status: "pass" },
        [bucket(toFunction), made(admitting("s3.amazonaws.com"))],
      ],
      ["a function without a policy", { status: "fail" }, [bucket(toFunction), made(null)]],
      [
        "a function that is gone",
        { status: "fail" },
        [bucket(toFunction), { ...made(null), observed: gone }],
      ],
      [
        "a function that is gone beside a queue that admits the bucket",
        { status: "pass" },
        [
          bucket({ ...toFunction, ...toQueue }),
          { ...made(null), observed: gone },
          queue(admitting("s3.amazonaws.com")),
        ],
      ],
    ])("%s", (_, verdict, resources) => {
      expect(judge(...resources)).toMatchObject(verdict);
    });
  });
});
