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
import type { EventDemand } from "../detection/detection.js";
import { demandIn } from "./events.js";
import type { Sending } from "./events.js";
import { anyArn } from "./mediapackage.js";
import type { LiveNames, MediapackageKind } from "./mediapackage.js";

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
