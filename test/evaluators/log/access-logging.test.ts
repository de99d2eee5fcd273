import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/core/json.js";
import { accessLogging } from "../../../src/evaluators/log/access-logging.js";
import type { AccessLoggingOptions } from "../../../src/evaluators/log/access-logging.js";
import { account, accountId, resource } from "../../support/build.js";

const CHANNEL = "AWS::MediaPackage::Channel";
const egress: AccessLoggingOptions = {
  for: CHANNEL,
  noun: "channel",
  switch: { path: "EgressAccessLogs.LogGroupName" },
  "name-prefix": "/aws/MediaPackage/",
};
const channel = (properties: JsonObject, more: object = {}) =>
  resource({ type: CHANNEL, id: "live", properties, ...more });
const group = (name: string, observed: JsonObject = {}) =>
  resource({
    type: "AWS::Logs::LogGroup",
    id: name,
    arn: `arn:aws:logs:us-east-1:${accountId}:log-group:${name}`,
    properties: { RetentionInDays: null, LogGroupClass: null },
    observed,
  });
const judge = (resources: Parameters<typeof account>[0], options = egress) =>
  accessLogging.evaluate(account(resources), options).map(({ verdict }) => verdict);
const on = { EgressAccessLogs: { LogGroupName: "/aws/MediaPackage/own" } };

describe("access-logging", () => {
  it("a pass shows the switch and the place", () => {
    const [verdict] = judge({ resources: [channel(on), group("/aws/MediaPackage/own", { Exists: true })] });
    expect(verdict).toMatchObject({
      status: "pass",
      evidence: [{ value: { LogGroupName: "/aws/MediaPackage/own" } }, { value: true }],
    });
  });

  it("a failure's witness names resource, place and reason", () => {
    const [verdict] = judge({ resources: [channel(on), group("/aws/MediaPackage/own", { Exists: false })] });
    expect(verdict).toMatchObject({
      status: "fail",
      witness: {
        resource: "live",
        destination: expect.stringContaining("log-group:/aws/MediaPackage/own"),
        because: expect.stringContaining("does not exist"),
      },
    });
  });

  it.each<[string, Parameters<typeof account>[0], string]>([
    ["an absent switch fails", { resources: [channel({ EgressAccessLogs: null })] }, "fail"],
    [
      "an unreadable switch is unknown",
      { resources: [channel({}, { unreadable: { EgressAccessLogs: { reason: "AccessDenied" } } })] },
      "unknown",
    ],
    ["a switch that was not collected is unknown", { resources: [channel({})] }, "unknown"],
    ["a group that was not collected is unknown", { resources: [channel(on)] }, "unknown"],
    [
      "a wrong name fails though the group was not collected",
      { resources: [channel({ EgressAccessLogs: { LogGroupName: "own" } })] },
      "fail",
    ],
    ["on without a name or a default is nowhere", { resources: [channel({ EgressAccessLogs: {} })] }, "fail"],
  ])("%s", (_, state, status) => {
    expect(judge(state)).toMatchObject([{ status }]);
  });

  it("a bucket can be the place", () => {
    const options: AccessLoggingOptions = {
      for: CHANNEL,
      switch: { path: "Logs.Bucket", destination: "bucket" },
    };
    const bucket = resource({
      type: "AWS::S3::Bucket",
      id: "logs",
      arn: "arn:aws:s3:::logs",
      observed: { Exists: true },
    });
    expect(judge({ resources: [channel({ Logs: { Bucket: "logs" } }), bucket] }, options)).toMatchObject([
      { status: "pass" },
    ]);
  });

  it("a delivery that leaves out audit fields passes with a note", () => {
    const arn = `arn:aws:mediapackagev2:us-east-1:${accountId}:channelGroup/g`;
    const destination = `arn:aws:logs:us-east-1:${accountId}:delivery-destination:d`;
    const resources = [
      resource({ type: "AWS::MediaPackageV2::ChannelGroup", id: "g", arn }),
      resource({
        type: "AWS::Logs::DeliverySource",
        id: "s",
        properties: {
          Name: "s",
          ResourceArn: arn,
          LogType: "EGRESS_ACCESS_LOGS",
          DeliverySourceConfiguration: null,
        },
        observed: { ResourceArns: [arn], Status: null },
      }),
      resource({
        type: "AWS::Logs::Delivery",
        id: "x",
        properties: {
          DeliverySourceName: "s",
          DeliveryDestinationArn: destination,
          RecordFields: ["client_ip", "method", "request"],
        },
      }),
      resource({
        type: "AWS::Logs::DeliveryDestination",
        id: "d",
        arn: destination,
        properties: { DestinationResourceArn: `arn:aws:logs:us-east-1:${accountId}:log-group:g:*` },
      }),
      group("g", { Exists: true }),
      resource({
        type: "AWS::Logs::ResourcePolicy",
        id: "p",
        properties: {
          PolicyDocument: JSON.stringify({
            Statement: [
              {
                Effect: "Allow",
                Principal: { Service: "delivery.logs.amazonaws.com" },
                Action: "logs:*",
                Resource: "*",
              },
            ],
          }),
        },
      }),
    ];
    expect(
      judge({ resources }, { for: "AWS::MediaPackageV2::ChannelGroup", "log-types": ["EGRESS_ACCESS_LOGS"] }),
    ).toMatchObject([
      {
        status: "pass",
        notes: [
          expect.stringContaining("leaves out event_timestamp, status_code, request_id and resource_arn"),
        ],
        candidates: [{ ref: "s", status: "pass" }],
      },
    ]);
  });

  it("a delivered log whose group is gone: the group is made again, nothing else", () => {
    const arn = `arn:aws:mediapackagev2:us-east-1:${accountId}:channelGroup/g`;
    const destination = `arn:aws:logs:us-east-1:${accountId}:delivery-destination:d`;
    const resources = [
      resource({ type: "AWS::MediaPackageV2::ChannelGroup", id: "g", arn }),
      resource({
        type: "AWS::Logs::DeliverySource",
        id: "s",
        properties: {
          Name: "s",
          ResourceArn: arn,
          LogType: "EGRESS_ACCESS_LOGS",
          DeliverySourceConfiguration: null,
        },
        observed: { ResourceArns: [arn], Status: null },
      }),
      resource({
        type: "AWS::Logs::Delivery",
        id: "x",
        properties: {
          DeliverySourceName: "s",
          DeliveryDestinationArn: destination,
          RecordFields: ["client_ip", "method", "request"],
        },
      }),
      resource({
        type: "AWS::Logs::DeliveryDestination",
        id: "d",
        arn: destination,
        properties: { DestinationResourceArn: `arn:aws:logs:us-east-1:${accountId}:log-group:g:*` },
      }),
      group("g", { Exists: false }),
    ];
    expect(
      judge({ resources }, { for: "AWS::MediaPackageV2::ChannelGroup", "log-types": ["EGRESS_ACCESS_LOGS"] }),
    ).toMatchObject([
      {
        status: "fail",
        remediation: {
          cli: "aws logs create-log-group --log-group-name g --region us-east-1\naws logs put-retention-policy --log-group-name g --retention-in-days DAYS --region us-east-1\n",
        },
      },
    ]);
  });

  it("a switched log whose group is gone likewise; one that is off keeps the rule's remedy", () => {
    const [gone] = judge({ resources: [channel(on), group("/aws/MediaPackage/own", { Exists: false })] });
    expect(gone).toMatchObject({
      remediation: {
        cli: expect.stringMatching(/^aws logs create-log-group --log-group-name \/aws\/MediaPackage\/own /u),
      },
    });
    expect(judge({ resources: [channel({ EgressAccessLogs: null })] })[0]).not.toHaveProperty("remediation");
  });

  it("reads the log groups that the switch names, and no other", () => {
    expect(accessLogging.needs(egress)).toEqual([
      { type: CHANNEL, properties: ["EgressAccessLogs"] },
      {
        type: "AWS::Logs::LogGroup",
        properties: ["Exists", "RetentionInDays", "LogGroupClass"],
        only: { referencedBy: CHANNEL, path: "EgressAccessLogs.LogGroupName" },
      },
    ]);
  });

  const types = {
    names: [CHANNEL],
    propertiesOf: (type: string) => Promise.resolve(type === CHANNEL ? ["EgressAccessLogs"] : undefined),
  };
  it.each<[string, AccessLoggingOptions, object]>([
    [
      "a type that nobody reads",
      { ...egress, for: "AWS::MediaPackage::Chanel" },
      { code: "unknown-type", path: ["for"] },
    ],
    [
      "a property that the type does not have",
      { ...egress, switch: { path: "EgresAccessLogs.LogGroupName" } },
      { code: "unknown-property", path: ["switch", "path"] },
    ],
  ])("%s is refused when the rule loads", async (_, options, problem) => {
    expect(await accessLogging.review?.(options, types)).toMatchObject([problem]);
    expect(await accessLogging.review?.(egress, types)).toEqual([]);
  });
});
