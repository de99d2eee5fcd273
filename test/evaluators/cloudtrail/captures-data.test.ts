import { describe, expect, it } from "vitest";
import type { Account } from "../../../src/core/account.js";
import type { JsonObject } from "../../../src/core/json.js";
import { account, channel, other, store, trail } from "../../reasoning/capture/account.js";
import {
  glacier,
  objects,
  judge,
  witnessOf,
  links,
  f,
  advanced,
  category,
  s3,
  writeOnly,
} from "./captures.support.js";
import type { Options } from "./captures.support.js";

describe("cloudtrail-captures: stores and channels", () => {
  it("a store with a disabled key takes nothing in", () => {
    const key = "arn:aws:kms:us-east-1:111122223333:key/k";
    const state = (KeyState: string): Account =>
      account({
        resources: [store({ properties: { KmsKeyId: key } }), other("AWS::KMS::Key", "k", { KeyState }, key)],
      });
    expect(judge(state("Disabled"))).toMatchObject({ status: "fail", witness: { kind: "undelivered" } });
    expect(judge(state("Enabled")).status).toBe("pass");
  });

  it("a pass that rests on a channel says so; a channel is not used where a trail suffices", () => {
    const cloudwatch = channel({
      ApplyToAllRegions: true,
      AdvancedEventSelectors: [{ FieldSelectors: [category("Management")] }],
    });
    expect(judge(account({ resources: [cloudwatch] })).notes?.join()).toMatch(
      /rests on the service-linked channel/u,
    );
    expect(judge(account({ resources: [cloudwatch, trail()] })).notes).toBeUndefined();
  });

  it("a channel of one region covers one, and a channel into Lake is no sink", () => {
    const here = channel({
      ApplyToAllRegions: false,
      AdvancedEventSelectors: [{ FieldSelectors: [category("Management")] }],
    });
    expect(judge(account({ resources: [here] }))).toMatchObject({
      status: "fail",
      witness: { region: "eu-west-1" },
    });
    expect(judge(account({ resources: [channel(null, "EVENT_DATA_STORE")] }))).toMatchObject({
      status: "fail",
      candidates: [],
    });
  });

  it("a channel without selectors is undecidable", () => {
    expect(
      judge(account({ resources: [channel({ ApplyToAllRegions: true, AdvancedEventSelectors: null })] })),
    ).toMatchObject({ status: "unknown", reason: "undecidable" });
  });
});

describe("cloudtrail-captures: delivery", () => {
  const refused = { LatestDeliveryError: "AccessDenied" };
  const group = "arn:aws:logs:us-east-1:111122223333:log-group:trail:*";
  const toLogs = { CloudWatchLogsLogGroupArn: group };
  const arrives = { LatestCloudWatchLogsDeliveryTime: "2026-11-20T11:59:00Z" };
  it.each([
    ["S3 refuses", [trail({ observed: refused })], "delivery to S3 fails: AccessDenied"],
    [
      "nothing was ever delivered",
      [trail({ observed: { LatestDeliveryTime: null } })],
      "has never delivered to S3",
    ],
    [
      "the bucket is gone",
      [trail(), other("AWS::S3::Bucket", "logs", { Exists: false })],
      "its bucket logs does not exist",
    ],
    [
      "the key is pending deletion",
      [
        trail({ properties: { KMSKeyId: "arn:aws:kms:us-east-1:111122223333:key/k" } }),
        other(
          "AWS::KMS::Key",
          "k",
          { KeyState: "PendingDeletion" },
          "arn:aws:kms:us-east-1:111122223333:key/k",
        ),
      ],
      "its KMS key k is pending deletion",
    ],
    [
      "S3 and CloudWatch Logs both fail",
      [trail({ properties: toLogs, observed: { ...refused, LatestCloudWatchLogsDeliveryError: "gone" } })],
      "delivery to S3 fails: AccessDenied",
    ],
    [
      "S3 fails and the log group is gone",
      [
        trail({ properties: toLogs, observed: { ...refused, ...arrives } }),
        other("AWS::Logs::LogGroup", "trail", { Exists: false }, group.slice(0, -2)),
      ],
      "delivery to S3 fails: AccessDenied",
    ],
  ] as const)("captured but undelivered: %s", (_, resources, link) => {
    const verdict = judge(account({ resources }));
    expect(verdict).toMatchObject({
      status: "fail",
      witness: { eventName: "AbortMultipartUpload", kind: "undelivered" },
    });
    expect(links(verdict)["main"]).toBe(link);
    expect(verdict.message).toContain(link);
    expect(judge(account({ resources }), { ...glacier, delivered: false }).status).toBe("pass");
  });

  it("one working destination is enough", () => {
    expect(
      judge(account({ resources: [trail({ properties: toLogs, observed: { ...refused, ...arrives } })] }))
        .status,
    ).toBe("pass");
  });

  it("a bucket that the snapshot holds and that exists changes nothing", () => {
    expect(
      judge(account({ resources: [trail(), other("AWS::S3::Bucket", "logs", { Exists: true })] })).status,
    ).toBe("pass");
  });

  it("unknown delivery matters only where nothing else delivers", () => {
    const doubtful = trail({ id: "doubt", unreadable: ["LatestDeliveryTime"] });
    expect(judge(account({ resources: [doubtful] })).status).toBe("unknown");
    expect(judge(account({ resources: [doubtful, trail()] })).status).toBe("pass");
  });

  it("a true gap is told before an undelivered one", () => {
    expect(
      witnessOf(judge(account({ resources: [trail({ properties: writeOnly, observed: refused })] }))),
    ).toMatchObject({ eventName: "DescribeJob", readOnly: true });
  });
});

describe("cloudtrail-captures: data events", () => {
  const arn = (operators: JsonObject): JsonObject =>
    advanced([category("Data"), s3, f("resources.ARN", operators)]);
  it("management events are not object events", () => {
    expect(judge(account({ resources: [trail()] }), objects)).toMatchObject({
      status: "fail",
      witness: {
        eventCategory: "Data",
        eventSource: "s3.amazonaws.com",
        resourceType: "AWS::S3::Object",
        resourceArn: "arn:aws:s3:::example-bucket/object",
      },
    });
  });

  it.each([
    ["every object by no ARN condition", advanced([category("Data"), s3]), objects, undefined],
    [
      "every object by arn:aws:s3",
      { EventSelectors: [{ DataResources: [{ Type: "AWS::S3::Object", Values: ["arn:aws:s3"] }] }] },
      objects,
      undefined,
    ],
    [
      "a bucket is not all buckets",
      arn({ StartsWith: ["arn:aws:s3:::prod/"] }),
      objects,
      "arn:aws:s3:::example-bucket/object",
    ],
    [
      "a left-out bucket",
      arn({ NotStartsWith: ["arn:aws:s3:::archive/"] }),
      objects,
      "arn:aws:s3:::archive/object",
    ],
    [
      "NotEquals a bucket's ARN leaves nothing out",
      arn({ NotEquals: ["arn:aws:s3:::archive/", "arn:aws:s3:::archive"] }),
      objects,
      undefined,
    ],
    ["a left-out ending", arn({ NotEndsWith: [".tmp"] }), objects, "arn:aws:s3:::example-bucket/object.tmp"],
    [
      "the prefix trap: prod also takes prod-logs",
      arn({ StartsWith: ["arn:aws:s3:::prod"] }),
      { data: { type: "AWS::S3::Object", buckets: ["prod-logs", "prod"] } },
      undefined,
    ],
    [
      "leaving out prod also leaves out prod-logs",
      arn({ NotStartsWith: ["arn:aws:s3:::prod"] }),
      { data: { type: "AWS::S3::Object", buckets: ["prod-logs"] } },
      "arn:aws:s3:::prod-logs/object",
    ],
    [
      "a key prefix is not the whole bucket",
      arn({ StartsWith: ["arn:aws:s3:::prod/logs/"] }),
      { data: { type: "AWS::S3::Object", buckets: ["prod"] } },
      "arn:aws:s3:::prod/object",
    ],
    [
      "two key prefixes and the rest make the bucket",
      advanced(
        [category("Data"), s3, f("resources.ARN", { StartsWith: ["arn:aws:s3:::prod/a"] })],
        [
          category("Data"),
          s3,
          f("resources.ARN", { StartsWith: ["arn:aws:s3:::prod/"], NotStartsWith: ["arn:aws:s3:::prod/ab"] }),
        ],
      ),
      { data: { type: "AWS::S3::Object", buckets: ["prod"] } },
      undefined,
    ],
    [
      "one object that is listed",
      arn({ Equals: ["arn:aws:s3:::prod/a"] }),
      { data: { type: "AWS::S3::Object", arns: ["arn:aws:s3:::prod/a"] } },
      undefined,
    ],
    [
      "the object beside it",
      arn({ Equals: ["arn:aws:s3:::prod/a"] }),
      { data: { type: "AWS::S3::Object", arns: ["arn:aws:s3:::prod/a*"] } },
      "arn:aws:s3:::prod/aexample",
    ],
  ] as const)("%s", (_, properties, options, missed) => {
    const verdict = judge(
      account({ resources: [trail({ properties: properties })] }),
      options as unknown as Options,
    );
    expect([verdict.status, witnessOf(verdict)?.["resourceArn"]]).toEqual([
      missed === undefined ? "pass" : "fail",
      missed,
    ]);
  });

  it("a named bucket is judged in its own region where that is known", () => {
    const single = trail({ properties: { IsMultiRegionTrail: false, ...advanced([category("Data"), s3]) } });
    const options: Options = { data: { type: "AWS::S3::Object", buckets: ["prod"] } };
    expect(
      judge(account({ resources: [single, other("AWS::S3::Bucket", "prod", {})] }), options).status,
    ).toBe("pass");
    expect(judge(account({ resources: [single] }), options)).toMatchObject({
      status: "fail",
      witness: { region: "eu-west-1" },
    });
  });

  it("reads and writes are demanded apart", () => {
    const writes = account({
      resources: [
        trail({ properties: advanced([category("Data"), s3, f("readOnly", { Equals: ["false"] })]) }),
      ],
    });
    expect(judge(writes, { data: { type: "AWS::S3::Object", access: "write" } }).status).toBe("pass");
    expect(judge(writes, { data: { type: "AWS::S3::Object", access: "read" } })).toMatchObject({
      status: "fail",
      witness: { eventName: "GetObject", readOnly: true },
    });
  });

  it("listing event names leaves out the ones that AWS adds or that are not catalogued", () => {
    const few = trail({
      properties: advanced([category("Data"), s3, f("eventName", { Equals: ["GetObject", "PutObject"] })]),
    });
    expect(judge(account({ resources: [few] }), objects)).toMatchObject({
      status: "fail",
      witness: { eventName: "AbortMultipartUpload" },
    });
  });

  it("functions and tables: all, and only the account's own in that region", () => {
    const lambda: Options = { data: { type: "AWS::Lambda::Function" } };
    const basic = (Type: string, value: string): JsonObject => ({
      EventSelectors: [{ DataResources: [{ Type, Values: [value] }] }],
    });
    expect(
      judge(
        account({ resources: [trail({ properties: basic("AWS::Lambda::Function", "arn:aws:lambda") })] }),
        lambda,
      ).status,
    ).toBe("pass");
    expect(
      judge(
        account({ resources: [trail({ properties: basic("AWS::DynamoDB::Table", "arn:aws:dynamodb") })] }),
        { data: { type: "AWS::DynamoDB::Table" } },
      ).status,
    ).toBe("pass");
    const one = judge(
      account({
        resources: [
          trail({
            properties: basic("AWS::Lambda::Function", "arn:aws:lambda:us-east-1:111122223333:function:pay"),
          }),
        ],
      }),
      lambda,
    );
    expect(witnessOf(one)).toMatchObject({
      eventName: "Invoke",
      resourceArn: "arn:aws:lambda:eu-west-1:111122223333:function:example",
    });
  });

  it("China has its own ARNs", () => {
    const state = (value: string): Account =>
      account({
        partition: "aws-cn",
        regions: ["cn-north-1"],
        resources: [
          trail({
            home: "cn-north-1",
            seenIn: ["cn-north-1"],
            properties: {
              EventSelectors: [{ DataResources: [{ Type: "AWS::S3::Object", Values: [value] }] }],
            },
          }),
        ],
      });
    expect(judge(state("arn:aws-cn:s3"), objects).status).toBe("pass");
    expect(judge(state("arn:aws:s3"), objects).status).toBe("fail");
  });
});
