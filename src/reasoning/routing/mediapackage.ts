import type { Account } from "../../core/account.js";
import type { Need } from "../../core/need.js";
import type { Resource } from "../../core/resource.js";
import { anyText, exactly } from "../../languages/partial-record/partial-record.js";
import type { PartialValue } from "../../languages/partial-record/partial-record.js";
import { readText } from "../../shared/read-property.js";
import type { Sending } from "./events.js";

/** The kinds of notifications: of live channels (v1) the first three, of video on demand, and of harvest jobs of v2. */
const mediapackageKinds = ["input", "key", "harvest", "vod", "v2"] as const;
export type MediapackageKind = (typeof mediapackageKinds)[number];

/** A live channel and one of its origin endpoints, as events name them: fixed values, or whatever comes later. */
export type LiveNames = {
  readonly channelArn: PartialValue;
  readonly channelId: PartialValue;
  readonly endpoints: readonly { readonly arn: PartialValue; readonly id: PartialValue }[];
};

/** What must be read to know which notifications can come. */
export const mediapackageEventNeeds: readonly Need[] = [
  { type: "AWS::MediaPackage::Channel", properties: ["Id"] },
  { type: "AWS::MediaPackage::OriginEndpoint", properties: ["Id", "ChannelId"] },
  { type: "AWS::MediaPackage::PackagingGroup", properties: [] },
  { type: "AWS::MediaPackageV2::ChannelGroup", properties: [] },
];

/** The kinds that can come in a region, by what there is; and the lists that could not be read there. */
export function kindsIn(
  account: Account,
  region: string,
): { readonly kinds: readonly MediapackageKind[]; readonly blind: readonly string[] } {
  const presence = (
    [
      "AWS::MediaPackage::Channel",
      "AWS::MediaPackage::PackagingGroup",
      "AWS::MediaPackageV2::ChannelGroup",
    ] as const
  ).map((type) => {
    const { resources, blind } = account.list(type);
    return {
      type,
      isThere: resources.some((resource) => resource.region === region),
      isBlind: blind.some((one) => one.region === region || one.region === "global"),
    };
  });
  const [live, vod, v2] = presence.map(({ isThere }) => isThere);
  const kinds = mediapackageKinds.filter(
    (kind) => (kind === "vod" ? vod : kind === "v2" ? v2 : live) === true,
  );
  return {
    kinds,
    blind: presence.filter(({ isThere, isBlind }) => isBlind && !isThere).map(({ type }) => type),
  };
}

/** Whether a region may have origin endpoints that could not be listed. */
export function hidesEndpoints(account: Account, region: string): boolean {
  return account
    .list("AWS::MediaPackage::OriginEndpoint")
    .blind.some((blind) => blind.region === region || blind.region === "global");
}

/** The live channels of a region, by the names that events carry; `isOpen`: with endpoints of any name besides. */
export function liveNames(account: Account, sending: Sending, isOpen: boolean): readonly LiveNames[] {
  const { resources } = account.list("AWS::MediaPackage::OriginEndpoint");
  return account
    .list("AWS::MediaPackage::Channel")
    .resources.filter(({ region }) => region === sending.region)
    .map((channel) => {
      const own = resources.filter(
        (endpoint) => endpoint.region === sending.region && channelOf(endpoint) === channel.id,
      );
      return {
        channelArn: arnOf(channel, sending, "channels"),
        channelId: exactly(channel.id),
        endpoints: [
          ...own.map((endpoint) => ({
            arn: arnOf(endpoint, sending, "origin_endpoints"),
            id: exactly(endpoint.id),
          })),
          ...(isOpen ? anyNames(sending).endpoints : []),
        ],
      };
    });
}

/** Any live channel and endpoint, also those that are made later. */
export function anyNames(sending: Sending): LiveNames {
  return {
    channelArn: anyArn(sending, "channels"),
    channelId: anyText({ examples: ["channel"] }),
    endpoints: [{ arn: anyArn(sending, "origin_endpoints"), id: anyText({ examples: ["endpoint"] }) }],
  };
}

function channelOf(endpoint: Resource): string | undefined {
  const reading = readText(endpoint, "ChannelId");
  return reading.kind === "set" ? reading.value : undefined;
}

function arnOf({ arn }: Resource, sending: Sending, path: string): PartialValue {
  return arn === undefined ? anyArn(sending, path) : exactly(arn);
}

/** The ARN of any resource of a kind, also of one that is made later. */
export function anyArn(
  { partition, region, account }: Sending,
  path: string,
  service = "mediapackage",
): PartialValue {
  return anyText({
    prefix: `arn:${partition}:${service}:${region}:${account}:${path}/`,
    examples: [`arn:${partition}:${service}:${region}:${account}:${path}/0123456789abcdef`],
  });
}
