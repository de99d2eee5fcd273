import { describe, expect, it } from "vitest";
import { cloudtrailTrail } from "../../../src/collectors/cloudtrail/trail.js";
import { logsDeliveryDestination } from "../../../src/collectors/logs/delivery-destination.js";
import { logsDeliverySource } from "../../../src/collectors/logs/delivery-source.js";
import { logsDelivery } from "../../../src/collectors/logs/delivery.js";
import { logsLogGroup } from "../../../src/collectors/logs/log-group.js";
import { logsMetricFilter } from "../../../src/collectors/logs/metric-filter.js";
import { canned } from "../support/canned.js";
import { readNeeds, saysOf } from "../support/read.js";
import type { Answers, Read } from "../support/read.js";

const type = "AWS::Logs::LogGroup";
const groupArn = "arn:aws:logs:us-east-1:111111111111:log-group:g";

const referred = (DescribeLogGroups: Answers[string], reference = `${groupArn}:*`): Promise<Read> =>
  readNeeds(
    [logsLogGroup, cloudtrailTrail],
    {
      DescribeTrails: () => ({
        trailList: [
          {
            Name: "t",
            TrailARN: "arn:aws:cloudtrail:us-east-1:111111111111:trail/t",
            HomeRegion: "us-east-1",
            CloudWatchLogsLogGroupArn: reference,
          },
        ],
      }),
      DescribeLogGroups,
    },
    {
      needs: [
        {
          type,
          properties: ["Exists", "RetentionInDays"],
          only: { referencedBy: "AWS::CloudTrail::Trail", path: "CloudWatchLogsLogGroupArn" },
        },
      ],
    },
  );

describe("the collector of log groups", () => {
  it("gives ARNs without the ':*' at the end", async () => {
    const { snapshot } = await readNeeds([logsLogGroup], canned[type] ?? {}, {
      needs: [{ type, properties: ["RetentionInDays"] }],
    });
    expect(snapshot.resources).toMatchObject([
      { id: "g", arn: groupArn, properties: { RetentionInDays: 365, KmsKeyId: null } },
      { id: "g-more", properties: { RetentionInDays: null } },
    ]);
  });

  it("asks for a referred one by name, and takes no sibling for it", async () => {
    const { snapshot, aws } = await referred(() => ({
      logGroups: [
        { logGroupName: "g-more", retentionInDays: 1 },
        { logGroupName: "g", retentionInDays: 365 },
      ],
    }));
    expect(aws.calls.filter(({ service }) => service === "logs")).toMatchObject([
      { input: { logGroupNamePrefix: "g" } },
    ]);
    expect(snapshot.resources.find((resource) => resource.type === type)).toMatchObject({
      id: "g",
      arn: groupArn,
    });
    expect(saysOf(snapshot, type)).toMatchObject({ Exists: true, RetentionInDays: 365 });
  });

  it("finds it on a later page", async () => {
    const { snapshot } = await referred(({ input }) =>
      input["nextToken"] === undefined
        ? { logGroups: [{ logGroupName: "g-a" }], nextToken: "n" }
        : { logGroups: [{ logGroupName: "g", retentionInDays: 7 }] },
    );
    expect(saysOf(snapshot, type)).toMatchObject({ Exists: true, RetentionInDays: 7 });
  });

  it("a referred one that only siblings answer for does not exist", async () => {
    const { snapshot } = await referred(() => ({ logGroups: [{ logGroupName: "g-more" }] }));
    expect(saysOf(snapshot, type)).toEqual({ Exists: false, RetentionInDays: null });
  });

  it.each([
    [`${groupArn}:*`, "g", groupArn],
    [groupArn, "g", groupArn],
    [`${groupArn}:log-stream:s`, "g", groupArn],
    [
      "/aws/MediaPackage/EgressAccessLogs",
      "/aws/MediaPackage/EgressAccessLogs",
      "arn:aws:logs:eu-west-1:222222222222:log-group:/aws/MediaPackage/EgressAccessLogs",
    ],
    ["arn:aws:logs:us-east-1:111111111111:delivery:x", undefined, undefined],
    ["arn:aws:s3:::bucket", undefined, undefined],
    ["two words", undefined, undefined],
  ])("%s names the log group %s", (reference, id, arn) => {
    expect(
      logsLogGroup.refer?.(reference, { id: "x", account: "222222222222", region: "eu-west-1" }),
    ).toEqual(id === undefined ? undefined : expect.objectContaining({ id, arn }));
  });
});

describe("the collector of metric filters", () => {
  it("tells filters of one name in two log groups apart, and spells dimensions as CloudFormation does", async () => {
    const filter = (logGroupName: string): object => ({
      filterName: "f",
      logGroupName,
      filterPattern: "",
      metricTransformations: [
        {
          metricName: "m",
          metricNamespace: "n",
          metricValue: "1",
          defaultValue: 0,
          dimensions: { Who: "$.user" },
        },
      ],
    });
    const { snapshot } = await readNeeds(
      [logsMetricFilter],
      { DescribeMetricFilters: () => ({ metricFilters: [filter("a"), filter("b")] }) },
      { needs: [{ type: "AWS::Logs::MetricFilter", properties: ["FilterPattern"] }] },
    );
    expect(snapshot.resources.map(({ id }) => id)).toEqual(["a:f", "b:f"]);
    expect(snapshot.resources[0]?.properties).toEqual({
      FilterName: "f",
      FilterPattern: "",
      LogGroupName: "a",
      ApplyOnTransformedLogs: null,
      FieldSelectionCriteria: null,
      EmitSystemFieldDimensions: null,
      MetricTransformations: [
        {
          MetricName: "m",
          MetricNamespace: "n",
          MetricValue: "1",
          DefaultValue: 0,
          Dimensions: [{ Key: "Who", Value: "$.user" }],
        },
      ],
    });
  });
});

describe("the collectors of log deliveries", () => {
  it("give source, delivery and destination, so that they can be put together", async () => {
    const three = [logsDeliverySource, logsDelivery, logsDeliveryDestination];
    const answers = Object.assign({}, ...three.map((collector) => canned[collector.type])) as Answers;
    const { snapshot } = await readNeeds(three, answers, {
      needs: three.map((collector) => ({ type: collector.type, properties: [] })),
    });
    const source = saysOf(snapshot, "AWS::Logs::DeliverySource");
    const delivery = saysOf(snapshot, "AWS::Logs::Delivery");
    const destination = snapshot.resources.find(
      (resource) => resource.type === "AWS::Logs::DeliveryDestination",
    );
    expect(source).toMatchObject({
      Name: "s",
      ResourceArn: "arn:aws:mediapackagev2:us-east-1:111111111111:channelGroup/g",
      LogType: "EGRESS_ACCESS_LOGS",
    });
    expect(delivery).toMatchObject({
      DeliverySourceName: source["Name"],
      DeliveryDestinationArn: destination?.arn,
      DeliveryDestinationType: "CWL",
    });
    expect(destination?.properties).toMatchObject({
      DestinationResourceArn: `${groupArn}:*`,
      OutputFormat: "json",
    });
  });
});
