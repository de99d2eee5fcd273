import { describe, expect, it } from "vitest";
import { cloudwatchAlarmMuteRule } from "../../../src/collectors/cloudwatch/alarm-mute-rule.js";
import { cloudwatchAlarm } from "../../../src/collectors/cloudwatch/alarm.js";
import { cloudwatchCompositeAlarm } from "../../../src/collectors/cloudwatch/composite-alarm.js";
import { cloudwatchLogAlarm } from "../../../src/collectors/cloudwatch/log-alarm.js";
import { mediapackageMetric } from "../../../src/collectors/mediapackage/metric.js";
import { s3StorageMetric } from "../../../src/collectors/s3/storage-metric.js";
import { awsError } from "../../sources/support/fake-aws.js";
import { canned } from "../support/canned.js";
import { readNeeds, saysOf } from "../support/read.js";

const threeTypes = [cloudwatchAlarm, cloudwatchCompositeAlarm, cloudwatchLogAlarm];
const needs = threeTypes.map(({ type }) => ({ type, properties: ["AlarmActions"] }));

describe("the collectors of alarms", () => {
  it("share one sweep for all three types, page by page", async () => {
    const { snapshot, aws } = await readNeeds(
      threeTypes,
      {
        DescribeAlarms: ({ input }) =>
          input["NextToken"] === undefined
            ? {
                MetricAlarms: [
                  { AlarmName: "a", AlarmArn: "arn:aws:cloudwatch:us-east-1:111111111111:alarm:a" },
                ],
                CompositeAlarms: [],
                LogAlarms: [],
                NextToken: "n",
              }
            : {
                MetricAlarms: [],
                CompositeAlarms: [
                  { AlarmName: "p", AlarmArn: "arn:aws:cloudwatch:us-east-1:111111111111:alarm:p" },
                ],
                LogAlarms: [
                  { AlarmName: "l", AlarmArn: "arn:aws:cloudwatch:us-east-1:111111111111:alarm:l" },
                ],
              },
      },
      { needs },
    );
    expect(
      aws.calls.filter(({ operation }) => operation === "DescribeAlarms").map(({ input }) => input),
    ).toEqual([
      { AlarmTypes: ["MetricAlarm", "CompositeAlarm", "LogAlarm"], MaxRecords: 100 },
      { AlarmTypes: ["MetricAlarm", "CompositeAlarm", "LogAlarm"], MaxRecords: 100, NextToken: "n" },
    ]);
    expect(snapshot.resources.map(({ type, id }) => [type, id])).toEqual([
      ["AWS::CloudWatch::Alarm", "a"],
      ["AWS::CloudWatch::CompositeAlarm", "p"],
      ["AWS::CloudWatch::LogAlarm", "l"],
    ]);
    expect(snapshot.calls["cloudwatch:DescribeAlarms"]).toBe(2);
  });

  it("share a refusal, which each type's gap tells", async () => {
    const { snapshot, aws } = await readNeeds(
      threeTypes,
      { DescribeAlarms: () => awsError("AccessDeniedException") },
      { needs },
    );
    expect(snapshot.gaps.map(({ type, action }) => [type, action])).toEqual(
      threeTypes.map(({ type }) => [type, "cloudwatch:DescribeAlarms"]),
    );
    expect(aws.count("DescribeAlarms")).toBe(1);
  });

  it("keep state apart, and drop the empty list of queries that a plain alarm carries", async () => {
    const { snapshot } = await readNeeds([cloudwatchAlarm], canned["AWS::CloudWatch::Alarm"] ?? {}, {
      needs: [{ type: "AWS::CloudWatch::Alarm", properties: ["StateValue"] }],
    });
    expect(snapshot.resources).toMatchObject([
      {
        id: "a",
        properties: { MetricName: "m", Metrics: null, Threshold: null },
        observed: {
          StateValue: "OK",
          StateUpdatedTimestamp: "2026-11-01T00:00:00.000Z",
          EvaluationState: null,
        },
      },
    ]);
  });

  it("an answer without the list of metric alarms is no proof that there are none", async () => {
    const { snapshot } = await readNeeds(
      [cloudwatchAlarm],
      { DescribeAlarms: () => ({}) },
      { needs: [{ type: "AWS::CloudWatch::Alarm", properties: [] }] },
    );
    expect(snapshot.gaps).toMatchObject([{ reason: "Malformed" }]);
  });
});

describe("the collector of mute rules", () => {
  const type = "AWS::CloudWatch::AlarmMuteRule";
  const wanted = [{ type, properties: ["Rule", "MuteTargets"] }];

  it("reads schedule and targets of each", async () => {
    const { snapshot, aws } = await readNeeds([cloudwatchAlarmMuteRule], canned[type] ?? {}, {
      needs: wanted,
    });
    expect(aws.calls.find(({ operation }) => operation === "GetAlarmMuteRule")?.input).toEqual({
      AlarmMuteRuleName: "quiet",
    });
    expect(saysOf(snapshot, type)).toMatchObject({
      Rule: { Schedule: { Expression: "cron(0 0 * * *)", Duration: "P1D" } },
      MuteTargets: { AlarmNames: ["a"] },
      Status: "ACTIVE",
      ExpireDate: null,
    });
  });

  it.each<[string, number]>([
    ["UnknownOperationException", 400],
    ["UnknownOperation", 404],
    ["InvalidAction", 400],
    ["NoRecording", 501],
  ])("where the API does not offer them (%s, status %d) there are none", async (name, status) => {
    const { snapshot } = await readNeeds(
      [cloudwatchAlarmMuteRule],
      { ListAlarmMuteRules: () => awsError(name, { status }) },
      { needs: wanted },
    );
    expect([snapshot.resources, snapshot.gaps]).toEqual([[], []]);
  });
});

describe("the collectors of metrics", () => {
  it("show each series once, whatever the order of its dimensions", async () => {
    const dimensions = [
      { Name: "BucketName", Value: "logs" },
      { Name: "StorageType", Value: "GlacierStorage" },
    ];
    const metric = (Dimensions: readonly object[]): object => ({
      Namespace: "AWS/S3",
      MetricName: "BucketSizeBytes",
      Dimensions,
    });
    const { snapshot } = await readNeeds(
      [s3StorageMetric],
      { ListMetrics: () => ({ Metrics: [metric(dimensions), metric([...dimensions].reverse())] }) },
      { needs: [{ type: "AWS::S3::StorageMetric", properties: ["Dimensions"] }] },
    );
    expect(snapshot.resources).toMatchObject([
      {
        id: "BucketSizeBytes BucketName=logs StorageType=GlacierStorage",
        observed: { Namespace: "AWS/S3", MetricName: "BucketSizeBytes", Dimensions: dimensions },
      },
    ]);
  });

  it("ask for what their rules need, and for MediaPackage only where it is", async () => {
    const both = await readNeeds(
      [s3StorageMetric, mediapackageMetric],
      { ListMetrics: () => ({ Metrics: [] }) },
      {
        needs: [
          { type: "AWS::S3::StorageMetric", properties: [] },
          { type: "AWS::MediaPackage::Metric", properties: [] },
        ],
        regions: ["us-east-1", "af-south-1"],
      },
    );
    expect(
      both.aws.calls
        .filter(({ operation }) => operation === "ListMetrics")
        .map(({ region, input }) => `${region} ${JSON.stringify(input)}`)
        .sort(),
    ).toEqual([
      'af-south-1 {"Namespace":"AWS/S3","MetricName":"BucketSizeBytes"}',
      'us-east-1 {"Namespace":"AWS/MediaPackage"}',
      'us-east-1 {"Namespace":"AWS/S3","MetricName":"BucketSizeBytes"}',
    ]);
  });
});
