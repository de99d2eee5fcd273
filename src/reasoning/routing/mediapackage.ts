import type { Account } from "../../core/account.js";
import type { Need } from "../../core/need.js";
import type { Resource } from "../../core/resource.js";
import {
  ABSENT,
  anyText,
  exactly,
  oneOf,
  optional,
  partialList,
  partialRecord,
} from "../../languages/partial-record/partial-record.js";
import type { PartialValue } from "../../languages/partial-record/partial-record.js";
import { readText } from "../../shared/read-property.js";
import type { EventDemand } from "../detection/detection.js";
import { demandIn } from "./events.js";
import type { Sending } from "./events.js";

/** The kinds of notifications: of live channels (v1) the first three, of video on demand, and of harvest jobs of v2. */
const mediapackageKinds = ["input", "key", "harvest", "vod", "v2"] as const;
export type MediapackageKind = (typeof mediapackageKinds)[number];

/** A live channel and one of its origin endpoints, as events name them: fixed values, or whatever comes later. */
type LiveNames = {
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

function anyArn(
  { partition, region, account }: Sending,
  path: string,
  service = "mediapackage",
): PartialValue {
  return anyText({
    prefix: `arn:${partition}:${service}:${region}:${account}:${path}/`,
    examples: [`arn:${partition}:${service}:${region}:${account}:${path}/0123456789abcdef`],
  });
}

/**
 * The documented notifications of some kinds. Sources: MediaPackage user guide "cloudwatch-events-example", MediaPackage v2
 * user guide "monitoring-eventbridge-events", EventBridge event schemas.
 */
export function mediapackageEvents(
  sending: Sending,
  kinds: readonly MediapackageKind[],
  channels: readonly LiveNames[],
): readonly EventDemand[] {
  const make: Readonly<Record<MediapackageKind, () => readonly EventDemand[]>> = {
    input: () => channels.flatMap((channel) => inputEvents(sending, channel)),
    key: () => channels.flatMap(({ endpoints }) => endpoints.map(({ arn }) => keyEvent(sending, arn))),
    harvest: () =>
      channels.flatMap(({ endpoints }) => endpoints.flatMap(({ id }) => harvestEvents(sending, id))),
    vod: () => vodEvents(sending),
    v2: () => [v2HarvestEvents(sending)],
  };
  return kinds.flatMap((kind) => make[kind]());
}

const source = "aws.mediapackage";
const inputType = "MediaPackage Input Notification";
const message = anyText({ examples: ["message"] });

function inputEvents(
  sending: Sending,
  { channelArn, channelId, endpoints }: LiveNames,
): readonly EventDemand[] {
  const tooMany = demandIn(sending, {
    source,
    detailType: inputType,
    resources: partialList(channelArn),
    detail: partialRecord({ event: exactly("MaxIngestStreamsError"), message }, "absent"),
  });
  const details = partialRecord(
    { Channel: channelId, PreviousIngestEndpoint: anyText(), CurrentIngestEndpoint: anyText() },
    "absent",
  );
  const switches = endpoints.map(({ arn }) =>
    demandIn(sending, {
      source,
      detailType: inputType,
      resources: partialList(arn),
      detail: partialRecord({ event: exactly("InputSwitchEvent"), message, EventDetails: details }, "absent"),
    }),
  );
  return [tooMany, ...switches];
}

function keyEvent(sending: Sending, arn: PartialValue): EventDemand {
  return demandIn(sending, {
    source,
    detailType: "MediaPackage Key Provider Notification",
    resources: partialList(arn),
    detail: partialRecord({ event: exactly("KeyProviderError"), message }, "absent"),
  });
}

// A failed job alone has a message.
function harvestEvents(sending: Sending, endpoint: PartialValue): readonly EventDemand[] {
  return (["SUCCEEDED", "FAILED"] as const).map((status) => {
    const destination = partialRecord(
      { bucket_name: anyText(), manifest_key: anyText(), role_arn: anyText() },
      "absent",
    );
    const job = partialRecord(
      {
        id: anyText(),
        arn: anyArn(sending, "harvest_jobs", "mediapackage-vod"),
        status: exactly(status),
        origin_endpoint_id: endpoint,
        start_time: anyText(),
        end_time: anyText(),
        s3_destination: destination,
        created_at: anyText(),
      },
      "absent",
    );
    const detail = partialRecord(
      { harvest_job: job, message: status === "FAILED" ? optional(message) : ABSENT },
      "absent",
    );
    return demandIn(sending, {
      source,
      detailType: "MediaPackage HarvestJob Notification",
      resources: partialList(anyArn(sending, "harvest_jobs")),
      detail,
    });
  });
}

function vodEvents(sending: Sending): readonly EventDemand[] {
  const asset = anyArn(sending, "assets", "mediapackage-vod");
  const packaging = anyArn(sending, "packaging_configuration", "mediapackage-vod");
  const playable = partialRecord(
    {
      event: exactly("VodAssetPlayable"),
      message,
      packaging_configuration_id: anyText(),
      manifest_urls: partialList(anyText({ prefix: "https://" })),
    },
    "absent",
  );
  return [
    demandIn(sending, {
      source,
      detailType: inputType,
      resources: partialList(asset),
      detail: partialRecord(
        { event: oneOf("IngestStart", "IngestError", "IngestComplete"), message },
        "absent",
      ),
    }),
    demandIn(sending, {
      source,
      detailType: inputType,
      resources: partialList(asset, packaging),
      detail: playable,
    }),
    keyEvent(sending, packaging),
  ];
}

function v2HarvestEvents(sending: Sending): EventDemand {
  const { partition, region, account } = sending;
  const arn = anyText({
    prefix: `arn:${partition}:mediapackagev2:${region}:${account}:channelGroup/`,
    examples: [
      `arn:${partition}:mediapackagev2:${region}:${account}:channelGroup/g/channel/c/originEndpoint/o/harvestJob/j`,
    ],
  });
  const job = partialRecord({
    harvestJobName: anyText(),
    arn,
    status: oneOf("COMPLETED", "FAILED"),
    channelGroupName: anyText(),
    channelName: anyText(),
    originEndpointName: anyText(),
    message: optional(message),
  });
  return demandIn(sending, {
    source: "aws.mediapackagev2",
    detailType: "MediaPackageV2 HarvestJob Notification",
    resources: partialList(arn),
    detail: partialRecord({ harvestJob: job }, "absent"),
  });
}
