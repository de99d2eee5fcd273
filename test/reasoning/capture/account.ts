import type { Account } from "../../../src/core/account.js";
import type { JsonObject, JsonValue } from "../../../src/core/json.js";
import type { Resource } from "../../../src/core/resource.js";
import type { Gap, Snapshot } from "../../../src/core/snapshot.js";
import { viewAccount } from "../../../src/shared/view-account.js";

export const accountId = "111122223333";
const takenAt = "2026-11-20T12:00:00Z";

const trailCalls = {
  SeenIn: "cloudtrail:DescribeTrails",
  IsMultiRegionTrail: "cloudtrail:DescribeTrails",
  S3BucketName: "cloudtrail:DescribeTrails",
  KMSKeyId: "cloudtrail:DescribeTrails",
  CloudWatchLogsLogGroupArn: "cloudtrail:DescribeTrails",
  IsLogging: "cloudtrail:GetTrailStatus",
  LatestDeliveryTime: "cloudtrail:GetTrailStatus",
  LatestDeliveryError: "cloudtrail:GetTrailStatus",
  LatestCloudWatchLogsDeliveryTime: "cloudtrail:GetTrailStatus",
  LatestCloudWatchLogsDeliveryError: "cloudtrail:GetTrailStatus",
  EventSelectors: "cloudtrail:GetEventSelectors",
  AdvancedEventSelectors: "cloudtrail:GetEventSelectors",
};

/** What a row says of a trail; everything else is a healthy multi-region trail with default selectors. */
export type TrailRow = {
  readonly id?: string;
  readonly home?: string;
  readonly seenIn?: readonly string[];
  readonly owner?: string;
  readonly properties?: JsonObject;
  readonly observed?: JsonObject;
  readonly unreadable?: readonly string[];
  readonly without?: readonly string[];
};

export function trail({
  id = "main",
  home = "us-east-1",
  owner = accountId,
  properties = {},
  observed = {},
  unreadable = [],
  without = [],
  ...row
}: TrailRow = {}): Resource {
  const all = {
    IsMultiRegionTrail: true,
    S3BucketName: "logs",
    KMSKeyId: null,
    CloudWatchLogsLogGroupArn: null,
    EventSelectors: null,
    AdvancedEventSelectors: null,
    ...properties,
  };
  const multi = all.IsMultiRegionTrail;
  const seen = {
    SeenIn: row.seenIn ?? (multi ? ["eu-west-1", "us-east-1"] : [home]),
    IsLogging: true,
    LatestDeliveryTime: "2026-11-20T11:55:00Z",
    LatestDeliveryError: null,
    LatestCloudWatchLogsDeliveryTime: null,
    LatestCloudWatchLogsDeliveryError: null,
    ...observed,
  };
  const keep = (members: JsonObject): JsonObject =>
    Object.fromEntries(
      Object.entries(members).filter(([name]) => !unreadable.includes(name) && !without.includes(name)),
    );
  return {
    type: "AWS::CloudTrail::Trail",
    id,
    arn: `arn:aws:cloudtrail:${home}:${owner}:trail/${id}`,
    account: owner,
    region: home,
    properties: keep(all),
    observed: keep(seen),
    ...(unreadable.length === 0
      ? {}
      : {
          unreadable: Object.fromEntries(
            unreadable.map((name) => [
              name,
              { reason: "AccessDenied", action: "cloudtrail:GetEventSelectors", region: home },
            ]),
          ),
        }),
  };
}

export function store({
  id = "lake",
  home = "us-east-1",
  properties = {},
  observed = {},
}: {
  readonly id?: string;
  readonly home?: string;
  readonly properties?: JsonObject;
  readonly observed?: JsonObject;
} = {}): Resource {
  return {
    type: "AWS::CloudTrail::EventDataStore",
    id,
    arn: `arn:aws:cloudtrail:${home}:${accountId}:eventdatastore/${id}`,
    account: accountId,
    region: home,
    properties: { MultiRegionEnabled: true, AdvancedEventSelectors: null, KmsKeyId: null, ...properties },
    observed: { Status: "ENABLED", SeenIn: [home], ...observed },
  };
}

export function channel(config: JsonValue, destination = "AWS_SERVICE"): Resource {
  const id = "aws-service-channel/cloudwatch/trail";
  return {
    type: "AWS::CloudTrail::Channel",
    id: destination === "AWS_SERVICE" ? id : "partner",
    arn: `arn:aws:cloudtrail:us-east-1:${accountId}:channel/1`,
    account: accountId,
    region: "us-east-1",
    properties: { Destinations: [{ Type: destination }] },
    observed: { SourceConfig: config, SeenIn: ["us-east-1"] },
  };
}

export function other(type: string, id: string, observed: JsonObject, arn?: string): Resource {
  return {
    type,
    id,
    ...(arn === undefined ? {} : { arn }),
    account: accountId,
    region: "us-east-1",
    properties: {},
    observed,
  };
}

export type AccountRow = {
  readonly resources?: readonly Resource[];
  readonly regions?: readonly string[];
  readonly denied?: readonly (readonly [type: string, region: string])[];
  readonly listed?: readonly string[];
  readonly blindRegions?: true;
  readonly judged?: readonly string[];
  readonly partition?: string;
};

export function account({
  resources = [],
  regions = ["eu-west-1", "us-east-1"],
  denied = [],
  blindRegions,
  listed = regions,
  judged,
  partition = "aws",
}: AccountRow = {}): Account {
  const gaps: readonly Gap[] = [
    ...denied.map(([type, region]) => ({
      account: accountId,
      type: `AWS::CloudTrail::${type}`,
      region,
      reason: "AccessDenied",
      action: type === "Trail" ? "cloudtrail:DescribeTrails" : `cloudtrail:List${type}s`,
    })),
    ...(blindRegions === undefined
      ? []
      : [
          {
            account: accountId,
            type: "Watchproof::Account::Regions",
            region: "global",
            reason: "AccessDenied",
            action: "account:ListRegions",
          },
        ]),
  ];
  const snapshot: Snapshot = {
    format: "watchproof-snapshot/1",
    takenAt,
    account: { id: accountId, partition },
    regions,
    resources,
    gaps,
    calls: {},
    collected: {
      "AWS::CloudTrail::Trail": { listed, properties: trailCalls },
      "AWS::CloudTrail::EventDataStore": { listed, properties: { Status: "cloudtrail:GetEventDataStore" } },
      "AWS::CloudTrail::Channel": { listed, properties: { SourceConfig: "cloudtrail:GetChannel" } },
    },
  };
  return judged === undefined ? viewAccount(snapshot) : viewAccount(snapshot, { regions: judged });
}
