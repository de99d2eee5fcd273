import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import type { Account } from "../../../src/core/account.js";
import type { JsonObject } from "../../../src/core/json.js";
import { cloudtrailCaptures } from "../../../src/evaluators/cloudtrail/captures.js";
import { account, trail } from "../../reasoning/capture/account.js";
import {
  glacier,
  judge,
  witnessOf,
  f,
  advanced,
  category,
  s3,
  writeOnly,
  readOnly,
} from "./captures.support.js";
import type { Options } from "./captures.support.js";

describe("cloudtrail-captures: network activity", () => {
  const selector = (...more: readonly JsonObject[]): Account =>
    account({
      resources: [
        trail({
          properties: advanced([
            category("NetworkActivity"),
            f("eventSource", { Equals: ["s3.amazonaws.com"] }),
            ...more,
          ]),
        }),
      ],
    });
  it.each([
    ["all of a source", [], {}, "pass"],
    ["another source", [], { source: "kms.amazonaws.com" }, "fail"],
    [
      "only refusals are recorded, all is demanded",
      [f("errorCode", { Equals: ["VpceAccessDenied"] })],
      {},
      "fail",
    ],
    [
      "only refusals are recorded and demanded",
      [f("errorCode", { Equals: ["VpceAccessDenied"] })],
      { denied: true },
      "pass",
    ],
    ["one endpoint is left out", [f("vpcEndpointId", { NotEquals: ["vpce-1"] })], {}, "fail"],
  ] as const)("%s", (_, more, over, status) => {
    const verdict = judge(selector(...more), { network: { source: "s3.amazonaws.com", ...over } });
    expect(verdict.status).toBe(status);
    if (more[0]?.["Field"] === "vpcEndpointId")
      expect(witnessOf(verdict)).toMatchObject({ eventCategory: "NetworkActivity", vpcEndpointId: "vpce-1" });
  });
});

describe("cloudtrail-captures: the configurations that fool a simple checker", () => {
  const two = [
    trail({
      id: "t-read-only",
      home: "eu-west-1",
      properties: {
        EventSelectors: [
          {
            ReadWriteType: "ReadOnly",
            IncludeManagementEvents: true,
            ExcludeManagementEventSources: [],
            DataResources: [{ Type: "AWS::S3::Object", Values: ["arn:aws:s3:::t-vault/"] }],
          },
        ],
      },
    }),
    trail({
      id: "t-write-only",
      properties: advanced(
        [category("Management"), f("readOnly", { Equals: ["false"] })],
        [
          category("Data"),
          s3,
          f("readOnly", { Equals: ["false"] }),
          f("resources.ARN", { StartsWith: ["arn:aws:s3:::t-vault/"] }),
        ],
      ),
    }),
  ];
  const dataOnly = trail({
    id: "t-data-only",
    properties: advanced([
      category("Data"),
      s3,
      f("resources.ARN", { NotStartsWith: ["arn:aws:s3:::t-archive/"] }),
    ]),
  });
  const stopped = trail({
    id: "t-stopped",
    observed: { IsLogging: false },
    properties: advanced([category("Management")], [category("Data"), s3]),
  });
  const stale = trail({
    id: "t-stale",
    home: "us-west-2",
    seenIn: ["us-west-2"],
    properties: {
      IsMultiRegionTrail: false,
      EventSelectors: [
        {
          IncludeManagementEvents: false,
          DataResources: [{ Type: "AWS::S3::Object", Values: ["arn:aws:s3"] }],
        },
      ],
    },
  });
  const west = { IsMultiRegionTrail: false };
  const bucket = (name: string): Options => ({ data: { type: "AWS::S3::Object", buckets: [name] } });
  it.each([
    ["T01, T07: reads of one trail and writes of another add up", two, glacier, "pass"],
    [
      "T02: excluding KMS and RDS Data leaves the rest",
      [
        trail({
          home: "us-east-1",
          properties: {
            ...west,
            ...advanced([
              category("Management"),
              f("eventSource", { NotEquals: ["kms.amazonaws.com", "rdsdata.amazonaws.com"] }),
            ]),
          },
        }),
      ],
      { ...glacier, regions: ["us-east-1"] },
      "pass",
    ],
    [
      "T03: the same in basic selectors",
      [
        trail({
          properties: {
            ...west,
            EventSelectors: [
              {
                ReadWriteType: "All",
                IncludeManagementEvents: true,
                DataResources: [],
                ExcludeManagementEventSources: ["kms.amazonaws.com"],
              },
            ],
          },
        }),
      ],
      { ...glacier, regions: ["us-east-1"] },
      "pass",
    ],
    ["T04: a data-only trail records no management event", [dataOnly], glacier, "fail"],
    [
      "T05: a bucket is left out, and who would record it is stopped",
      [dataOnly, stopped],
      bucket("t-archive"),
      "fail",
    ],
    ["T06: another bucket is not left out", [dataOnly, stopped], bucket("t-media"), "pass"],
    ["T22: a perfect trail that is stopped", [stopped], glacier, "fail"],
    ["T36: all objects, but in another region", [dataOnly, stopped, stale], bucket("t-archive"), "fail"],
    [
      "T40: an organization trail with unreadable selectors",
      [
        trail({
          id: "org-trail",
          owner: "999999999999",
          unreadable: ["EventSelectors", "AdvancedEventSelectors"],
        }),
      ],
      glacier,
      "unknown",
    ],
    ["T44: object reads of one trail and object writes of another", two, bucket("t-vault"), "pass"],
    [
      "B01: single-region trails leave a region out",
      [trail({ properties: west }), trail({ id: "b", properties: west })],
      glacier,
      "fail",
    ],
    ["B07: write-only misses reads", [trail({ properties: writeOnly })], glacier, "fail"],
    [
      "B12: S3 refuses what is recorded",
      [
        trail({
          observed: { LatestDeliveryError: "AccessDenied", LatestDeliveryTime: "2026-11-08T12:00:00Z" },
        }),
      ],
      glacier,
      "fail",
    ],
    ["a read-only half is not enough", [trail({ properties: readOnly })], glacier, "fail"],
  ] as const)("%s", (_, resources, options, status) => {
    expect(judge(account({ resources }), options as Options).status).toBe(status);
  });
});

describe("cloudtrail-captures: its contract", () => {
  const valid = new Ajv2020({ strict: true, strictRequired: false, allErrors: true }).compile(
    cloudtrailCaptures.options,
  );
  it.each<readonly [string, unknown, boolean]>([
    ["a source", glacier, true],
    [
      "objects of buckets",
      { data: { type: "AWS::S3::Object", buckets: ["b"], access: "write" }, delivered: false },
      true,
    ],
    ["nothing demanded", {}, false],
    ["events without a source", { events: {} }, false],
    ["an unknown access", { events: { source: "glacier.amazonaws.com", access: "some" } }, false],
    ["an unknown member", { ...glacier, speed: "fast" }, false],
    ["an ARN that is none", { data: { type: "AWS::S3::Object", arns: ["bucket"] } }, false],
  ])("options: %s", (_, options, expected) => {
    expect(valid(options)).toBe(expected);
  });

  it("asks for delivery only where it is demanded", () => {
    const asked = (options: Options): readonly string[] =>
      cloudtrailCaptures.needs(options).flatMap(({ properties }) => properties);
    expect(asked(glacier)).toContain("LatestDeliveryError");
    expect(asked({ ...glacier, delivered: false })).not.toContain("LatestDeliveryError");
    const sinks = ["AWS::CloudTrail::Trail", "AWS::CloudTrail::EventDataStore", "AWS::CloudTrail::Channel"];
    expect(cloudtrailCaptures.needs({ ...glacier, delivered: false }).map(({ type }) => type)).toEqual(sinks);
    const places = cloudtrailCaptures.needs(glacier).filter(({ type }) => !sinks.includes(type));
    expect(places.map(({ type, only }) => [type, only?.path])).toEqual([
      ["AWS::S3::Bucket", "S3BucketName"],
      ["AWS::KMS::Key", "KMSKeyId"],
      ["AWS::KMS::Key", "KmsKeyId"],
      ["AWS::Logs::LogGroup", "CloudWatchLogsLogGroupArn"],
    ]);
  });
});
