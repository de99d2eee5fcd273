import { describe, expect, it } from "vitest";
import { parseSelectors } from "../../../src/languages/event-selector/parse.js";
import { unknownSelector } from "../../../src/languages/event-selector/event-selector.js";
import type { Selector } from "../../../src/languages/event-selector/event-selector.js";
import { decideCapture } from "../../../src/reasoning/capture/capture.js";
import { managementEvents } from "../../../src/reasoning/capture/demand.js";
import type { World } from "../../../src/reasoning/capture/demand.js";
import type { Sink } from "../../../src/reasoning/capture/sink.js";
import { hiddenSink, sinksOf } from "../../../src/reasoning/capture/sinks.js";
import { principals } from "../../../src/reasoning/capture/texts.js";
import type { JsonArray, JsonObject, JsonValue } from "../../../src/core/json.js";
import { doubtful, holding, refuted } from "../../../src/shared/claim.js";
import type { Claim } from "../../../src/shared/claim.js";
import { account, store as storeResource, trail as trailResource } from "./account.js";
import { isServed } from "../../../src/shared/aws/served-regions.js";

type Selection =
  "default" | "unknown" | { readonly basic: JsonValue } | { readonly adv: readonly JsonValue[] };
type Trail = {
  readonly id: string;
  readonly home: string;
  readonly multi: boolean;
  readonly logging: boolean | "unknown";
  readonly sel: Selection;
  readonly visibleIn?: readonly string[];
};
type Store = {
  readonly id: string;
  readonly home: string;
  readonly multi: boolean;
  readonly status: string;
  readonly sel: Selection;
};
type Missed = {
  readonly region: string;
  readonly eventName: string;
  readonly readOnly: boolean;
  readonly userIdentityArnStartsWith?: string;
  readonly console?: true;
};
type Case = {
  readonly id: string;
  readonly why: string;
  readonly source?: string;
  readonly R?: readonly string[];
  readonly world?: World;
  readonly trails?: readonly Trail[];
  readonly eds?: readonly Store[];
  readonly denied?: readonly string[];
  readonly expect: "CAPTURED" | "NOT_CAPTURED" | "UNKNOWN";
  readonly w?: Missed;
  readonly blockedBy?: readonly string[];
};

const management = { Field: "eventCategory", Equals: ["Management"] };
const rw = (value: string): JsonValue => ({ Field: "readOnly", Equals: [value] });
const trail = (sel: Selection, over: Partial<Trail> = {}): Trail => ({
  id: "t",
  home: "us-east-1",
  multi: true,
  logging: true,
  sel,
  ...over,
});
const store = (sel: Selection, over: Partial<Store> = {}): Store => ({
  id: "e",
  home: "us-east-1",
  multi: true,
  status: "ENABLED",
  sel,
  ...over,
});
const abort = (region: string): Missed => ({ region, eventName: "AbortMultipartUpload", readOnly: false });
const verbs = [
  store({
    adv: [
      [
        management,
        {
          Field: "eventName",
          StartsWith: [
            "Abort",
            "Add",
            "Complete",
            "Create",
            "Delete",
            "Describe",
            "Get",
            "Initiate",
            "List",
            "Purchase",
            "Remove",
            "Set",
            "Upload",
          ],
        },
      ],
    ],
  }),
];
const scanner = "arn:aws:sts::111122223333:assumed-role/scanner";

const cases: readonly Case[] = [
  {
    id: "V01",
    why: "a default multi-Region trail captures everything",
    trails: [trail("default")],
    expect: "CAPTURED",
  },
  {
    id: "V02",
    why: "a single-Region trail misses the other Region",
    trails: [trail("default", { multi: false })],
    expect: "NOT_CAPTURED",
    w: abort("eu-west-1"),
  },
  {
    id: "V03",
    why: "a stopped trail captures nothing",
    trails: [trail("default", { logging: false })],
    expect: "NOT_CAPTURED",
    w: abort("us-east-1"),
  },
  {
    id: "V04",
    why: "write-only misses the download call",
    trails: [trail({ basic: [{ ReadWriteType: "WriteOnly", IncludeManagementEvents: true }] })],
    expect: "NOT_CAPTURED",
    w: { region: "us-east-1", eventName: "DescribeJob", readOnly: true },
  },
  {
    id: "V05",
    why: "read trail plus write trail add up",
    expect: "CAPTURED",
    trails: [
      trail({ basic: [{ ReadWriteType: "ReadOnly", IncludeManagementEvents: true }] }, { id: "a" }),
      trail({ basic: [{ ReadWriteType: "WriteOnly" }] }, { id: "b", home: "eu-west-1" }),
    ],
  },
  {
    id: "V06",
    why: "the write half exists only in one Region",
    expect: "NOT_CAPTURED",
    w: abort("eu-west-1"),
    trails: [
      trail({ basic: [{ ReadWriteType: "ReadOnly" }] }, { id: "a" }),
      trail({ basic: [{ ReadWriteType: "WriteOnly" }] }, { id: "b", multi: false }),
    ],
  },
  {
    id: "V07",
    why: "a data-only basic selector takes no management event",
    trails: [
      trail({
        basic: [
          {
            ReadWriteType: "All",
            IncludeManagementEvents: false,
            DataResources: [{ Type: "AWS::S3::Object", Values: ["arn:aws:s3"] }],
          },
        ],
      }),
    ],
    expect: "NOT_CAPTURED",
    w: abort("us-east-1"),
  },
  {
    id: "V08",
    why: "kms and rdsdata exclusion is harmless here",
    expect: "CAPTURED",
    trails: [
      trail({
        basic: [
          {
            ReadWriteType: "All",
            IncludeManagementEvents: true,
            ExcludeManagementEventSources: ["kms.amazonaws.com", "rdsdata.amazonaws.com"],
          },
        ],
      }),
    ],
  },
  {
    id: "V09",
    why: "the same in advanced form",
    expect: "CAPTURED",
    trails: [
      trail({
        adv: [
          [management, { Field: "eventSource", NotEquals: ["kms.amazonaws.com", "rdsdata.amazonaws.com"] }],
        ],
      }),
    ],
  },
  {
    id: "V10",
    why: "an advanced Data-only trail takes no management event",
    trails: [
      trail({
        adv: [
          [
            { Field: "eventCategory", Equals: ["Data"] },
            { Field: "resources.type", Equals: ["AWS::S3::Object"] },
          ],
        ],
      }),
    ],
    expect: "NOT_CAPTURED",
    w: abort("us-east-1"),
  },
  {
    id: "V11",
    why: "two selectors of one trail are OR-ed",
    expect: "CAPTURED",
    trails: [
      trail({
        adv: [
          [management, rw("true")],
          [management, rw("false")],
        ],
      }),
    ],
  },
  {
    id: "V12",
    why: "values inside Equals are OR-ed",
    expect: "CAPTURED",
    trails: [trail({ adv: [[management, { Field: "readOnly", Equals: ["true", "false"] }]] })],
  },
  { id: "V13", why: "an event data store alone suffices", eds: [store("default")], expect: "CAPTURED" },
  {
    id: "V14",
    why: "a stopped event data store captures nothing",
    eds: [store("default", { status: "STOPPED_INGESTION" })],
    expect: "NOT_CAPTURED",
    w: abort("us-east-1"),
  },
  {
    id: "V15",
    why: "several Not values mean none may hit",
    eds: [store({ adv: [[management, { Field: "eventName", NotStartsWith: ["List", "Describe"] }]] })],
    expect: "NOT_CAPTURED",
    w: { region: "us-east-1", eventName: "DescribeJob", readOnly: true },
  },
  {
    id: "V16",
    why: "a complement in a second store is exact even in the open world",
    world: "open",
    expect: "CAPTURED",
    eds: [
      store({ adv: [[management, { Field: "eventName", NotStartsWith: ["List", "Describe"] }]] }),
      store({ adv: [[management, { Field: "eventName", StartsWith: ["List", "Describe"] }]] }, { id: "f" }),
    ],
  },
  { id: "V17", why: "verbs listed by prefix cover the catalogue", expect: "CAPTURED", eds: verbs },
  {
    id: "V18",
    why: "but not an API added later",
    world: "open",
    eds: verbs,
    expect: "NOT_CAPTURED",
    w: { region: "us-east-1", eventName: "any-unlisted", readOnly: true },
  },
  {
    id: "V19",
    why: "an excluded principal is missed",
    eds: [store({ adv: [[management, { Field: "userIdentity.arn", NotStartsWith: [scanner] }]] })],
    expect: "NOT_CAPTURED",
    w: { ...abort("us-east-1"), userIdentityArnStartsWith: scanner },
  },
  {
    id: "V20",
    why: "excluded console sessions are missed; an absent field passes Not",
    eds: [store({ adv: [[management, { Field: "sessionCredentialFromConsole", NotEquals: ["true"] }]] })],
    expect: "NOT_CAPTURED",
    w: { ...abort("us-east-1"), console: true },
  },
  {
    id: "V21",
    why: "Select operators OR inside a field, Deselect then cuts",
    eds: [
      store({
        adv: [
          [
            management,
            {
              Field: "eventSource",
              Equals: ["s3.amazonaws.com"],
              StartsWith: ["glacier."],
              NotEquals: ["kms.amazonaws.com"],
            },
          ],
        ],
      }),
    ],
    expect: "CAPTURED",
  },
  {
    id: "V22",
    why: "a single-Region event data store misses the other Region",
    eds: [
      store(
        { adv: [[management, { Field: "eventSource", Equals: ["glacier.amazonaws.com"] }]] },
        { multi: false },
      ),
    ],
    expect: "NOT_CAPTURED",
    w: abort("eu-west-1"),
  },
  {
    id: "V23",
    why: "an organization trail with refused selectors is unknown",
    trails: [trail("unknown", { id: "org" })],
    expect: "UNKNOWN",
    blockedBy: ["org"],
  },
  {
    id: "V24",
    why: "unknown is irrelevant next to a full trail",
    expect: "CAPTURED",
    trails: [trail("unknown", { id: "org", logging: "unknown" }), trail("default")],
  },
  {
    id: "V25",
    why: "even the best case leaves a Region out",
    trails: [trail("unknown", { multi: false, logging: "unknown" })],
    expect: "NOT_CAPTURED",
    w: abort("eu-west-1"),
  },
  {
    id: "V26",
    why: "a refused DescribeTrails may hide a trail",
    denied: ["eu-west-1"],
    trails: [trail("default", { multi: false })],
    expect: "UNKNOWN",
    blockedBy: ["denied:eu-west-1"],
  },
  {
    id: "V27",
    why: "known stopped plus unknown logging is unknown",
    expect: "UNKNOWN",
    blockedBy: ["b"],
    trails: [
      trail("default", { id: "a", logging: false }),
      trail("default", { id: "b", logging: "unknown" }),
    ],
  },
  {
    id: "V28",
    why: "an Insights store is not capture",
    eds: [store({ adv: [[{ Field: "eventCategory", Equals: ["Insight"] }]] })],
    expect: "NOT_CAPTURED",
    w: abort("us-east-1"),
  },
  {
    id: "V29",
    why: "contradictory field selectors AND to nothing",
    eds: [
      store({
        adv: [[management, { Field: "eventName", Equals: ["CreateVault"], NotEquals: ["CreateVault"] }]],
      }),
    ],
    expect: "NOT_CAPTURED",
    w: abort("us-east-1"),
  },
  {
    id: "V30",
    why: "coverage follows observed shadows",
    trails: [trail("default", { id: "org", home: "eu-south-2", visibleIn: ["us-east-1"] })],
    expect: "NOT_CAPTURED",
    w: abort("eu-west-1"),
  },
  {
    id: "V31",
    why: "Lake does not exist in ap-southeast-5",
    source: "mediapackagev2.amazonaws.com",
    R: ["us-east-1", "ap-southeast-5"],
    eds: [store("default")],
    expect: "NOT_CAPTURED",
    w: { region: "ap-southeast-5", eventName: "CancelHarvestJob", readOnly: false },
  },
  {
    id: "V32",
    why: "InitiateJob readOnly is uncertain, so a split by access and name leaves a gap",
    expect: "NOT_CAPTURED",
    w: { region: "us-east-1", eventName: "InitiateJob", readOnly: true },
    eds: [
      store({
        adv: [
          [management, rw("false")],
          [management, rw("true"), { Field: "eventName", StartsWith: ["List", "Get", "Describe"] }],
        ],
      }),
    ],
  },
  {
    id: "V33",
    why: "an unrecognised field makes the selector undecidable",
    eds: [store({ adv: [[management, { Field: "someNewField", NotEquals: ["x"] }]] })],
    expect: "UNKNOWN",
    blockedBy: ["e"],
  },
];

const unsure = doubtful("unreadable", "AccessDenied");
const states: Readonly<Record<string, Claim>> = { true: holding, ENABLED: holding, unknown: unsure };

function sink(
  kind: Sink["kind"],
  {
    id,
    sel,
    state,
    reaches,
  }: {
    readonly id: string;
    readonly sel: Selection;
    readonly state: string;
    readonly reaches: (region: string) => boolean;
  },
): Sink {
  return {
    kind,
    id,
    ref: id,
    running: states[state] ?? refuted("is off"),
    covers: (region) => (reaches(region) ? holding : refuted(`does not cover ${region}`)),
    selectors: selectorsOf(sel),
    delivery: holding,
  };
}

function selectorsOf(sel: Selection): readonly Selector[] {
  if (sel === "unknown") return [unknownSelector("AccessDenied")];
  if (sel === "default") return parseSelectors({});
  return "basic" in sel
    ? parseSelectors({ basic: sel.basic })
    : parseSelectors({
        advanced: sel.adv.map((FieldSelectors, index) => ({ Name: `any name ${index}`, FieldSelectors })),
      });
}

function sinksOfCase({ trails = [], eds = [], denied = [] }: Case): readonly Sink[] {
  return [
    ...trails.map(({ id, sel, logging, multi, home, visibleIn }) =>
      sink("trail", {
        id,
        sel,
        state: String(logging),
        reaches: (region) => (multi || region === home) && (visibleIn?.includes(region) ?? true),
      }),
    ),
    ...eds.map(({ id, sel, status, multi, home }) =>
      sink("event-data-store", {
        id,
        sel,
        state: status,
        reaches: (region) => (multi || region === home) && isServed("cloudtrail-lake", region),
      }),
    ),
    ...denied.map((region) => ({
      ...hiddenSink({ kind: "unreadable", type: "AWS::CloudTrail::Trail", region, reason: "AccessDenied" }),
      id: `denied:${region}`,
    })),
  ];
}

// The same, as the collectors and the state give it, read into sinks as for a rule.
function sinksOfState({ trails = [], eds = [], denied = [], R = defaultRegions }: Case): readonly Sink[] {
  const resources = [
    ...trails.map(({ id, sel, logging, multi, home, visibleIn }) =>
      trailResource({
        id,
        home,
        seenIn: visibleIn ?? (multi ? [...new Set([home, ...R])] : [home]),
        properties: { IsMultiRegionTrail: multi, ...selectorsRead(sel) },
        ...(logging === "unknown" ? {} : { observed: { IsLogging: logging } }),
        unreadable: [
          ...(logging === "unknown" ? ["IsLogging"] : []),
          ...(sel === "unknown" ? ["EventSelectors", "AdvancedEventSelectors"] : []),
        ],
      }),
    ),
    ...eds.map(({ id, sel, status, multi, home }) =>
      storeResource({
        id,
        home,
        properties: { MultiRegionEnabled: multi, ...selectorsRead(sel) },
        observed: { Status: status },
      }),
    ),
  ];
  const places = [...new Set([...R, ...[...trails, ...eds].map(({ home }) => home)])];
  return sinksOf(
    account({ resources, regions: places, denied: denied.map((region) => ["Trail", region] as const) }),
  ).map((one) => (one.kind === "hidden" ? { ...one, id: one.id.replace(/^.* /u, "denied:") } : one));
}

function selectorsRead(sel: Selection): JsonObject {
  if (sel === "unknown" || sel === "default") return {};
  if ("basic" in sel) return { EventSelectors: sel.basic };
  return {
    AdvancedEventSelectors: sel.adv.map((FieldSelectors) => ({
      Name: "any name",
      FieldSelectors: [...(FieldSelectors as JsonArray)],
    })),
  };
}

const defaultRegions = ["us-east-1", "eu-west-1"];

function answerTo(
  one: Case,
  read: (one: Case) => readonly Sink[] = sinksOfCase,
): ReturnType<typeof decideCapture> {
  const events = managementEvents(one.source ?? "glacier.amazonaws.com", {
    principals: principals("aws", "111122223333"),
    ...(one.world === undefined ? {} : { world: one.world }),
  });
  return decideCapture(
    read(one),
    (one.R ?? defaultRegions).map((region) => ({ region, events })),
    { delivered: true },
  );
}

describe("the worked cases of the decision procedure", () => {
  it.each(cases)("$id: $why", (one) => {
    const answer = answerTo(one);
    expect(answer.status).toBe(
      { CAPTURED: "captured", NOT_CAPTURED: "not-captured", UNKNOWN: "unknown" }[one.expect],
    );
    if (answer.status === "unknown")
      expect(answer.blockedBy.map(({ sink: { id } }) => id)).toEqual(one.blockedBy);
    if (answer.status !== "not-captured" || one.w === undefined) return;
    const { userIdentityArnStartsWith: principal, ...w } = one.w;
    const { event, region } = answer.missed;
    const listed = managementEvents(event.eventSource ?? "", {
      principals: principals("aws", "111122223333"),
    }).some(({ names }) => names.some(({ name }) => name === event.eventName));
    const { eventName, readOnly, sessionCredentialFromConsole } = event;
    expect({
      region,
      eventName: listed ? eventName : "any-unlisted",
      readOnly,
      ...(sessionCredentialFromConsole === true ? { console: true } : {}),
    }).toEqual(w);
    if (principal === undefined) expect(event.userIdentityArn).toBeUndefined();
    else expect(event.userIdentityArn?.startsWith(principal)).toBe(true);
    expect(answer.kind).toBe("missed");
  });

  it.each(cases)("$id, read from the state of an account: $why", (one) => {
    const [direct, read] = [answerTo(one), answerTo(one, sinksOfState)];
    expect(read.status).toBe(direct.status);
    if (read.status === "not-captured" && direct.status === "not-captured")
      expect([read.missed.region, read.kind]).toEqual([direct.missed.region, direct.kind]);
    if (read.status === "unknown")
      expect(read.blockedBy.map(({ sink: { id } }) => id)).toEqual(one.blockedBy);
  });

  it("covers every case of the list once", () => {
    expect(cases.map(({ id }) => id)).toEqual(
      Array.from({ length: 33 }, (_, index) => `V${String(index + 1).padStart(2, "0")}`),
    );
  });
});
