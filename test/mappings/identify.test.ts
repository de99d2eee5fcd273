import { describe, expect, it } from "vitest";
import { attributeOf, formulaOf, identify, identifyRef } from "../../src/mappings/identify.js";
import { UNDECLARED } from "../../src/mappings/undeclared.js";
import { builtins } from "../../src/run/builtins.js";

const home = { account: "111122223333", region: "eu-west-1", partition: "aws" };
const uuid = "11111111-2222-3333-4444-555555555555";

describe("identities", () => {
  it.each([
    [
      "AWS::CloudTrail::Trail",
      "audit",
      {},
      "audit",
      "audit",
      "arn:aws:cloudtrail:eu-west-1:111122223333:trail/audit",
    ],
    [
      "AWS::SNS::Topic",
      "pager",
      {},
      "pager",
      "arn:aws:sns:eu-west-1:111122223333:pager",
      "arn:aws:sns:eu-west-1:111122223333:pager",
    ],
    [
      "AWS::SQS::Queue",
      "jobs.fifo",
      {},
      "jobs.fifo",
      "https://sqs.eu-west-1.amazonaws.com/111122223333/jobs.fifo",
      "arn:aws:sqs:eu-west-1:111122223333:jobs.fifo",
    ],
    [
      "AWS::Events::Rule",
      "r",
      { EventBusName: "default" },
      "r",
      "r",
      "arn:aws:events:eu-west-1:111122223333:rule/r",
    ],
    [
      "AWS::Events::Rule",
      "r",
      { EventBusName: "arn:aws:events:eu-west-1:111122223333:event-bus/orders" },
      "r",
      "orders|r",
      "arn:aws:events:eu-west-1:111122223333:rule/orders/r",
    ],
    ["AWS::Logs::MetricFilter", "root", { LogGroupName: "/trail" }, "/trail:root", "root", undefined],
    ["AWS::KMS::Key", uuid, {}, uuid, uuid, `arn:aws:kms:eu-west-1:111122223333:key/${uuid}`],
    [
      "AWS::KMS::Alias",
      "alias/logs",
      {},
      "alias/logs",
      "alias/logs",
      "arn:aws:kms:eu-west-1:111122223333:alias/logs",
    ],
    [
      "AWS::Lambda::Alias",
      "live",
      { FunctionName: "111122223333:function:f" },
      "f:live",
      "arn:aws:lambda:eu-west-1:111122223333:function:f:live",
      "arn:aws:lambda:eu-west-1:111122223333:function:f:live",
    ],
    [
      "AWS::MediaPackageV2::Channel",
      "c",
      { ChannelGroupName: "g" },
      "c",
      "arn:aws:mediapackagev2:eu-west-1:111122223333:channelGroup/g/channel/c",
      "arn:aws:mediapackagev2:eu-west-1:111122223333:channelGroup/g/channel/c",
    ],
    ["AWS::S3::Bucket", "logs", {}, "logs", "logs", "arn:aws:s3:::logs"],
    [
      "AWS::IAM::Role",
      "writer",
      { Path: "/ops/" },
      "writer",
      "writer",
      "arn:aws:iam::111122223333:role/ops/writer",
    ],
    ["AWS::S3::AccountPublicAccessBlock", "x", {}, "111122223333", "111122223333", undefined],
  ])("%s %s %j", (type, name, properties, id, ref, arn) => {
    const identity = identify(type, name, { home, properties });
    expect(identity).toEqual({ id, ref, ...(arn === undefined ? {} : { arn }) });
    expect(identifyRef(type, ref, { home, properties })).toEqual(identity);
  });

  it("makes up an id that differs by name and place, and stays the same", () => {
    const one = identify("AWS::KMS::Key", "stack/Key", { home });
    expect(one?.id).toMatch(/^00000000-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/u);
    expect(identify("AWS::KMS::Key", "stack/Key", { home })).toEqual(one);
    expect(identify("AWS::KMS::Key", "stack/Other", { home })?.id).not.toBe(one?.id);
    expect(identify("AWS::KMS::Key", "stack/Key", { home: { ...home, region: "us-east-1" } })?.id).not.toBe(
      one?.id,
    );
  });

  it("has no ARN where a part of it is not known, and leaves no braces behind", () => {
    expect(identify("AWS::SNS::Subscription", "sub", { home })).toEqual({ id: "sub", ref: "sub" });
    expect(identify("AWS::Logs::MetricFilter", "root", { home })).toEqual({ id: "root", ref: "root" });
  });

  it("is another's where the text is no Ref of the type, and nothing is known of other types", () => {
    expect(identifyRef("AWS::SNS::Topic", "pager", { home })).toBeUndefined();
    expect(
      identifyRef("AWS::SQS::Queue", "arn:aws:sqs:eu-west-1:111122223333:jobs", { home }),
    ).toBeUndefined();
    expect(identify("Custom::Thing", "x", { home })).toBeUndefined();
    expect(identify("constructor", "x", { home })).toBeUndefined();
  });

  it("takes the place of what exists from its own ARN", () => {
    const arn = "arn:aws-cn:sns:cn-north-1:444455556666:pager";
    expect(identifyRef("AWS::SNS::Topic", arn, { home })).toEqual({ id: "pager", ref: arn, arn });
    const store = `arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/${uuid}`;
    expect(
      identifyRef("AWS::CloudTrail::EventDataStore", store, { home, properties: { Name: "lake" } }),
    ).toEqual({
      id: "lake",
      ref: store,
      arn: store,
    });
  });

  it.each([
    ["AWS::Logs::LogGroup", "/trail", "Arn", "arn:aws:logs:eu-west-1:111122223333:log-group:/trail:*"],
    ["AWS::SNS::Topic", "pager", "TopicName", "pager"],
    ["AWS::SQS::Queue", "q", "QueueUrl", "https://sqs.eu-west-1.amazonaws.com/111122223333/q"],
    ["AWS::S3::Bucket", "logs", "RegionalDomainName", "logs.s3.eu-west-1.amazonaws.com"],
    ["AWS::CloudWatch::Alarm", "a", "Arn", "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:a"],
    ["AWS::CloudWatch::Alarm", "a", "Nonsense", undefined],
  ])("GetAtt of %s %s.%s", (type, name, attribute, text) => {
    expect(attributeOf(type, attribute, { name, home })).toBe(text);
  });

  it("are known for every type that a collector reads, or a reason says why not", () => {
    const types = Object.keys(builtins.collectors);
    const isReasoned = (type: string): boolean => Object.hasOwn(UNDECLARED, type);
    expect(types.filter((type) => formulaOf(type) === undefined && !isReasoned(type))).toEqual([]);
    expect(types.filter((type) => formulaOf(type) !== undefined && isReasoned(type))).toEqual([]);
  });
});
