import { describe, expect, it } from "vitest";
import { cloudtrailTrail } from "../../../src/collectors/cloudtrail/trail.js";
import { awsError, denied } from "../../sources/support/fake-aws.js";
import { readType } from "./answers.js";

const own = "arn:aws:cloudtrail:eu-west-1:111111111111:trail/main";
const organization = "arn:aws:cloudtrail:us-east-1:999999999999:trail/org";

const trails = {
  DescribeTrails: () => ({
    trailList: [
      {
        Name: "main",
        TrailARN: own,
        HomeRegion: "eu-west-1",
        S3BucketName: "logs",
        IsMultiRegionTrail: true,
        LogFileValidationEnabled: true,
        KmsKeyId: "arn:aws:kms:eu-west-1:111111111111:key/1",
        IsOrganizationTrail: false,
      },
      { Name: "org", TrailARN: organization, HomeRegion: "us-east-1", IsOrganizationTrail: true },
    ],
  }),
  GetTrailStatus: () => ({
    IsLogging: true,
    LatestDeliveryTime: new Date("2026-11-20T11:00:00Z"),
    LatestDeliveryAttemptTime: "not read",
  }),
  GetEventSelectors: () => ({ TrailARN: own, EventSelectors: [], AdvancedEventSelectors: [] }),
  GetInsightSelectors: () => awsError("InsightNotEnabledException"),
};
const properties = ["IsLogging", "EventSelectors", "InsightSelectors"];

describe("the collector of trails", () => {
  it("gives CloudFormation's names, null for what is not set, and shadows once", async () => {
    const { snapshot, aws } = await readType(cloudtrailTrail, trails, {
      properties,
      regions: ["eu-west-1", "us-east-1"],
    });
    expect(snapshot.resources[0]).toEqual({
      type: "AWS::CloudTrail::Trail",
      id: "main",
      arn: own,
      account: "111111111111",
      region: "eu-west-1",
      properties: {
        AdvancedEventSelectors: null,
        CloudWatchLogsLogGroupArn: null,
        CloudWatchLogsRoleArn: null,
        EnableLogFileValidation: true,
        EventSelectors: null,
        IncludeGlobalServiceEvents: null,
        InsightSelectors: null,
        IsMultiRegionTrail: true,
        IsOrganizationTrail: false,
        KMSKeyId: "arn:aws:kms:eu-west-1:111111111111:key/1",
        S3BucketName: "logs",
        S3KeyPrefix: null,
      },
      observed: {
        HasCustomEventSelectors: null,
        IsLogging: true,
        LatestCloudWatchLogsDeliveryError: null,
        LatestCloudWatchLogsDeliveryTime: null,
        LatestDeliveryError: null,
        LatestDeliveryTime: "2026-11-20T11:00:00.000Z",
        LatestDigestDeliveryError: null,
        LatestDigestDeliveryTime: null,
        LatestNotificationError: null,
        LatestNotificationTime: null,
        SeenIn: ["eu-west-1", "us-east-1"],
        SnsTopicARN: null,
        StartLoggingTime: null,
        StopLoggingTime: null,
      },
    });
    expect(snapshot.calls).toMatchObject({
      "cloudtrail:DescribeTrails": 2,
      "cloudtrail:GetTrailStatus": 2,
      "cloudtrail:GetEventSelectors": 2,
      "cloudtrail:GetInsightSelectors": 2,
    });
    expect(
      aws.calls
        .filter(({ operation }) => operation === "GetTrailStatus")
        .map(({ region, input }) => [region, input["Name"]])
        .sort(),
    ).toEqual([
      ["eu-west-1", own],
      ["us-east-1", organization],
    ]);
  });

  it("takes an organization trail's account from its ARN, and its selectors as unreadable where a member may not see them", async () => {
    const { snapshot } = await readType(
      cloudtrailTrail,
      { ...trails, GetEventSelectors: () => awsError("TrailNotFoundException") },
      { properties },
    );
    const trail = snapshot.resources.find(({ id }) => id === "org");
    expect(trail).toMatchObject({
      account: "999999999999",
      unreadable: {
        EventSelectors: { reason: "TrailNotFoundException" },
        AdvancedEventSelectors: { reason: "TrailNotFoundException" },
      },
    });
    expect(trail?.observed).not.toHaveProperty("Exists");
  });

  it("keeps selectors that are set", async () => {
    const selectors = [{ ReadWriteType: "WriteOnly", IncludeManagementEvents: true }];
    const { snapshot } = await readType(
      cloudtrailTrail,
      { ...trails, GetEventSelectors: () => ({ TrailARN: own, EventSelectors: selectors }) },
      { properties },
    );
    expect(snapshot.resources[0]?.properties).toMatchObject({
      EventSelectors: [{ IncludeManagementEvents: true, ReadWriteType: "WriteOnly" }],
      AdvancedEventSelectors: null,
    });
  });

  it.each([
    ["GetTrailStatus", "IsLogging"],
    ["GetEventSelectors", "EventSelectors"],
    ["GetInsightSelectors", "InsightSelectors"],
  ])("a refused %s makes %s unreadable, with the action to grant", async (operation, property) => {
    const { snapshot } = await readType(
      cloudtrailTrail,
      { ...trails, [operation]: () => denied(operation) },
      { properties },
    );
    expect(snapshot.resources[0]?.unreadable?.[property]).toMatchObject({
      reason: "AccessDenied",
      action: `cloudtrail:${operation}`,
    });
  });

  it("an empty answer is neither 'no trails' nor 'default selectors' nor 'not logging'", async () => {
    const nothing = await readType(cloudtrailTrail, { DescribeTrails: () => ({}) }, { properties });
    expect(nothing.snapshot.gaps).toMatchObject([{ type: "AWS::CloudTrail::Trail", reason: "Malformed" }]);
    const { snapshot } = await readType(
      cloudtrailTrail,
      { ...trails, GetEventSelectors: () => ({}), GetTrailStatus: () => ({}) },
      { properties },
    );
    expect(snapshot.resources[0]?.unreadable).toMatchObject({
      EventSelectors: { reason: "Malformed" },
      IsLogging: { reason: "Malformed" },
    });
  });
});
