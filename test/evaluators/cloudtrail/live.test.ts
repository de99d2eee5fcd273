import { describe, expect, it } from "vitest";
import { builtins } from "../../../src/run/builtins.js";
import type { Finding } from "../../../src/core/report.js";
import type { SelectedRule } from "../../../src/core/rule.js";
import { evaluateRules } from "../../../src/engine/evaluate-rules.js";
import { gatherNeeds } from "../../../src/engine/gather-needs.js";
import { viewAccount } from "../../../src/shared/view-account.js";
import { liveSource } from "../../../src/sources/live.js";
import { accountId, awsError, denied, fakeAws, inputText } from "../../sources/support/fake-aws.js";
import type { FakeAws, Respond } from "../../sources/support/fake-aws.js";
import { virtualClock } from "../../sources/support/virtual-clock.js";

const own = `arn:aws:cloudtrail:us-east-1:${accountId}:trail/audit`;
const audit = {
  Name: "audit",
  TrailARN: own,
  HomeRegion: "us-east-1",
  S3BucketName: "logs",
  IsMultiRegionTrail: true,
  IsOrganizationTrail: false,
  IncludeGlobalServiceEvents: true,
  LogFileValidationEnabled: true,
};

/** One healthy multi-region trail, and 200 buckets beside its own. */
const healthy: Readonly<Record<string, Respond>> = {
  DescribeTrails: () => ({ trailList: [audit] }),
  ListEventDataStores: () => ({ EventDataStores: [] }),
  ListChannels: () => ({ Channels: [] }),
  GetTrailStatus: () => ({ IsLogging: true, LatestDeliveryTime: new Date("2026-11-20T11:55:00Z") }),
  GetEventSelectors: () => ({
    TrailARN: own,
    EventSelectors: [{ ReadWriteType: "All", IncludeManagementEvents: true, DataResources: [] }],
  }),
  ListBuckets: () => ({
    Buckets: ["logs", ...Array.from({ length: 200 }, (_, at) => `bucket-${at}`)].map((Name) => ({
      Name,
      BucketRegion: "us-east-1",
    })),
  }),
  GetBucketLocation: () => ({}),
  GetBucketVersioning: () => ({ Status: "Enabled" }),
  GetBucketLogging: () => ({ LoggingEnabled: { TargetBucket: "access", TargetPrefix: "" } }),
  GetBucketLifecycleConfiguration: () => awsError("NoSuchLifecycleConfiguration", { status: 404 }),
  ListBucketIntelligentTieringConfigurations: () => ({}),
  ListMetrics: () => ({ Metrics: [] }),
  DescribeKey: () => ({
    KeyMetadata: {
      Arn: `arn:aws:kms:us-east-1:${accountId}:key/k`,
      KeyState: "Disabled",
      KeyManager: "CUSTOMER",
    },
  }),
  DescribeLogGroups: () => ({ logGroups: [] }),
};

async function judge(
  id: string,
  answers: Readonly<Record<string, Respond>> = {},
): Promise<{ readonly aws: FakeAws; readonly findings: readonly Finding[] }> {
  const aws = fakeAws({ answers: { ...healthy, ...answers } });
  const rules = await builtins.rules();
  const found = rules.find((one) => one.id === id)!;
  const rule: SelectedRule = { ...found, with: found.with ?? {} };
  const evaluators = new Map([[rule.evaluator, await builtins.evaluators[rule.evaluator]!()]]);
  const needs = await gatherNeeds([rule], evaluators);
  const source = liveSource({
    collectors: builtins.collectors,
    transport: aws.transport,
    clock: virtualClock(),
    now: () => new Date("2026-11-20T12:00:00Z"),
  });
  const snapshot = await source.read({ needs });
  return { aws, findings: await evaluateRules([rule], viewAccount(snapshot), { evaluators }) };
}

const asked = ({ calls }: FakeAws, service: string): readonly string[] =>
  calls
    .filter((call) => call.service === service)
    .map((call) => `${call.operation} ${inputText(call, "Bucket")}`)
    .sort();
const verdicts = (findings: readonly Finding[]): readonly string[] =>
  findings.map(({ subject, status }) => `${subject.id} ${status}`);

describe("with one trail and 200 buckets beside its own", () => {
  it.each([
    ["cloudtrail.bucket-access-logging", ["GetBucketLocation logs", "GetBucketLogging logs"], "logs pass"],
    ["cloudtrail.bucket-versioning", ["GetBucketLocation logs", "GetBucketVersioning logs"], "logs pass"],
    ["cloudtrail.bucket-exists-owned", ["GetBucketLocation logs", "GetBucketVersioning logs"], "audit pass"],
    ["cloudtrail.delivery-healthy", ["GetBucketLocation logs", "GetBucketVersioning logs"], "audit pass"],
    [
      "cloudtrail.glacier-events",
      ["GetBucketLocation logs", "GetBucketVersioning logs"],
      `${accountId} pass`,
    ],
    ["cloudtrail.log-file-validation", [], "audit pass"],
  ])("%s asks about the trail's bucket only", async (id, calls, verdict) => {
    const { aws, findings } = await judge(id);
    expect(asked(aws, "s3")).toEqual(calls);
    expect(verdicts(findings)).toEqual([verdict]);
  });

  it("two trails that share a bucket cost no more, and it is judged once", async () => {
    const second = { ...audit, Name: "second", TrailARN: own.replace("audit", "second") };
    const { aws, findings } = await judge("cloudtrail.bucket-access-logging", {
      DescribeTrails: () => ({ trailList: [audit, second] }),
    });
    expect(asked(aws, "s3")).toEqual(["GetBucketLocation logs", "GetBucketLogging logs"]);
    expect(verdicts(findings)).toEqual(["logs pass"]);
  });

  it("what holds archives must be asked of each bucket, once", async () => {
    const { aws, findings } = await judge("cloudtrail.glacier-object-events");
    expect(aws.count("GetBucketLifecycleConfiguration")).toBe(201);
    expect(verdicts(findings)).toEqual([`${accountId} not-applicable`]);
  });
});

describe("where a log goes", () => {
  const org = {
    ...audit,
    Name: "org",
    TrailARN: "arn:aws:cloudtrail:us-east-1:999999999999:trail/org",
    IsOrganizationTrail: true,
    S3BucketName: "org-logs",
    CloudWatchLogsLogGroupArn: "arn:aws:logs:us-east-1:999999999999:log-group:org:*",
  };

  it("a bucket that is gone is no delivery, even before CloudTrail says so", async () => {
    const { findings } = await judge("cloudtrail.glacier-events", {
      GetBucketLocation: () => awsError("NoSuchBucket", { status: 404 }),
    });
    expect(findings).toMatchObject([{ status: "fail", witness: { kind: "undelivered" } }]);
    expect(findings[0]!.message).toContain("its bucket logs does not exist");
  });

  it("a bucket that is gone is judged by no bucket rule", async () => {
    const { findings } = await judge("cloudtrail.bucket-access-logging", {
      GetBucketLocation: () => awsError("NoSuchBucket", { status: 404 }),
    });
    expect(verdicts(findings)).toEqual([`${accountId} not-applicable`]);
  });

  it("a key that is disabled is no delivery", async () => {
    const { findings } = await judge("cloudtrail.glacier-events", {
      DescribeTrails: () => ({
        trailList: [{ ...audit, KmsKeyId: `arn:aws:kms:us-east-1:${accountId}:key/k` }],
      }),
    });
    expect(findings).toMatchObject([{ status: "fail", witness: { kind: "undelivered" } }]);
  });

  it("a bucket that may not be read does not matter while log files arrive, and does once they do not", async () => {
    const refused = { GetBucketLocation: (): unknown => denied("s3:GetBucketLocation") };
    expect((await judge("cloudtrail.glacier-events", refused)).findings[0]!.status).toBe("pass");
    const stale = {
      ...refused,
      GetTrailStatus: (): unknown => ({
        IsLogging: true,
        LatestDeliveryTime: new Date("2026-11-01T12:00:00Z"),
      }),
    };
    expect((await judge("cloudtrail.glacier-events", stale)).findings[0]).toMatchObject({
      status: "unknown",
      reason: "unreadable",
    });
  });

  it("an organization trail's log group is not looked for among the member's own", async () => {
    const { findings } = await judge("cloudtrail.delivery-healthy", {
      DescribeTrails: () => ({ trailList: [org] }),
    });
    expect(verdicts(findings)).toEqual(["org pass"]);
  });

  it("an organization trail's bucket is unknown to its members", async () => {
    for (const rule of ["bucket-access-logging", "bucket-exists-owned", "bucket-not-public"]) {
      const { findings } = await judge(`cloudtrail.${rule}`, {
        DescribeTrails: () => ({ trailList: [org] }),
      });
      expect(findings).toMatchObject([{ status: "unknown", reason: "unreadable" }]);
    }
  });
});

describe("an event data store that is deleted between its list and the question about it", () => {
  const deleted: Readonly<Record<string, Respond>> = {
    DescribeTrails: () => ({ trailList: [] }),
    ListEventDataStores: () => ({
      EventDataStores: [
        { Name: "lake", EventDataStoreArn: `arn:aws:cloudtrail:us-east-1:${accountId}:eventdatastore/x` },
      ],
    }),
    GetEventDataStore: () => awsError("EventDataStoreNotFoundException"),
  };

  it.each([
    ["lake-multi-region", "not-applicable"],
    ["lake-kms", "not-applicable"],
    ["any-trail-logging", "fail"],
    ["glacier-events", "fail"],
  ])("is none to cloudtrail.%s: %s", async (rule, verdict) => {
    const { findings } = await judge(`cloudtrail.${rule}`, deleted);
    expect(verdicts(findings)).toEqual([`${accountId} ${verdict}`]);
  });
});

describe("one remedy for all archive buckets", () => {
  it("names both, since each command replaces the whole list", async () => {
    const archived = ["bucket-1", "bucket-2"];
    const lifecycle: Respond = (call) =>
      archived.includes(inputText(call, "Bucket"))
        ? { Rules: [{ Status: "Enabled", Transitions: [{ StorageClass: "GLACIER" }] }] }
        : awsError("NoSuchLifecycleConfiguration", { status: 404 });
    const { findings } = await judge("cloudtrail.glacier-object-events", {
      GetBucketLifecycleConfiguration: lifecycle,
    });
    expect(verdicts(findings)).toEqual(["bucket-1 fail", "bucket-2 fail"]);
    const [first, second] = findings.map(({ remediation }) => remediation?.cli);
    expect(first).toContain("arn:aws:s3:::bucket-1/");
    expect(first).toContain("arn:aws:s3:::bucket-2/");
    expect(second).toBe(first);
  });
});
