import type { TerraformMappings } from "../terraform.js";

/** MediaPackage's types of Terraform's AWS provider, which can set no access logs; those of awscc can. */
export const MEDIAPACKAGE: TerraformMappings = {
  aws_media_package_channel: {
    type: "AWS::MediaPackage::Channel",
    properties: { Id: "channel_id", Description: "description" },
  },
  aws_media_packagev2_channel_group: {
    type: "AWS::MediaPackageV2::ChannelGroup",
    properties: { ChannelGroupName: "name", Description: "description" },
  },
};
