import { describe, expect, it } from "vitest";
import { cloudtrailTrail } from "../../../src/collectors/cloudtrail/trail.js";
import { s3Bucket } from "../../../src/collectors/s3/bucket.js";
import { awsError, denied } from "../../sources/support/fake-aws.js";
import { canned } from "../support/canned.js";
import { readNeeds, saysOf } from "../support/read.js";
import type { Answers, Read } from "../support/read.js";

const type = "AWS::S3::Bucket";
const every = [
  "VersioningConfiguration",
  "LoggingConfiguration",
  "LifecycleConfiguration",
  "PublicAccessBlockConfiguration",
  "Policy",
  "Grants",
  "OwnershipControls",
  "ObjectLockConfiguration",
  "MetricsConfigurations",
  "IntelligentTieringConfigurations",
  "NotificationConfiguration",
  "BucketEncryption",
  "RequestPayment",
];
const listed = (properties: readonly string[], change: Answers = {}): Promise<Read> =>
  readNeeds([s3Bucket], { ...canned[type], ...change }, { needs: [{ type, properties }] });

const trail = (S3BucketName: string, account = "111111111111"): Answers => ({
  DescribeTrails: () => ({
    trailList: [
      {
        Name: "t",
        TrailARN: `arn:aws:cloudtrail:us-east-1:${account}:trail/t`,
        HomeRegion: "us-east-1",
        S3BucketName,
      },
    ],
  }),
});
const referred = (properties: readonly string[], change: Answers): Promise<Read> =>
  readNeeds(
    [s3Bucket, cloudtrailTrail],
    {
      ...canned[type],
      ...trail("logs"),
      GetBucketLocation: () => ({ LocationConstraint: "eu-west-1" }),
      ...change,
    },
    { needs: [{ type, properties, only: { referencedBy: "AWS::CloudTrail::Trail", path: "S3BucketName" } }] },
  );

describe("the collector of buckets", () => {
  it("gives CloudFormation's shapes", async () => {
    const { snapshot } = await listed(every);
    expect(snapshot.resources).toMatchObject([
      { id: "logs", arn: "arn:aws:s3:::logs", region: "eu-west-1", account: "111111111111" },
    ]);
    expect(saysOf(snapshot, type)).toMatchObject({
      OwnedByAccount: true,
      VersioningConfiguration: { Status: "Enabled" },
      MFADelete: "Disabled",
      LoggingConfiguration: { DestinationBucketName: "access", LogFilePrefix: "" },
      LifecycleConfiguration: {
        Rules: [
          {
            Id: "cool",
            Status: "Enabled",
            Prefix: "p/",
            TagFilters: [{ Key: "k", Value: "v" }],
            Transitions: [{ StorageClass: "GLACIER", TransitionInDays: 90 }],
            NoncurrentVersionTransitions: [{ StorageClass: "DEEP_ARCHIVE", TransitionInDays: 1 }],
          },
        ],
      },
      Grants: [
        {
          Grantee: { Type: "Group", URI: "http://acs.amazonaws.com/groups/global/AllUsers" },
          Permission: "READ",
        },
      ],
      RequestPayment: "Requester",
      OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
      ObjectLockEnabled: true,
      ObjectLockConfiguration: {
        ObjectLockEnabled: "Enabled",
        Rule: { DefaultRetention: { Mode: "COMPLIANCE", Days: 365 } },
      },
      MetricsConfigurations: [{ Id: "EntireBucket" }, { Id: "part", Prefix: "p/" }],
      IntelligentTieringConfigurations: [
        { Id: "archive", Status: "Enabled", Tierings: [{ AccessTier: "ARCHIVE_ACCESS", Days: 90 }] },
      ],
      NotificationConfiguration: {
        TopicConfigurations: [
          {
            Event: "s3:ObjectRestore:Post",
            Topic: "arn:aws:sns:us-east-1:111111111111:t",
            Filter: { S3Key: { Rules: [{ Name: "prefix", Value: "p/" }] } },
          },
          { Event: "s3:ObjectRestore:Completed", Topic: "arn:aws:sns:us-east-1:111111111111:t" },
        ],
        EventBridgeConfiguration: { EventBridgeEnabled: true },
      },
    });
  });

  it.each([
    ["GetBucketVersioning", () => ({}), "VersioningConfiguration"],
    ["GetBucketLogging", () => ({}), "LoggingConfiguration"],
    [
      "GetBucketLifecycleConfiguration",
      () => awsError("NoSuchLifecycleConfiguration", { status: 404 }),
      "LifecycleConfiguration",
    ],
    [
      "GetPublicAccessBlock",
      () => awsError("NoSuchPublicAccessBlockConfiguration", { status: 404 }),
      "PublicAccessBlockConfiguration",
    ],
    ["GetBucketPolicy", () => awsError("NoSuchBucketPolicy", { status: 404 }), "Policy"],
    [
      "GetBucketOwnershipControls",
      () => awsError("OwnershipControlsNotFoundError", { status: 404 }),
      "OwnershipControls",
    ],
    [
      "GetObjectLockConfiguration",
      () => awsError("ObjectLockConfigurationNotFoundError", { status: 404 }),
      "ObjectLockConfiguration",
    ],
    ["ListBucketMetricsConfigurations", () => ({ IsTruncated: false }), "MetricsConfigurations"],
    [
      "ListBucketIntelligentTieringConfigurations",
      () => ({ IsTruncated: false }),
      "IntelligentTieringConfigurations",
    ],
    ["GetBucketNotificationConfiguration", () => ({}), "NotificationConfiguration"],
    [
      "GetBucketEncryption",
      () => awsError("ServerSideEncryptionConfigurationNotFoundError", { status: 404 }),
      "BucketEncryption",
    ],
  ])("%s can say that it is not set", async (operation, answer, property) => {
    const { snapshot } = await listed([property], { [operation]: answer });
    expect(saysOf(snapshot, type)[property]).toBeNull();
    expect(snapshot.resources[0]).not.toHaveProperty("unreadable");
  });

  it.each([
    [
      "a metrics filter that is not understood still narrows",
      {
        IsTruncated: false,
        MetricsConfigurationList: [{ Id: "x", Filter: { $unknown: ["Colour", "red"] } }],
      },
      [{ Id: "x", UnknownFilter: "Colour" }],
    ],
    [
      "a metrics filter of several parts",
      {
        IsTruncated: false,
        MetricsConfigurationList: [
          { Id: "x", Filter: { And: { Prefix: "a/", Tags: [{ Key: "k", Value: "v" }] } } },
        ],
      },
      [{ Id: "x", Prefix: "a/", TagFilters: [{ Key: "k", Value: "v" }] }],
    ],
  ])("%s", async (_title, answer, expected) => {
    const { snapshot } = await listed(["MetricsConfigurations"], {
      ListBucketMetricsConfigurations: () => answer,
    });
    expect(saysOf(snapshot, type)["MetricsConfigurations"]).toEqual(expected);
  });

  it("reads metrics configurations to the last page", async () => {
    const pages: Answers = {
      ListBucketMetricsConfigurations: ({ input }) =>
        input["ContinuationToken"] === undefined
          ? { IsTruncated: true, MetricsConfigurationList: [{ Id: "1" }], NextContinuationToken: "n" }
          : { IsTruncated: false, MetricsConfigurationList: [{ Id: "2" }] },
    };
    expect(
      saysOf((await listed(["MetricsConfigurations"], pages)).snapshot, type)["MetricsConfigurations"],
    ).toEqual([{ Id: "1" }, { Id: "2" }]);
  });

  it.each([
    ["no LocationConstraint is us-east-1", {}, "us-east-1"],
    ["an empty one too", { LocationConstraint: "" }, "us-east-1"],
    ["EU is Ireland", { LocationConstraint: "EU" }, "eu-west-1"],
    ["others are regions", { LocationConstraint: "ap-south-1" }, "ap-south-1"],
  ])("asks where a bucket is whose region the list does not say: %s", async (_title, answer, region) => {
    const { snapshot, aws } = await listed(["Policy"], {
      ListBuckets: () => ({ Buckets: [{ Name: "logs" }] }),
      GetBucketLocation: () => answer,
    });
    expect(snapshot.resources).toMatchObject([{ id: "logs", region }]);
    expect(aws.calls.find(({ operation }) => operation === "GetBucketPolicy")?.region).toBe(region);
  });

  it("of a bucket that cannot be located everything is unreadable", async () => {
    const { snapshot } = await listed(["Policy"], {
      ListBuckets: () => ({ Buckets: [{ Name: "logs" }] }),
      GetBucketLocation: () => denied("s3:GetBucketLocation"),
    });
    expect(snapshot.resources).toMatchObject([
      { region: "unknown", unreadable: { Policy: { action: "s3:GetBucketLocation" } } },
    ]);
  });
});

describe("a bucket that a trail names", () => {
  it("is asked about alone, where it is, and as the trail's account's own", async () => {
    const { snapshot, aws } = await referred(["LoggingConfiguration"], {});
    expect(aws.calls.filter(({ service }) => service === "s3")).toMatchObject([
      {
        operation: "GetBucketLocation",
        region: "us-east-1",
        input: { Bucket: "logs", ExpectedBucketOwner: "111111111111" },
      },
      {
        operation: "GetBucketLogging",
        region: "eu-west-1",
        input: { Bucket: "logs", ExpectedBucketOwner: "111111111111" },
      },
    ]);
    expect(saysOf(snapshot, type)).toEqual({
      LoggingConfiguration: { DestinationBucketName: "access", LogFilePrefix: "" },
    });
  });

  it("that does not exist is known to be gone", async () => {
    const { snapshot } = await referred(["Exists", "Policy"], {
      GetBucketLocation: () => awsError("NoSuchBucket", { status: 404 }),
    });
    expect(saysOf(snapshot, type)).toEqual({ Exists: false, Policy: null });
  });

  it("is this account's when the list of buckets shows it", async () => {
    expect(saysOf((await referred(["Exists", "OwnedByAccount"], {})).snapshot, type)).toMatchObject({
      Exists: true,
      OwnedByAccount: true,
    });
  });

  it("is somebody else's when the complete list does not show it", async () => {
    const { snapshot } = await referred(["Exists", "OwnedByAccount"], {
      ...trail("theirs"),
      GetBucketLocation: () => denied("s3:GetBucketLocation"),
    });
    const theirs = snapshot.resources.find(({ id }) => id === "theirs");
    expect(theirs).toMatchObject({
      observed: { OwnedByAccount: false },
      unreadable: { Exists: { reason: "AccessDenied" } },
    });
  });

  it("may be anybody's when the list was refused", async () => {
    const { snapshot } = await referred(["OwnedByAccount"], {
      ListBuckets: () => denied("s3:ListAllMyBuckets"),
    });
    expect(snapshot.resources.find((bucket) => bucket.type === type)).toMatchObject({
      unreadable: { OwnedByAccount: { reason: "AccessDenied", action: "s3:ListAllMyBuckets" } },
    });
  });

  it("of another account is not asked about", async () => {
    const { snapshot, aws } = await referred(["Exists", "Policy"], trail("org-logs", "999999999999"));
    expect(aws.calls.filter(({ service }) => service === "s3")).toEqual([]);
    expect(snapshot.resources.find((bucket) => bucket.type === type)).toMatchObject({
      id: "org-logs",
      account: "999999999999",
      unreadable: { Exists: { reason: "OtherAccount" }, Policy: { reason: "OtherAccount" } },
    });
  });

  it.each([
    ["arn:aws:s3:::logs", "logs"],
    ["arn:aws:s3:::logs/AWSLogs", "logs"],
    ["logs", "logs"],
    ["arn:aws:firehose:us-east-1:111111111111:deliverystream/x", undefined],
    ["Not A Bucket", undefined],
  ])("%s names %s", (reference, id) => {
    expect(s3Bucket.refer?.(reference, { id: "t", account: "111111111111", region: "us-east-1" })?.id).toBe(
      id,
    );
  });
});
