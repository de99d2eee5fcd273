import { controlList, controlRead } from "../../aws/cloud-control.js";
import { defineCollector } from "../../core/collector.js";
import { authorizationFacts, logFacts } from "../../shared/aws/origin-endpoint.js";

/** MediaPackage VOD packaging groups, read through Cloud Control. */
export const mediapackagePackagingGroup = defineCollector({
  type: "AWS::MediaPackage::PackagingGroup",
  summary: "MediaPackage VOD packaging groups: access logs, authorization",
  servedAs: "mediapackage-vod",
  list: controlList({
    type: "AWS::MediaPackage::PackagingGroup",
    action: "mediapackage-vod:ListPackagingGroups",
  }),
  reads: [
    controlRead({
      type: "AWS::MediaPackage::PackagingGroup",
      action: "mediapackage-vod:DescribePackagingGroup",
      properties: ["Id", "Arn", "DomainName", "EgressAccessLogs", "Authorization"],
      read: ({ Id, Arn, DomainName, EgressAccessLogs, Authorization }) => ({
        Id,
        Arn,
        DomainName,
        EgressAccessLogs: logFacts(EgressAccessLogs),
        Authorization: authorizationFacts(Authorization),
      }),
    }),
  ],
  observed: ["Arn", "DomainName"],
});
