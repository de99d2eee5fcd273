import { defineCollector, listCall, locateCall, readCall } from "../../../src/core/collector.js";
import type { Collector, Operation } from "../../../src/core/collector.js";
import type { Need } from "../../../src/core/need.js";
import type { ReadRequest } from "../../../src/core/source.js";
import type { Snapshot } from "../../../src/core/snapshot.js";
import { liveSource } from "../../../src/sources/live.js";
import type { LiveOptions } from "../../../src/sources/live.js";
import type { FakeAws } from "./fake-aws.js";
import { virtualClock } from "./virtual-clock.js";

const operation = (name: string): Operation => ({
  service: "cloudtrail",
  name,
  proof: { roots: ["Test"], source: "tests" },
});
type Thing = { readonly [name: string]: string };
type Things = { readonly Things?: readonly Thing[] };

/** Regional, with shadows; refers to shelves, and to boxes by lists. */
export const thing = defineCollector({
  type: "Test::Thing",
  summary: "things",
  list: listCall<Things>({
    operation: operation("ListThings"),
    at: "each-region",
    pages: { ask: "NextToken", answer: "NextToken" },
    properties: ["Colour", "Shelf"],
    found: ({ Things = [] }, { region }) =>
      Things.map(({ Name = "", Home = region, ...properties }) => ({
        id: Name,
        arn: `arn:aws:test:${Home}:111111111111:thing/${Name}`,
        region: Home,
        properties,
      })),
  }),
  reads: [
    readCall<{ readonly IsOn?: boolean; readonly Since?: Date }>({
      operation: operation("GetThingStatus"),
      input: ({ arn = "" }) => ({ Name: arn }),
      properties: ["IsOn", "Since"],
      read: (output) => output,
    }),
    readCall<{ readonly Parts?: readonly string[] }>({
      operation: operation("GetThingParts"),
      input: ({ arn = "" }) => ({ Name: arn }),
      pages: { ask: "Marker", answer: "NextMarker" },
      properties: ["Parts"],
      read: (output) => output,
      notSet: ["NoPartsException"],
    }),
    readCall<{ readonly Boxes?: readonly { readonly Arn: string }[] }>({
      operation: operation("GetThingBoxes"),
      input: ({ arn = "" }) => ({ Name: arn }),
      properties: ["Boxes"],
      read: (output) => output,
    }),
    readCall<{ readonly Detail?: string }>({
      operation: operation("GetThingDetail"),
      after: ["IsOn"],
      input: ({ arn = "" }, known) => (known["IsOn"] === true ? { Name: arn } : undefined),
      properties: ["Detail"],
      read: (output) => output,
    }),
  ],
  observed: ["IsOn", "Since"],
});

/** Only referred to, by name; located first; may be gone. */
export const shelf = defineCollector({
  type: "Test::Shelf",
  summary: "shelves",
  reads: [
    readCall<{ readonly Width?: number; readonly Key?: string }>({
      operation: operation("GetShelf"),
      input: ({ id }) => ({ Shelf: id }),
      properties: ["Width", "Key"],
      read: (output) => output,
      gone: ["NoSuchShelf"],
    }),
    readCall<{ readonly Policy?: string }>({
      operation: operation("GetShelfPolicy"),
      input: ({ id }) => ({ Shelf: id }),
      properties: ["Policy"],
      read: (output) => output,
      notSet: ["NoSuchPolicy"],
      gone: ["NoSuchShelf"],
    }),
  ],
  refer: (reference, { account }) => ({
    id: reference,
    arn: `arn:aws:shelf:::${reference}`,
    account,
    region: "",
  }),
  locate: locateCall<{ readonly Region: string }>({
    operation: operation("LocateShelf"),
    input: (id) => ({ Shelf: id }),
    region: ({ Region }) => Region,
    gone: ["NoSuchShelf"],
  }),
  observed: [],
});

/** Referred to by ARN, and refers back to things. */
export const box = defineCollector({
  type: "Test::Box",
  summary: "boxes",
  reads: [
    readCall<{ readonly Owner?: string }>({
      operation: operation("GetBox"),
      input: ({ arn = "" }) => ({ Box: arn }),
      properties: ["Owner"],
      read: (output) => output,
    }),
  ],
  refer: (reference) => {
    const [, , , region = "", account = "", name = ""] = reference.split(":");
    return name.startsWith("box/") ? { id: name, arn: reference, account, region } : undefined;
  },
  observed: [],
});

/** Children of things. */
export const part = defineCollector({
  type: "Test::Part",
  summary: "parts",
  list: listCall<{ readonly Parts?: readonly string[] }>({
    operation: operation("ListParts"),
    at: { each: "Test::Thing" },
    input: (_place, parent) => ({ Thing: parent?.arn ?? "" }),
    properties: ["Of"],
    found: ({ Parts = [] }, _place, parent) =>
      Parts.map((name) => ({ id: name, properties: { Of: parent?.properties["Colour"] } })),
  }),
  reads: [],
  observed: [],
});

/** Account-wide; everything comes from the list. */
export const badge = defineCollector({
  type: "Test::Badge",
  summary: "badges",
  list: listCall<{ readonly Badges?: readonly string[] }>({
    operation: operation("ListBadges"),
    at: "leader",
    properties: ["Text"],
    found: ({ Badges = [] }) => Badges.map((id) => ({ id, region: "eu-west-1", properties: { Text: id } })),
  }),
  reads: [],
  refer: (id, { account }) => ({ id, account, region: "eu-west-1" }),
  observed: [],
});

export const collectors: ReadonlyMap<string, Collector> = new Map(
  [thing, shelf, box, part, badge].map((collector) => [collector.type, collector]),
);

export const lazyCollectors: LiveOptions["collectors"] = Object.fromEntries(
  [...collectors].map(([type, collector]) => [type, () => Promise.resolve(collector)]),
);

/** Reads a fake AWS, in virtual time. */
export function readFake(
  aws: FakeAws,
  needs: readonly Need[],
  {
    clock = virtualClock(),
    ...request
  }: Partial<ReadRequest> & Pick<LiveOptions, "clock" | "roleArn" | "profile" | "progress"> = {},
): Promise<Snapshot> {
  const { roleArn, profile, progress, ...rest } = request;
  const options: LiveOptions = {
    collectors: lazyCollectors,
    transport: aws.transport,
    clock,
    now: () => new Date("2026-11-20T12:00:00Z"),
    ...(roleArn === undefined ? {} : { roleArn }),
    ...(profile === undefined ? {} : { profile }),
    ...(progress === undefined ? {} : { progress }),
  };
  return liveSource(options).read({ needs, ...rest });
}
