import { controlList, controlRead } from "../../aws/cloud-control.js";
import { defineCollector } from "../../core/collector.js";
import { pickMembers } from "../../shared/aws/names.js";

/** MediaPackage v2 channels, listed group by group and read through Cloud Control. */
export const mediapackagev2Channel = defineCollector({
  type: "AWS::MediaPackageV2::Channel",
  summary: "MediaPackage v2 channels: group, input, ingest endpoints",
  servedAs: "mediapackagev2",
  list: controlList({
    type: "AWS::MediaPackageV2::Channel",
    action: "mediapackagev2:ListChannels",
    each: "AWS::MediaPackageV2::ChannelGroup",
    model: ({ id }) => ({ ChannelGroupName: id }),
  }),
  reads: [
    controlRead({
      type: "AWS::MediaPackageV2::Channel",
      action: "mediapackagev2:GetChannel",
      properties: [
        "ChannelGroupName",
        "ChannelName",
        "Description",
        "InputType",
        "IngestEndpoints",
        "CreatedAt",
        "ModifiedAt",
      ],
      read: ({
        ChannelGroupName,
        ChannelName,
        Description,
        InputType,
        IngestEndpoints,
        CreatedAt,
        ModifiedAt,
      }) => ({
        ChannelGroupName,
        ChannelName,
        Description,
        InputType,
        IngestEndpoints: Array.isArray(IngestEndpoints)
          ? IngestEndpoints.map((endpoint: object) => pickMembers(endpoint, ["Id", "Url"]))
          : undefined,
        CreatedAt,
        ModifiedAt,
      }),
    }),
  ],
  observed: ["IngestEndpoints", "CreatedAt", "ModifiedAt"],
});
