import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/core/json.js";
import type { Resource } from "../../../src/core/resource.js";
import { alarmCovers } from "../../../src/evaluators/alarm/covers.js";
import { dims, onErrors, onInput, onQuery } from "../../reasoning/firing/alarms.js";
import { alarm, channel, home, people, refused, REGION, state, thing, TOPIC, v2Channel } from "./state.js";
import { X, I, verdictOn, live, ask, a01, onEndpoint } from "./covers.support.js";
import type { Options } from "./covers.support.js";

describe("generations", () => {
  const onV2 = (dimensions: Readonly<Record<string, string>>): Resource =>
    a01({ Dimensions: dims(dimensions) });
  it.each<[string, string, Resource, Resource]>([
    [
      "v2 publishes StatusCode",
      "pass",
      v2Channel("g", "c"),
      onV2({ ChannelGroup: "g", Channel: "c", StatusCode: "5xx" }),
    ],
    [
      "StatusCodeRange is v1's name",
      "fail",
      v2Channel("g", "c"),
      onV2({ ChannelGroup: "g", Channel: "c", StatusCodeRange: "5xx" }),
    ],
    [
      "the same channel name in another group",
      "fail",
      v2Channel("g", "c"),
      onV2({ ChannelGroup: "h", Channel: "c", StatusCode: "5xx" }),
    ],
    [
      "VOD goes by packaging configuration",
      "pass",
      thing("AWS::MediaPackage::PackagingConfiguration", "hls", {}),
      onV2({ PackagingConfiguration: "hls", StatusCodeRange: "5xx" }),
    ],
    [
      "an old channel's alarm says nothing of a new one",
      "fail",
      channel("b-live"),
      onV2({ Channel: "b-old-channel", StatusCodeRange: "5xx" }),
    ],
  ])("%s: %s", (_title, ...[status, resource, watching]) => {
    expect(verdictOn({ resources: [resource, watching, ...people()] }, X).status).toBe(status);
  });

  it("VOD has no ingress", () => {
    expect(
      alarmCovers
        .evaluate(state({ resources: [thing("AWS::MediaPackage::PackagingConfiguration", "hls", {})] }), I)
        .map(({ verdict }) => verdict.status),
    ).toEqual(["not-applicable"]);
  });

  it("an account without MediaPackage has nothing to judge, and says so once", () => {
    expect(verdictOn({}, { "key-metrics": "mediapackage" })).toMatchObject({ status: "not-applicable" });
  });

  it("a channel whose endpoints could not be listed is unknown, if an endpoint is watched", () => {
    const parts = {
      resources: [live, ...people(), alarm("A08", onEndpoint("hls1"))],
      gaps: [refused("AWS::MediaPackage::OriginEndpoint")],
    };
    expect(verdictOn(parts, X)).toMatchObject({ status: "unknown", reason: "unreadable" });
  });

  it("with need some, one watched metric is enough", () => {
    const options: Options = { "key-metrics": "mediapackage", need: "some" };
    expect(ask(options, a01())).toBe("pass");
    expect(ask({ "key-metrics": "mediapackage" }, a01())).toBe("fail");
  });
});

describe("slices of a channel", () => {
  const slice = (
    id: string,
    dimensions: Readonly<Record<string, string>>,
    changes: JsonObject = {},
  ): Resource => alarm(id, { ...onErrors, AlarmActions: [TOPIC], Dimensions: dims(dimensions), ...changes });
  const c = { ChannelGroup: "g", Channel: "c", StatusCode: "5xx" };
  const manifests = slice("m", { ...c, RequestType: "manifest" });
  const segments = slice("s", { ...c, RequestType: "segment" });
  const v2Endpoint = (id: string): Resource =>
    thing(
      "AWS::MediaPackageV2::OriginEndpoint",
      id,
      {},
      { arn: `arn:aws:mediapackagev2:${REGION}:${home}:channelGroup/g/channel/c/originEndpoint/${id}` },
    );
  const each =
    "SELECT SUM(EgressRequestCount) FROM SCHEMA(\"AWS/MediaPackage\", ChannelGroup, Channel, RequestType, StatusCode) WHERE StatusCode = '5xx' GROUP BY ChannelGroup, Channel, RequestType";
  it.each<[string, string, readonly Resource[], Options?]>([
    ["both types of request", "pass", [manifests, segments]],
    ["manifests alone", "fail", [manifests]],
    [
      "both types of request of every endpoint, one of them whole",
      "pass",
      [
        v2Endpoint("a"),
        v2Endpoint("b"),
        slice("a", { ...c, OriginEndpoint: "a" }),
        slice("bm", { ...c, OriginEndpoint: "b", RequestType: "manifest" }),
        slice("bs", { ...c, OriginEndpoint: "b", RequestType: "segment" }),
      ],
    ],
    [
      "the segments of one endpoint unwatched",
      "fail",
      [
        v2Endpoint("a"),
        v2Endpoint("b"),
        slice("a", { ...c, OriginEndpoint: "a" }),
        slice("bm", { ...c, OriginEndpoint: "b", RequestType: "manifest" }),
      ],
    ],
    [
      "the segments without action",
      "fail",
      [manifests, slice("s", { ...c, RequestType: "segment" }, { AlarmActions: [] })],
    ],
    [
      "the segments to a function",
      "unknown",
      [
        manifests,
        slice(
          "s",
          { ...c, RequestType: "segment" },
          { AlarmActions: [`arn:aws:lambda:${REGION}:${home}:function:f`] },
        ),
      ],
    ],
    [
      "both types of request of all groups together",
      "pass",
      [
        slice("m", { RequestType: "manifest", StatusCode: "5xx" }),
        slice("s", { RequestType: "segment", StatusCode: "5xx" }),
      ],
    ],
    [
      "the same, where each channel needs its own",
      "fail",
      [
        slice("m", { RequestType: "manifest", StatusCode: "5xx" }),
        slice("s", { RequestType: "segment", StatusCode: "5xx" }),
      ],
      { ...X, aggregate: false },
    ],
    ["a query with a series for each type of request", "pass", [alarm("q", onQuery(each))]],
    ["of which only the first is looked at", "fail", [alarm("q", onQuery(`${each} LIMIT 1`))]],
    [
      "a query that keeps one type of request",
      "fail",
      [alarm("q", onQuery(each.replace(" GROUP", " AND RequestType = 'manifest' GROUP")))],
    ],
  ])("of version 2, by type of request: %s: %s", (_title, ...[status, alarms, options = X]) => {
    expect(verdictOn({ resources: [v2Channel("g", "c"), ...people(), ...alarms] }, options).status).toBe(
      status,
    );
  });

  it("the missing type of request is named", () => {
    expect(verdictOn({ resources: [v2Channel("g", "c"), ...people(), manifests] }, X).message).toContain(
      "m: it sees only one RequestType, and none sees RequestType segment",
    );
  });

  it("the endpoints that could not be listed do not matter to types of request", () => {
    const gaps = [refused("AWS::MediaPackageV2::OriginEndpoint")];
    expect(
      verdictOn({ resources: [v2Channel("g", "c"), ...people(), manifests, segments], gaps }, X).status,
    ).toBe("pass");
    expect(verdictOn({ resources: [v2Channel("g", "c"), ...people(), manifests], gaps }, X).status).toBe(
      "fail",
    );
  });

  const onIngest = (
    id: string,
    place: Readonly<Record<string, string>>,
    changes: JsonObject = {},
  ): Resource =>
    alarm(`on-${id}`, {
      ...onInput,
      AlarmActions: [TOPIC],
      Dimensions: dims({ ...place, IngestEndpoint: id }),
      ...changes,
    });
  const old = {
    ...live,
    properties: {
      ...live.properties,
      HlsIngest: {
        IngestEndpoints: [
          { Id: "i1", Url: "https://a" },
          { Id: "i2", Url: "https://b" },
        ],
      },
    },
  };
  const fresh = { ...v2Channel("g", "c"), observed: { IngestEndpoints: [{ Id: "i1" }, { Id: "i2" }] } };
  const hidden = {
    ...v2Channel("g", "c"),
    unreadable: {
      IngestEndpoints: { reason: "AccessDenied", action: "mediapackagev2:GetChannel", region: REGION },
    },
  };
  const [v1, v2] = [{ Channel: "live1" }, { ChannelGroup: "g", Channel: "c" }];
  it.each<[string, object, Resource, readonly Resource[]]>([
    ["both, v1", { status: "pass" }, old, [onIngest("i1", v1), onIngest("i2", v1)]],
    ["both, v2", { status: "pass" }, fresh, [onIngest("i1", v2), onIngest("i2", v2)]],
    ["one of two, which may never have had input", { status: "fail" }, old, [onIngest("i1", v1)]],
    [
      "both, of which one counts silence as fine",
      { status: "fail" },
      fresh,
      [onIngest("i1", v2), onIngest("i2", v2, { TreatMissingData: "notBreaching" })],
    ],
    [
      "both, where they could not be read",
      { status: "unknown", reason: "unreadable" },
      hidden,
      [onIngest("i1", v2), onIngest("i2", v2)],
    ],
    [
      "both, where they were not collected",
      { status: "unknown", reason: "not-collected" },
      live,
      [onIngest("i1", v1), onIngest("i2", v1)],
    ],
    [
      "both, where the channel shows none",
      { status: "unknown", reason: "undecidable" },
      { ...live, properties: { ...live.properties, HlsIngest: null } },
      [onIngest("i1", v1)],
    ],
    ["none, where they could not be read", { status: "fail" }, hidden, []],
    [
      "the whole channel, where they could not be read",
      { status: "pass" },
      hidden,
      [alarm("whole", { ...onInput, AlarmActions: [TOPIC], Dimensions: dims(v2) })],
    ],
  ])("by ingest endpoint: %s", (_title, ...[expected, resource, alarms]) => {
    expect(verdictOn({ resources: [resource, ...people(), ...alarms] }, I)).toMatchObject(expected);
  });
});
