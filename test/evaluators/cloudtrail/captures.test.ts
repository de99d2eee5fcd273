import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import type { Account } from "../../../src/core/account.js";
import type { JsonObject } from "../../../src/core/json.js";
import type { Verdict } from "../../../src/core/verdict.js";
import { cloudtrailCaptures } from "../../../src/evaluators/cloudtrail/captures.js";
import { account, channel, other, store, trail } from "../../reasoning/capture/account.js";

type Options = Parameters<typeof cloudtrailCaptures.evaluate>[1];

const glacier: Options = { events: { source: "glacier.amazonaws.com" } };
const objects: Options = { data: { type: "AWS::S3::Object" } };

function judge(state: Account, options: Options = glacier): Verdict {
  const judgements = cloudtrailCaptures.evaluate(state, options);
  expect(judgements).toHaveLength(1);
  expect(judgements[0]!.subject).toEqual({ kind: "account", type: "AWS::Account", id: "111122223333" });
  return judgements[0]!.verdict;
}

const witnessOf = (verdict: Verdict): JsonObject | undefined =>
  "witness" in verdict ? verdict.witness : undefined;
const links = (verdict: Verdict): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(
    (verdict.candidates ?? []).map(({ ref, status, brokenLink }) => [
      ref.split("/").at(-1) ?? ref,
      brokenLink ?? status,
    ]),
  );
const f = (Field: string, operators: JsonObject): JsonObject => ({ Field, ...operators });
const advanced = (...selectors: readonly (readonly JsonObject[])[]): JsonObject => ({
  AdvancedEventSelectors: selectors.map((FieldSelectors) => ({ FieldSelectors })),
});
const category = (value: string): JsonObject => f("eventCategory", { Equals: [value] });
const s3 = f("resources.type", { Equals: ["AWS::S3::Object"] });
const writeOnly = { EventSelectors: [{ ReadWriteType: "WriteOnly", IncludeManagementEvents: true }] };
const readOnly = { EventSelectors: [{ ReadWriteType: "ReadOnly", IncludeManagementEvents: true }] };

describe("cloudtrail-captures: management events", () => {
  it("passes with one multi-region trail, and shows what was read and where", () => {
    const verdict = judge(account({ resources: [trail()] }));
    expect(verdict).toMatchObject({
      status: "pass",
      message: "every demanded event is captured in 2 regions, by main",
    });
    expect(verdict.evidence).toContainEqual({
      path: "main.IsLogging",
      value: true,
      from: "cloudtrail:GetTrailStatus us-east-1",
    });
    expect(verdict.evidence).toContainEqual({
      path: "main.AdvancedEventSelectors",
      value: null,
      from: "cloudtrail:GetEventSelectors us-east-1",
    });
    expect(verdict.candidates).toEqual([
      { ref: "arn:aws:cloudtrail:us-east-1:111122223333:trail/main", status: "pass" },
    ]);
  });

  it("fails without any sink, naming the first event of the first region", () => {
    const verdict = judge(account());
    expect(verdict).toMatchObject({
      status: "fail",
      witness: {
        eventSource: "glacier.amazonaws.com",
        eventName: "AbortMultipartUpload",
        region: "eu-west-1",
        readOnly: false,
      },
    });
    expect(verdict.message).toMatch(/no trail, event data store or channel/u);
    expect(verdict.notes?.join()).toMatch(/member account/u);
  });

  it("tells each sink's first broken link", () => {
    const verdict = judge(
      account({
        resources: [
          trail({ id: "stopped", observed: { IsLogging: false } }),
          trail({ id: "writes", properties: writeOnly }),
          trail({ id: "data", properties: advanced([category("Data"), s3]) }),
          trail({ id: "single", properties: { IsMultiRegionTrail: false } }),
          trail({ id: "broken", observed: { LatestDeliveryError: "AccessDenied" }, properties: writeOnly }),
          store({ observed: { Status: "STOPPED_INGESTION" } }),
        ],
      }),
    );
    expect(witnessOf(verdict)).toMatchObject({
      eventName: "DescribeJob",
      region: "eu-west-1",
      readOnly: true,
    });
    expect(links(verdict)).toEqual({
      stopped: "is not logging",
      writes: "records write-only management events",
      data: "records data events only",
      single: "does not cover eu-west-1",
      broken: "records write-only management events",
      lake: "is STOPPED_INGESTION",
    });
  });

  it.each([
    [
      "unreadable selectors",
      trail({ unreadable: ["EventSelectors", "AdvancedEventSelectors"] }),
      "unreadable",
      /EventSelectors could not be read: AccessDenied; grant cloudtrail:GetEventSelectors in us-east-1/u,
    ],
    [
      "an unreadable status",
      trail({ unreadable: ["IsLogging"] }),
      "unreadable",
      /IsLogging could not be read/u,
    ],
    [
      "a status that AWS does not report",
      trail({ observed: { IsLogging: null } }),
      "undecidable",
      /IsLogging is not reported/u,
    ],
    [
      "a status that was never asked for",
      trail({ without: ["IsLogging"] }),
      "not-collected",
      /IsLogging is not in this snapshot/u,
    ],
    [
      "selectors that were never asked for",
      trail({ without: ["AdvancedEventSelectors"] }),
      "not-collected",
      /AdvancedEventSelectors/u,
    ],
    [
      "an unknown selector field",
      trail({ properties: advanced([category("Management"), f("someNewField", { Equals: ["x"] })]) }),
      "undecidable",
      /someNewField/u,
    ],
    [
      "unknown delivery",
      trail({ unreadable: ["LatestDeliveryError"] }),
      "unreadable",
      /LatestDeliveryError/u,
    ],
    ["regions that were never asked for", trail({ without: ["SeenIn"] }), "not-collected", /SeenIn/u],
    [
      "an event data store that is starting",
      store({ observed: { Status: "STARTING_INGESTION" } }),
      "undecidable",
      /is STARTING_INGESTION/u,
    ],
    [
      "an organization trail whose selectors the member may not read",
      trail({ id: "org", owner: "999999999999", unreadable: ["EventSelectors", "AdvancedEventSelectors"] }),
      "unreadable",
      /org: EventSelectors/u,
    ],
  ] as const)("is unknown with %s", (_, resource, reason, message) => {
    const verdict = judge(account({ resources: [resource] }));
    expect(verdict).toMatchObject({ status: "unknown", reason });
    expect(verdict.message).toMatch(message);
    expect(witnessOf(verdict)).toMatchObject({ eventName: "AbortMultipartUpload" });
  });

  it("passes beside anything unreadable if one trail proves it", () => {
    const org = trail({
      id: "org",
      owner: "999999999999",
      unreadable: ["EventSelectors", "AdvancedEventSelectors", "IsLogging"],
    });
    expect(
      judge(
        account({
          resources: [org, trail()],
          denied: [
            ["Channel", "us-east-1"],
            ["EventDataStore", "eu-west-1"],
          ],
        }),
      ).status,
    ).toBe("pass");
  });

  it("a refused list is unknown where it could hide a trail, and names the action", () => {
    const verdict = judge(
      account({
        resources: [trail({ properties: { IsMultiRegionTrail: false } })],
        denied: [["Trail", "eu-west-1"]],
      }),
    );
    expect(verdict).toMatchObject({
      status: "unknown",
      reason: "unreadable",
      witness: { region: "eu-west-1" },
    });
    expect(verdict.message).toMatch(/grant cloudtrail:DescribeTrails in eu-west-1/u);
    expect(verdict.evidence).toContainEqual({
      path: "AWS::CloudTrail::Trail list of eu-west-1",
      value: "AccessDenied",
      from: "cloudtrail:DescribeTrails eu-west-1",
    });
  });

  it("a witness elsewhere stands whatever a refused list hides", () => {
    expect(judge(account({ denied: [["Trail", "eu-west-1"]] }))).toMatchObject({
      status: "fail",
      witness: { region: "us-east-1" },
    });
  });

  it("a region that the snapshot does not hold is not-collected", () => {
    expect(judge(account({ judged: ["us-west-2"] }))).toMatchObject({
      status: "unknown",
      reason: "not-collected",
    });
  });

  it("where the enabled regions could not be listed, a capture everywhere is unknown and a failure stands", () => {
    expect(judge(account({ resources: [trail()], blindRegions: true }))).toMatchObject({
      status: "unknown",
      reason: "unreadable",
    });
    expect(
      judge(account({ resources: [trail()], blindRegions: true }), { ...glacier, regions: ["us-east-1"] })
        .status,
    ).toBe("pass");
    expect(judge(account({ blindRegions: true })).status).toBe("fail");
  });

  it("judges only the regions asked for, and says which are not looked at", () => {
    const verdict = judge(account({ resources: [trail({ properties: { IsMultiRegionTrail: false } })] }), {
      ...glacier,
      regions: ["us-east-1", "sa-east-1"],
    });
    expect(verdict).toMatchObject({
      status: "pass",
      notes: ["The rule also names sa-east-1, which this run does not look at."],
    });
    expect(judge(account(), { ...glacier, regions: ["sa-east-1"] }).status).toBe("not-applicable");
  });

  it("a service is only demanded where it is offered", () => {
    const single = trail({ properties: { IsMultiRegionTrail: false } });
    expect(judge(account({ resources: [single], regions: ["eu-central-2", "us-east-1"] })).status).toBe(
      "pass",
    );
    expect(judge(account({ regions: ["eu-central-2"] }))).toMatchObject({ status: "not-applicable" });
  });

  it("MediaPackage is three sources", () => {
    const v1 = store({
      properties: advanced([category("Management"), f("eventSource", { StartsWith: ["mediapackage."] })]),
    });
    const sources: Options = {
      events: {
        sources: [
          "mediapackage.amazonaws.com",
          "mediapackage-vod.amazonaws.com",
          "mediapackagev2.amazonaws.com",
        ],
      },
    };
    expect(judge(account({ resources: [v1] }), sources)).toMatchObject({
      status: "fail",
      witness: { eventSource: "mediapackage-vod.amazonaws.com", eventName: "ConfigureLogs" },
    });
    expect(judge(account({ resources: [trail()] }), sources).status).toBe("pass");
  });

  it("names and access narrow the demand", () => {
    const state = account({ resources: [trail({ properties: writeOnly })] });
    const demand = (more: JsonObject): Verdict =>
      judge(state, { events: { source: "glacier.amazonaws.com", ...more } });
    expect(demand({ access: "write" }).status).toBe("pass");
    expect(demand({ access: "read" })).toMatchObject({
      status: "fail",
      witness: { eventName: "DescribeJob" },
    });
    expect(demand({ names: ["CreateVault", "DeleteVault"] }).status).toBe("pass");
    expect(demand({ names: ["CreateVault", "InitiateJob"] })).toMatchObject({
      status: "fail",
      witness: { eventName: "InitiateJob", readOnly: true },
    });
  });

  it("a source without a catalogue is judged in the open world", () => {
    const some = store({
      properties: advanced([category("Management"), f("eventName", { StartsWith: ["Put", "Get"] })]),
    });
    const of = (source: string, names?: readonly string[]): Verdict =>
      judge(account({ resources: [some] }), {
        events: { source, ...(names === undefined ? {} : { names: [...names] }) },
      });
    expect(of("athena.amazonaws.com")).toMatchObject({
      status: "fail",
      witness: { eventName: "UnlistedEvent", readOnly: true },
    });
    expect(of("athena.amazonaws.com", ["PutThing"]).status).toBe("pass");
  });

  it("of a source of which some events are known, one of these is the witness", () => {
    const some = store({
      properties: advanced([category("Management"), f("eventName", { StartsWith: ["Put", "Get"] })]),
    });
    expect(judge(account({ resources: [some] }), { events: { source: "sqs.amazonaws.com" } })).toMatchObject({
      status: "fail",
      witness: { eventSource: "sqs.amazonaws.com", eventName: "AddPermission", readOnly: false },
    });
  });

  it("the verb tells whether an event reads, and where it does not, what is captured either way decides", () => {
    const only = (half: JsonObject): Verdict["status"] =>
      judge(account({ resources: [trail({ properties: half })] }), {
        events: { source: "athena.amazonaws.com", names: ["StartQueryExecution", "ListWorkGroups"] },
      }).status;
    expect([only(writeOnly), only(readOnly)]).toEqual(["fail", "fail"]);
    const named = (name: string, half: JsonObject): Verdict =>
      judge(account({ resources: [trail({ properties: half })] }), {
        events: { source: "athena.amazonaws.com", names: [name] },
      });
    expect(named("StartQueryExecution", writeOnly).status).toBe("pass");
    expect(named("StartQueryExecution", readOnly).status).toBe("fail");
    expect(named("ListWorkGroups", readOnly).status).toBe("pass");
    expect(named("Frobnicate", {}).status).toBe("pass");
    const doubt = named("Frobnicate", writeOnly);
    expect(doubt).toMatchObject({ status: "unknown", reason: "undecidable" });
    expect(doubt.message).toMatch(/Frobnicate of athena.*as a read or as a write is not known/u);
    expect(
      judge(account(), { events: { source: "athena.amazonaws.com", names: ["Frobnicate"] } }),
    ).toMatchObject({
      status: "fail",
      witness: { eventSource: "athena.amazonaws.com", eventName: "Frobnicate", region: "eu-west-1" },
    });
  });

  it("a name that no catalogued operation bears may be left out, which is told", () => {
    const but = (...names: readonly string[]): Verdict =>
      judge(
        account({
          resources: [
            trail({
              properties: advanced([category("Data"), s3, f("eventName", { NotEquals: [...names] })]),
            }),
          ],
        }),
        objects,
      );
    expect(but("DeleteVault")).toMatchObject({
      status: "pass",
      notes: [expect.stringMatching(/named DeleteVault/u)],
    });
    expect(but("getobject", "Frobnicate").status).toBe("pass");
    expect(but("GetObjectTagging")).toMatchObject({
      status: "fail",
      witness: { eventName: "GetObjectTagging", readOnly: true },
    });
    expect(but("PutObjectAcl", "DeleteVault").status).toBe("fail");
  });

  it("demanding nothing that exists is not applicable, never a pass", () => {
    expect(
      judge(account({ resources: [trail()] }), {
        events: { source: "glacier.amazonaws.com", names: ["CreateVault"], access: "read" },
      }).status,
    ).toBe("not-applicable");
  });

  it("gaps by principal and console say who", () => {
    const noRobot = store({
      properties: advanced([category("Management"), f("userIdentity.arn", { NotEndsWith: ["/robot"] })]),
    });
    expect(witnessOf(judge(account({ resources: [noRobot] })))?.["userIdentityArn"]).toMatch(
      /^arn:aws:iam::111122223333:user\/.*\/robot$/u,
    );
    const noConsole = store({
      properties: advanced([
        category("Management"),
        f("sessionCredentialFromConsole", { NotEquals: ["true"] }),
      ]),
    });
    expect(witnessOf(judge(account({ resources: [noConsole] })))).toMatchObject({ console: true });
  });
});

describe("cloudtrail-captures: stores and channels", () => {
  it("a store with a disabled key takes nothing in", () => {
    const key = "arn:aws:kms:us-east-1:111122223333:key/k";
    const state = (KeyState: string): Account =>
      account({
        resources: [store({ properties: { KmsKeyId: key } }), other("AWS::KMS::Key", "k", { KeyState }, key)],
      });
    expect(judge(state("Disabled"))).toMatchObject({ status: "fail", witness: { kind: "undelivered" } });
    expect(judge(state("Enabled")).status).toBe("pass");
  });

  it("a pass that rests on a channel says so; a channel is not used where a trail suffices", () => {
    const cloudwatch = channel({
      ApplyToAllRegions: true,
      AdvancedEventSelectors: [{ FieldSelectors: [category("Management")] }],
    });
    expect(judge(account({ resources: [cloudwatch] })).notes?.join()).toMatch(
      /rests on the service-linked channel/u,
    );
    expect(judge(account({ resources: [cloudwatch, trail()] })).notes).toBeUndefined();
  });

  it("a channel of one region covers one, and a channel into Lake is no sink", () => {
    const here = channel({
      ApplyToAllRegions: false,
      AdvancedEventSelectors: [{ FieldSelectors: [category("Management")] }],
    });
    expect(judge(account({ resources: [here] }))).toMatchObject({
      status: "fail",
      witness: { region: "eu-west-1" },
    });
    expect(judge(account({ resources: [channel(null, "EVENT_DATA_STORE")] }))).toMatchObject({
      status: "fail",
      candidates: [],
    });
  });

  it("a channel without selectors is undecidable", () => {
    expect(
      judge(account({ resources: [channel({ ApplyToAllRegions: true, AdvancedEventSelectors: null })] })),
    ).toMatchObject({ status: "unknown", reason: "undecidable" });
  });
});

describe("cloudtrail-captures: delivery", () => {
  const refused = { LatestDeliveryError: "AccessDenied" };
  const group = "arn:aws:logs:us-east-1:111122223333:log-group:trail:*";
  const toLogs = { CloudWatchLogsLogGroupArn: group };
  const arrives = { LatestCloudWatchLogsDeliveryTime: "2026-11-20T11:59:00Z" };
  it.each([
    ["S3 refuses", [trail({ observed: refused })], "delivery to S3 fails: AccessDenied"],
    [
      "nothing was ever delivered",
      [trail({ observed: { LatestDeliveryTime: null } })],
      "has never delivered to S3",
    ],
    [
      "the bucket is gone",
      [trail(), other("AWS::S3::Bucket", "logs", { Exists: false })],
      "its bucket logs does not exist",
    ],
    [
      "the key is pending deletion",
      [
        trail({ properties: { KMSKeyId: "arn:aws:kms:us-east-1:111122223333:key/k" } }),
        other(
          "AWS::KMS::Key",
          "k",
          { KeyState: "PendingDeletion" },
          "arn:aws:kms:us-east-1:111122223333:key/k",
        ),
      ],
      "its KMS key k is pending deletion",
    ],
    [
      "S3 and CloudWatch Logs both fail",
      [trail({ properties: toLogs, observed: { ...refused, LatestCloudWatchLogsDeliveryError: "gone" } })],
      "delivery to S3 fails: AccessDenied",
    ],
    [
      "S3 fails and the log group is gone",
      [
        trail({ properties: toLogs, observed: { ...refused, ...arrives } }),
        other("AWS::Logs::LogGroup", "trail", { Exists: false }, group.slice(0, -2)),
      ],
      "delivery to S3 fails: AccessDenied",
    ],
  ] as const)("captured but undelivered: %s", (_, resources, link) => {
    const verdict = judge(account({ resources }));
    expect(verdict).toMatchObject({
      status: "fail",
      witness: { eventName: "AbortMultipartUpload", kind: "undelivered" },
    });
    expect(links(verdict)["main"]).toBe(link);
    expect(verdict.message).toContain(link);
    expect(judge(account({ resources }), { ...glacier, delivered: false }).status).toBe("pass");
  });

  it("one working destination is enough", () => {
    expect(
      judge(account({ resources: [trail({ properties: toLogs, observed: { ...refused, ...arrives } })] }))
        .status,
    ).toBe("pass");
  });

  it("a bucket that the snapshot holds and that exists changes nothing", () => {
    expect(
      judge(account({ resources: [trail(), other("AWS::S3::Bucket", "logs", { Exists: true })] })).status,
    ).toBe("pass");
  });

  it("unknown delivery matters only where nothing else delivers", () => {
    const doubtful = trail({ id: "doubt", unreadable: ["LatestDeliveryTime"] });
    expect(judge(account({ resources: [doubtful] })).status).toBe("unknown");
    expect(judge(account({ resources: [doubtful, trail()] })).status).toBe("pass");
  });

  it("a true gap is told before an undelivered one", () => {
    expect(
      witnessOf(judge(account({ resources: [trail({ properties: writeOnly, observed: refused })] }))),
    ).toMatchObject({ eventName: "DescribeJob", readOnly: true });
  });
});

describe("cloudtrail-captures: data events", () => {
  const arn = (operators: JsonObject): JsonObject =>
    advanced([category("Data"), s3, f("resources.ARN", operators)]);
  it("management events are not object events", () => {
    expect(judge(account({ resources: [trail()] }), objects)).toMatchObject({
      status: "fail",
      witness: {
        eventCategory: "Data",
        eventSource: "s3.amazonaws.com",
        resourceType: "AWS::S3::Object",
        resourceArn: "arn:aws:s3:::example-bucket/object",
      },
    });
  });

  it.each([
    ["every object by no ARN condition", advanced([category("Data"), s3]), objects, undefined],
    [
      "every object by arn:aws:s3",
      { EventSelectors: [{ DataResources: [{ Type: "AWS::S3::Object", Values: ["arn:aws:s3"] }] }] },
      objects,
      undefined,
    ],
    [
      "a bucket is not all buckets",
      arn({ StartsWith: ["arn:aws:s3:::prod/"] }),
      objects,
      "arn:aws:s3:::example-bucket/object",
    ],
    [
      "a left-out bucket",
      arn({ NotStartsWith: ["arn:aws:s3:::archive/"] }),
      objects,
      "arn:aws:s3:::archive/object",
    ],
    [
      "NotEquals a bucket's ARN leaves nothing out",
      arn({ NotEquals: ["arn:aws:s3:::archive/", "arn:aws:s3:::archive"] }),
      objects,
      undefined,
    ],
    ["a left-out ending", arn({ NotEndsWith: [".tmp"] }), objects, "arn:aws:s3:::example-bucket/object.tmp"],
    [
      "the prefix trap: prod also takes prod-logs",
      arn({ StartsWith: ["arn:aws:s3:::prod"] }),
      { data: { type: "AWS::S3::Object", buckets: ["prod-logs", "prod"] } },
      undefined,
    ],
    [
      "leaving out prod also leaves out prod-logs",
      arn({ NotStartsWith: ["arn:aws:s3:::prod"] }),
      { data: { type: "AWS::S3::Object", buckets: ["prod-logs"] } },
      "arn:aws:s3:::prod-logs/object",
    ],
    [
      "a key prefix is not the whole bucket",
      arn({ StartsWith: ["arn:aws:s3:::prod/logs/"] }),
      { data: { type: "AWS::S3::Object", buckets: ["prod"] } },
      "arn:aws:s3:::prod/object",
    ],
    [
      "two key prefixes and the rest make the bucket",
      advanced(
        [category("Data"), s3, f("resources.ARN", { StartsWith: ["arn:aws:s3:::prod/a"] })],
        [
          category("Data"),
          s3,
          f("resources.ARN", { StartsWith: ["arn:aws:s3:::prod/"], NotStartsWith: ["arn:aws:s3:::prod/ab"] }),
        ],
      ),
      { data: { type: "AWS::S3::Object", buckets: ["prod"] } },
      undefined,
    ],
    [
      "one object that is listed",
      arn({ Equals: ["arn:aws:s3:::prod/a"] }),
      { data: { type: "AWS::S3::Object", arns: ["arn:aws:s3:::prod/a"] } },
      undefined,
    ],
    [
      "the object beside it",
      arn({ Equals: ["arn:aws:s3:::prod/a"] }),
      { data: { type: "AWS::S3::Object", arns: ["arn:aws:s3:::prod/a*"] } },
      "arn:aws:s3:::prod/aexample",
    ],
  ] as const)("%s", (_, properties, options, missed) => {
    const verdict = judge(
      account({ resources: [trail({ properties: properties })] }),
      options as unknown as Options,
    );
    expect([verdict.status, witnessOf(verdict)?.["resourceArn"]]).toEqual([
      missed === undefined ? "pass" : "fail",
      missed,
    ]);
  });

  it("a named bucket is judged in its own region where that is known", () => {
    const single = trail({ properties: { IsMultiRegionTrail: false, ...advanced([category("Data"), s3]) } });
    const options: Options = { data: { type: "AWS::S3::Object", buckets: ["prod"] } };
    expect(
      judge(account({ resources: [single, other("AWS::S3::Bucket", "prod", {})] }), options).status,
    ).toBe("pass");
    expect(judge(account({ resources: [single] }), options)).toMatchObject({
      status: "fail",
      witness: { region: "eu-west-1" },
    });
  });

  it("reads and writes are demanded apart", () => {
    const writes = account({
      resources: [
        trail({ properties: advanced([category("Data"), s3, f("readOnly", { Equals: ["false"] })]) }),
      ],
    });
    expect(judge(writes, { data: { type: "AWS::S3::Object", access: "write" } }).status).toBe("pass");
    expect(judge(writes, { data: { type: "AWS::S3::Object", access: "read" } })).toMatchObject({
      status: "fail",
      witness: { eventName: "GetObject", readOnly: true },
    });
  });

  it("listing event names leaves out the ones that AWS adds or that are not catalogued", () => {
    const few = trail({
      properties: advanced([category("Data"), s3, f("eventName", { Equals: ["GetObject", "PutObject"] })]),
    });
    expect(judge(account({ resources: [few] }), objects)).toMatchObject({
      status: "fail",
      witness: { eventName: "AbortMultipartUpload" },
    });
  });

  it("functions and tables: all, and only the account's own in that region", () => {
    const lambda: Options = { data: { type: "AWS::Lambda::Function" } };
    const basic = (Type: string, value: string): JsonObject => ({
      EventSelectors: [{ DataResources: [{ Type, Values: [value] }] }],
    });
    expect(
      judge(
        account({ resources: [trail({ properties: basic("AWS::Lambda::Function", "arn:aws:lambda") })] }),
        lambda,
      ).status,
    ).toBe("pass");
    expect(
      judge(
        account({ resources: [trail({ properties: basic("AWS::DynamoDB::Table", "arn:aws:dynamodb") })] }),
        { data: { type: "AWS::DynamoDB::Table" } },
      ).status,
    ).toBe("pass");
    const one = judge(
      account({
        resources: [
          trail({
            properties: basic("AWS::Lambda::Function", "arn:aws:lambda:us-east-1:111122223333:function:pay"),
          }),
        ],
      }),
      lambda,
    );
    expect(witnessOf(one)).toMatchObject({
      eventName: "Invoke",
      resourceArn: "arn:aws:lambda:eu-west-1:111122223333:function:example",
    });
  });

  it("China has its own ARNs", () => {
    const state = (value: string): Account =>
      account({
        partition: "aws-cn",
        regions: ["cn-north-1"],
        resources: [
          trail({
            home: "cn-north-1",
            seenIn: ["cn-north-1"],
            properties: {
              EventSelectors: [{ DataResources: [{ Type: "AWS::S3::Object", Values: [value] }] }],
            },
          }),
        ],
      });
    expect(judge(state("arn:aws-cn:s3"), objects).status).toBe("pass");
    expect(judge(state("arn:aws:s3"), objects).status).toBe("fail");
  });
});

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
