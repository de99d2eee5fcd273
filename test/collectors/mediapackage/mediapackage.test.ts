import { describe, expect, it } from "vitest";
import type { Collector } from "../../../src/core/collector.js";
import { mediapackageChannel } from "../../../src/collectors/mediapackage/channel.js";
import { mediapackageOriginEndpoint } from "../../../src/collectors/mediapackage/origin-endpoint.js";
import { mediapackagePackagingConfiguration } from "../../../src/collectors/mediapackage/packaging-configuration.js";
import { mediapackagePackagingGroup } from "../../../src/collectors/mediapackage/packaging-group.js";
import { mediapackagev2ChannelGroup } from "../../../src/collectors/mediapackagev2/channel-group.js";
import { mediapackagev2Channel } from "../../../src/collectors/mediapackagev2/channel.js";
import { mediapackagev2OriginEndpoint } from "../../../src/collectors/mediapackagev2/origin-endpoint.js";
import { packageFacts } from "../../../src/shared/aws/origin-endpoint.js";
import { awsError } from "../../sources/support/fake-aws.js";
import { canned, home, secret } from "../support/canned.js";
import { propertiesOf } from "../support/every-collector.js";
import { readNeeds, saysOf } from "../support/read.js";
import type { Answers, Read } from "../support/read.js";

const v2 = [mediapackagev2ChannelGroup, mediapackagev2Channel, mediapackagev2OriginEndpoint];
const all = [
  mediapackageChannel,
  mediapackageOriginEndpoint,
  mediapackagePackagingConfiguration,
  mediapackagePackagingGroup,
  ...v2,
];
const group = `arn:aws:mediapackagev2:us-east-1:${home}:channelGroup/g`;

const readAll = (collector: Collector, change: Answers = {}): Promise<Read> =>
  readNeeds(
    all,
    { ...canned[collector.type], ...change },
    { needs: [{ type: collector.type, properties: propertiesOf(collector) }] },
  );

describe("live channels and endpoints of version 1", () => {
  it("an empty log setting is on; a missing one is not set; ingest endpoints come without credentials", async () => {
    const { snapshot } = await readAll(mediapackageChannel);
    expect(snapshot.resources).toMatchObject([
      {
        id: "live",
        arn: `arn:aws:mediapackage:us-east-1:${home}:channels/3f`,
        properties: {
          EgressAccessLogs: {},
          IngressAccessLogs: null,
          HlsIngest: { IngestEndpoints: [{ Id: "1", Url: "https://in.example/1" }] },
        },
      },
    ]);
    expect(
      Object.keys(
        (snapshot.resources[0]?.properties["HlsIngest"] as { readonly IngestEndpoints: readonly object[] })
          .IngestEndpoints[0] ?? {},
      ),
    ).toEqual(["Id", "Url"]);
  });

  it("of an endpoint's packages only harmless facts are kept, and of authorization only what is an ARN", async () => {
    const { snapshot } = await readAll(mediapackageOriginEndpoint);
    expect(saysOf(snapshot, "AWS::MediaPackage::OriginEndpoint")).toMatchObject({
      ChannelId: "live",
      Whitelist: null,
      HlsPackage: null,
      CmafPackage: {
        SegmentDurationSeconds: 6,
        HlsManifests: [{ Id: "m", Url: "https://out.example/m.m3u8" }],
      },
      Authorization: { CdnIdentifierSecret: "arn:aws:secretsmanager:us-east-1:111111111111:secret:cdn" },
    });
    expect(saysOf(snapshot, "AWS::MediaPackage::OriginEndpoint")["Authorization"]).not.toHaveProperty(
      "SecretsRoleArn",
    );
  });

  it.each([undefined, null, "text", 7, []])("%j is no package", (source) => {
    expect(packageFacts(source)).toBeUndefined();
  });

  it("are asked for where the service is, and nowhere else", async () => {
    const { aws } = await readNeeds(all, canned["AWS::MediaPackage::Channel"] ?? {}, {
      needs: [{ type: "AWS::MediaPackage::Channel", properties: [] }],
      regions: ["af-south-1", "us-east-1"],
    });
    expect(
      aws.calls.filter(({ operation }) => operation === "ListChannels").map(({ region }) => region),
    ).toEqual(["us-east-1"]);
  });
});

describe("what Cloud Control reads", () => {
  it("VOD groups take their ARN from what reading them says", async () => {
    const { snapshot } = await readAll(mediapackagePackagingGroup);
    expect(snapshot.resources).toMatchObject([
      {
        id: "vod",
        arn: `arn:aws:mediapackage-vod:us-east-1:${home}:packaging-groups/1f`,
        properties: { EgressAccessLogs: { LogGroupName: "/aws/MediaPackage/Vod" } },
      },
    ]);
  });

  it("version 2 is listed parent by parent, with the names that the list of children needs", async () => {
    const { snapshot, aws } = await readAll(mediapackagev2OriginEndpoint);
    expect(
      aws.calls
        .filter(({ operation }) => operation === "ListResources")
        .map(({ input }) => [input["TypeName"], input["ResourceModel"]]),
    ).toEqual([
      ["AWS::MediaPackageV2::ChannelGroup", undefined],
      ["AWS::MediaPackageV2::Channel", '{"ChannelGroupName":"g"}'],
      ["AWS::MediaPackageV2::OriginEndpoint", '{"ChannelGroupName":"g","ChannelName":"c"}'],
    ]);
    expect(
      aws.calls.filter(({ operation }) => operation === "GetResource").map(({ input }) => input),
    ).toEqual([
      { TypeName: "AWS::MediaPackageV2::OriginEndpoint", Identifier: `${group}/channel/c/originEndpoint/e` },
    ]);
    expect(snapshot.resources.map(({ type, id, arn }) => [type.split("::").pop(), id, arn])).toEqual([
      ["Channel", "c", `${group}/channel/c`],
      ["ChannelGroup", "g", group],
      ["OriginEndpoint", "e", `${group}/channel/c/originEndpoint/e`],
    ]);
    expect(saysOf(snapshot, "AWS::MediaPackageV2::OriginEndpoint")).toMatchObject({
      Segment: { SegmentDurationSeconds: 4 },
      HlsManifests: [{ ManifestName: "m", Url: "https://out.example/m.m3u8" }],
    });
  });

  it("children of a parent that cannot be listed are hidden, not absent", async () => {
    const { snapshot } = await readAll(mediapackagev2Channel, {
      ListResources: () =>
        awsError("GeneralServiceException", {
          message: "User: auditor is not authorized to perform: mediapackagev2:ListChannelGroups",
        }),
    });
    expect(snapshot.gaps.map(({ type, reason }) => [type, reason])).toEqual([
      ["AWS::MediaPackageV2::Channel", "AccessDenied"],
      ["AWS::MediaPackageV2::ChannelGroup", "AccessDenied"],
    ]);
  });

  it.each([
    [
      "a wrapped refusal names both permissions",
      "GeneralServiceException",
      "User: auditor is not authorized to perform: mediapackage-vod:DescribePackagingGroup",
      {
        reason: "AccessDenied",
        action: "cloudformation:GetResource, mediapackage-vod:DescribePackagingGroup",
      },
    ],
    ["a wrapped throttling is one", "HandlerFailureException", "Rate exceeded", { reason: "Throttled" }],
    [
      "any other failure of the handler stands under its name",
      "HandlerFailureException",
      "something else",
      { reason: "HandlerFailureException" },
    ],
  ])("%s", async (_title, name, message, expected) => {
    const { snapshot } = await readAll(mediapackagePackagingGroup, {
      GetResource: () => awsError(name, { message }),
    });
    expect(snapshot.resources[0]?.unreadable?.["EgressAccessLogs"]).toMatchObject(expected);
  });

  it.each([
    ["a text that is no JSON", { ResourceDescription: { Properties: "{" } }],
    ["no properties", { ResourceDescription: {} }],
  ])("%s is unreadable, never empty", async (_title, answer) => {
    const { snapshot } = await readAll(mediapackagePackagingGroup, { GetResource: () => answer });
    expect(snapshot.resources[0]?.unreadable?.["EgressAccessLogs"]).toMatchObject({ reason: "Malformed" });
  });
});

describe("secrets", () => {
  // Whatever AWS adds to these answers, only what is named gets through: every text that is not is a secret here.
  const poisoned = (value: unknown, depth = 0): unknown => {
    if (Array.isArray(value))
      return [
        ...value.map((item) => poisoned(item, depth + 1)),
        ...(depth < 2 ? [] : [{ Password: secret }]),
      ];
    if (typeof value !== "object" || value === null) return value;
    const members = Object.entries(value).map(
      ([name, member]) =>
        [
          name,
          name === "Properties" && typeof member === "string"
            ? JSON.stringify(poisoned(JSON.parse(member), 2))
            : poisoned(member, depth + 1),
        ] as const,
    );
    return {
      ...Object.fromEntries(members),
      Password: secret,
      Username: secret,
      SecretValue: secret,
      Encryption: { Key: secret },
      CdnAuthConfiguration: { Value: secret },
    };
  };

  it.each(all.map((collector) => [collector.type, collector] as const))(
    "of %s never enter a snapshot, wherever AWS puts them",
    async (type, collector) => {
      const answers = Object.fromEntries(
        Object.entries(canned[type] ?? {}).map(([name, respond]) => [
          name,
          (call: Parameters<typeof respond>[0]) =>
            name === "ListResources" ? respond(call) : poisoned(respond(call)),
        ]),
      );
      const { snapshot } = await readAll(collector, answers);
      expect(snapshot.resources.filter((resource) => resource.type === type).length).toBeGreaterThan(0);
      expect(JSON.stringify(snapshot)).not.toContain(secret);
    },
  );
});
