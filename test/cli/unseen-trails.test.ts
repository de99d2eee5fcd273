import { describe, expect, it } from "vitest";
import { readReport } from "../support/report.js";
import { runCli } from "../support/run-cli.js";
import { simulatedAccount, withAws } from "../support/simulated-aws.js";
import type { AccountDescription, Entry } from "../support/simulated-aws.js";

const account = "444455556666";
const [virginia, ireland] = ["us-east-1", "eu-west-1"];
const field = (Field: string, operator: string, ...values: string[]): object => ({
  Field,
  [operator]: values,
});
const management = field("eventCategory", "Equals", "Management");
const advanced = (...selectors: (readonly object[])[]) => ({
  AdvancedEventSelectors: selectors.map((FieldSelectors) => ({ FieldSelectors })),
});
const basic = (selector: object) => ({ EventSelectors: [selector] });
const denied = { code: "AccessDeniedException", message: "User is not authorized", status: 400 };

const storeArn = (region: string, id: string): string =>
  `arn:aws:cloudtrail:${region}:${account}:eventdatastore/${id}`;
const store = (id: string, part: object, region = virginia): readonly Entry[] => [
  {
    service: "cloudtrail",
    operation: "ListEventDataStores",
    region,
    response: { EventDataStores: [{ EventDataStoreArn: storeArn(region, id), Name: id }] },
  },
  {
    service: "cloudtrail",
    operation: "GetEventDataStore",
    region,
    params: { EventDataStore: storeArn(region, id) },
    response: {
      EventDataStoreArn: storeArn(region, id),
      Name: id,
      Status: "ENABLED",
      MultiRegionEnabled: true,
      OrganizationEnabled: false,
      AdvancedEventSelectors: [{ FieldSelectors: [management] }],
      ...part,
    },
  },
];

/** One account, its verdicts by rule, judged by hand from the documented procedure. */
type Case = {
  readonly name: string;
  readonly state: AccountDescription;
  readonly glacier: string;
  readonly media?: string;
  readonly witness?: object;
  readonly any?: string;
  readonly args?: readonly string[];
};

const cases: readonly Case[] = [
  {
    name: "no trail and no store",
    state: {},
    glacier: "fail",
    witness: { region: ireland, eventName: "AbortMultipartUpload" },
    any: "fail",
  },
  {
    name: "a trail that never delivered anywhere",
    state: { trails: [{ name: "new", status: { LatestDeliveryTime: undefined } }] },
    glacier: "fail",
    witness: { kind: "undelivered" },
    any: "pass",
  },
  {
    name: "S3 refuses, CloudWatch Logs takes it",
    state: {
      trails: [
        {
          name: "t",
          trail: { CloudWatchLogsLogGroupArn: `arn:aws:logs:us-east-1:${account}:log-group:x:*` },
          status: { LatestDeliveryError: "AccessDenied", LatestCloudWatchLogsDeliveryTime: "@now-5m" },
        },
      ],
    },
    glacier: "pass",
  },
  {
    name: "S3 refuses, and CloudWatch Logs too",
    state: {
      trails: [
        {
          name: "t",
          trail: { CloudWatchLogsLogGroupArn: `arn:aws:logs:us-east-1:${account}:log-group:x:*` },
          status: {
            LatestDeliveryError: "AccessDenied",
            LatestCloudWatchLogsDeliveryTime: "@now-5d",
            LatestCloudWatchLogsDeliveryError: "Access denied",
          },
        },
      ],
    },
    glacier: "fail",
    witness: { kind: "undelivered" },
  },
  {
    name: "two single-region trails that share the regions",
    state: {
      trails: [
        { name: "a", home: virginia, trail: { IsMultiRegionTrail: false } },
        { name: "b", home: ireland, trail: { IsMultiRegionTrail: false } },
      ],
    },
    glacier: "pass",
  },
  {
    name: "writes by a trail, reads by a store",
    state: {
      trails: [
        { name: "w", selectors: basic({ ReadWriteType: "WriteOnly", IncludeManagementEvents: true }) },
      ],
      answers: store("reads", {
        AdvancedEventSelectors: [{ FieldSelectors: [management, field("readOnly", "Equals", "true")] }],
      }),
    },
    glacier: "pass",
  },
  {
    name: "a store that names the Glacier source only",
    state: {
      answers: store("glacier", {
        AdvancedEventSelectors: [
          { FieldSelectors: [management, field("eventSource", "Equals", "glacier.amazonaws.com")] },
        ],
      }),
    },
    glacier: "pass",
    media: "fail",
  },
  {
    name: "a store whose source begins with mediapackage",
    state: {
      answers: store("mp", {
        AdvancedEventSelectors: [
          { FieldSelectors: [management, field("eventSource", "StartsWith", "mediapackage")] },
        ],
      }),
    },
    glacier: "fail",
    media: "pass",
  },
  {
    name: "a store whose source ends in amazonaws.com but not kms",
    state: {
      answers: store("all", {
        AdvancedEventSelectors: [
          {
            FieldSelectors: [
              management,
              field("eventSource", "EndsWith", ".amazonaws.com"),
              field("eventSource", "NotEquals", "kms.amazonaws.com"),
            ],
          },
        ],
      }),
    },
    glacier: "pass",
    media: "pass",
  },
  {
    name: "a store that leaves one operation out",
    state: {
      answers: store("s", {
        AdvancedEventSelectors: [
          { FieldSelectors: [management, field("eventName", "NotEquals", "GetJobOutput")] },
        ],
      }),
    },
    glacier: "fail",
    witness: { eventName: "GetJobOutput", readOnly: true },
    media: "pass",
  },
  {
    name: "a store that is starting",
    state: { answers: store("s", { Status: "STARTING_INGESTION" }) },
    glacier: "unknown",
    any: "unknown",
  },
  {
    name: "a store that stopped",
    state: { answers: store("s", { Status: "STOPPED_INGESTION" }) },
    glacier: "fail",
    any: "fail",
  },
  {
    name: "a store of one region",
    state: { answers: store("s", { MultiRegionEnabled: false }) },
    glacier: "fail",
    witness: { region: ireland },
  },
  {
    name: "a store for AWS Config items",
    state: {
      answers: store("s", {
        AdvancedEventSelectors: [{ FieldSelectors: [field("eventCategory", "Equals", "ConfigurationItem")] }],
      }),
    },
    glacier: "fail",
  },
  {
    name: "console sessions excluded by a store",
    state: {
      answers: store("s", {
        AdvancedEventSelectors: [
          { FieldSelectors: [management, field("sessionCredentialFromConsole", "NotEquals", "true")] },
        ],
      }),
    },
    glacier: "fail",
    witness: { console: true },
  },
  {
    name: "a selector field from the future",
    state: { trails: [{ name: "t", selectors: advanced([management, field("aNewField", "Equals", "x")]) }] },
    glacier: "unknown",
  },
  {
    name: "a selector of the future that is data anyway",
    state: {
      trails: [
        {
          name: "t",
          selectors: advanced([field("eventCategory", "Equals", "Data"), field("aNewField", "Equals", "x")]),
        },
      ],
    },
    glacier: "fail",
  },
  {
    name: "an organization trail whose selectors are refused",
    state: {
      trails: [
        {
          name: "org",
          trail: {
            TrailARN: "arn:aws:cloudtrail:us-east-1:999999999999:trail/org",
            IsOrganizationTrail: true,
          },
        },
      ],
      answers: [{ service: "cloudtrail", operation: "GetEventSelectors", error: denied }],
    },
    glacier: "unknown",
    any: "pass",
  },
  {
    name: "an organization trail that is not seen in one region",
    state: {
      trails: [
        {
          name: "org",
          seenIn: [virginia],
          trail: {
            TrailARN: "arn:aws:cloudtrail:us-east-1:999999999999:trail/org",
            IsOrganizationTrail: true,
          },
        },
      ],
    },
    glacier: "fail",
    witness: { region: ireland },
  },
  {
    name: "trails refused in one region, a multi-region trail seen in the other",
    state: { trails: [{ name: "t" }], deny: [`cloudtrail.DescribeTrails@${ireland}`] },
    glacier: "unknown",
  },
  {
    name: "trails refused in one region, a stopped trail in the other",
    state: {
      trails: [{ name: "t", status: { IsLogging: false } }],
      deny: [`cloudtrail.DescribeTrails@${ireland}`],
    },
    glacier: "fail",
    witness: { region: virginia },
    any: "unknown",
  },
  {
    name: "stores refused beside a full trail",
    state: { trails: [{ name: "t" }], deny: ["cloudtrail.ListEventDataStores"] },
    glacier: "pass",
  },
  {
    name: "stores refused beside a write-only trail",
    state: {
      trails: [{ name: "t", selectors: basic({ ReadWriteType: "WriteOnly" }) }],
      deny: ["cloudtrail.ListEventDataStores"],
    },
    glacier: "unknown",
    witness: { readOnly: true },
  },
  {
    name: "stores refused in one region, none in the other",
    state: { deny: [`cloudtrail.ListEventDataStores@${virginia}`] },
    glacier: "fail",
    witness: { region: ireland },
    any: "unknown",
  },
  {
    name: "stores refused in the one region that is not covered",
    state: {
      trails: [{ name: "t", home: virginia, trail: { IsMultiRegionTrail: false } }],
      deny: [`cloudtrail.ListEventDataStores@${ireland}`],
    },
    glacier: "unknown",
    witness: { region: ireland },
  },
  {
    name: "stores refused where Lake is not offered",
    state: {
      regions: [virginia, "ca-west-1"],
      trails: [{ name: "t", home: virginia, trail: { IsMultiRegionTrail: false } }],
      deny: ["cloudtrail.ListEventDataStores@ca-west-1"],
    },
    glacier: "pass",
  },
  {
    name: "the status refused",
    state: { trails: [{ name: "t" }], deny: ["cloudtrail.GetTrailStatus"] },
    glacier: "unknown",
    any: "unknown",
  },
  {
    name: "enabled regions refused beside a full trail",
    state: { trails: [{ name: "t", seenIn: ["*"] }], deny: ["account.ListRegions"] },
    glacier: "unknown",
  },
  {
    name: "one region asked, the other uncovered",
    state: { trails: [{ name: "t", home: virginia, trail: { IsMultiRegionTrail: false } }] },
    glacier: "pass",
    args: ["--region", virginia],
  },
  {
    name: "the uncovered region asked",
    state: { trails: [{ name: "t", home: virginia, trail: { IsMultiRegionTrail: false } }] },
    glacier: "fail",
    args: ["--region", ireland],
    witness: { region: ireland },
  },
  {
    name: "a trail that lives elsewhere, seen in the region asked",
    state: { trails: [{ name: "t", home: virginia }] },
    glacier: "pass",
    args: ["--region", ireland],
  },
  {
    name: "a region without Glacier is not demanded",
    state: {
      regions: [virginia, "eu-central-2"],
      trails: [{ name: "t", home: virginia, trail: { IsMultiRegionTrail: false } }],
    },
    glacier: "pass",
  },
  {
    name: "read and write halves in one trail's two selectors",
    state: {
      trails: [
        {
          name: "t",
          selectors: advanced(
            [management, field("readOnly", "Equals", "true")],
            [management, field("readOnly", "Equals", "false")],
          ),
        },
      ],
    },
    glacier: "pass",
    media: "pass",
  },
];

describe.concurrent("an account that no recording holds", () => {
  it.each(cases)("$name", async ({ state, glacier, media, any, witness, args = [] }) => {
    const { trails = [], deny } = state;
    const everywhere = trails.map((trail) =>
      trail.seenIn?.[0] === "*" ? { ...trail, seenIn: defaultRegions } : trail,
    );
    await withAws(
      simulatedAccount({ ...state, trails: everywhere, ...(deny === undefined ? {} : { deny }) }),
      async (aws) => {
        const rules = [
          "cloudtrail.glacier-events",
          "cloudtrail.mediapackage-events",
          "cloudtrail.any-trail-logging",
        ].flatMap((rule) => ["--rule", rule]);
        const { stdout, exitCode } = await runCli(["check", ...rules, ...args, "--format", "json"], {
          env: aws.env(account),
        });
        const findings = readReport(stdout).findings;
        const statusOf = (rule: string): string | undefined =>
          findings.find((finding) => finding.rule === rule)?.status;
        expect(statusOf("cloudtrail.glacier-events")).toBe(glacier);
        if (media !== undefined) expect(statusOf("cloudtrail.mediapackage-events")).toBe(media);
        if (any !== undefined) expect(statusOf("cloudtrail.any-trail-logging")).toBe(any);
        if (witness !== undefined)
          expect(findings.find(({ rule }) => rule === "cloudtrail.glacier-events")?.witness).toMatchObject(
            witness,
          );
        const worst = findings.map(({ status }) => status);
        expect(exitCode).toBe(worst.includes("fail") ? 1 : worst.includes("unknown") ? 3 : 0);
      },
    );
  });
});

const defaultRegions = [
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-northeast-3",
  "ap-south-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "ca-central-1",
  "eu-central-1",
  "eu-north-1",
  "eu-west-1",
  "eu-west-2",
  "eu-west-3",
  "sa-east-1",
  "us-east-1",
  "us-east-2",
  "us-west-1",
  "us-west-2",
];
