import { controlList, controlRead } from "../../aws/cloud-control.js";
import { defineCollector } from "../../core/collector.js";

/** MediaPackage v2 channel groups, read through Cloud Control. Their access logs are deliveries of CloudWatch Logs. */
export const mediapackagev2ChannelGroup = defineCollector({
  type: "AWS::MediaPackageV2::ChannelGroup",
  summary: "MediaPackage v2 channel groups",
  servedAs: "mediapackagev2",
  list: controlList({
    type: "AWS::MediaPackageV2::ChannelGroup",
    action: "mediapackagev2:ListChannelGroups",
  }),
  reads: [
    controlRead({
      type: "AWS::MediaPackageV2::ChannelGroup",
      action: "mediapackagev2:GetChannelGroup",
      properties: ["ChannelGroupName", "Description", "EgressDomain", "CreatedAt", "ModifiedAt"],
      read: ({ ChannelGroupName, Description, EgressDomain, CreatedAt, ModifiedAt }) => ({
        ChannelGroupName,
        Description,
        EgressDomain,
        CreatedAt,
        ModifiedAt,
      }),
    }),
  ],
  observed: ["EgressDomain", "CreatedAt", "ModifiedAt"],
});
