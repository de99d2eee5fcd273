import { controlList, controlRead } from "../../aws/cloud-control.js";
import { defineCollector } from "../../core/collector.js";
import { packageFacts } from "../../shared/aws/origin-endpoint.js";

/** MediaPackage VOD packaging configurations, read through Cloud Control. Of packages only durations and manifests are kept. */
export const mediapackagePackagingConfiguration = defineCollector({
  type: "AWS::MediaPackage::PackagingConfiguration",
  summary: "MediaPackage VOD packaging configurations: their group and package",
  servedAs: "mediapackage-vod",
  list: controlList({
    type: "AWS::MediaPackage::PackagingConfiguration",
    action: "mediapackage-vod:ListPackagingConfigurations",
  }),
  reads: [
    controlRead({
      type: "AWS::MediaPackage::PackagingConfiguration",
      action: "mediapackage-vod:DescribePackagingConfiguration",
      properties: ["Id", "Arn", "PackagingGroupId", "HlsPackage", "CmafPackage", "DashPackage", "MssPackage"],
      read: ({ Id, Arn, PackagingGroupId, HlsPackage, CmafPackage, DashPackage, MssPackage }) => ({
        Id,
        Arn,
        PackagingGroupId,
        HlsPackage: packageFacts(HlsPackage),
        CmafPackage: packageFacts(CmafPackage),
        DashPackage: packageFacts(DashPackage),
        MssPackage: packageFacts(MssPackage),
      }),
    }),
  ],
  observed: ["Arn"],
});
