import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/core/json.js";
import type { Verdict } from "../../../src/core/verdict.js";
import { account, store, trail } from "../../reasoning/capture/account.js";
import {
  glacier,
  objects,
  judge,
  witnessOf,
  links,
  f,
  advanced,
  category,
  s3,
  writeOnly,
  readOnly,
} from "./captures.support.js";
import type { Options } from "./captures.support.js";

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
