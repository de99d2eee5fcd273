import { same } from "../terraform.js";
import type { TerraformMappings } from "../terraform.js";

/** AWS Config's types of Terraform's AWS provider. */
export const CONFIG: TerraformMappings = {
  aws_config_configuration_recorder: {
    type: "AWS::Config::ConfigurationRecorder",
    properties: {
      Name: "name",
      RoleARN: "role_arn",
      RecordingGroup: {
        block: "recording_group",
        members: {
          ...same("AllSupported", "IncludeGlobalResourceTypes", "ResourceTypes"),
          ExclusionByResourceTypes: { block: "exclusion_by_resource_types", members: same("ResourceTypes") },
          RecordingStrategy: { block: "recording_strategy", members: same("UseOnly") },
        },
      },
      RecordingMode: {
        block: "recording_mode",
        members: {
          RecordingFrequency: "recording_frequency",
          RecordingModeOverrides: {
            blocks: "recording_mode_override",
            members: same("Description", "RecordingFrequency", "ResourceTypes"),
          },
        },
      },
    },
    computed: ["recording_group"],
    // It records nothing until a resource of its own starts it.
    born: { StartedOnCreate: false },
  },
  aws_config_configuration_recorder_status: {
    type: "Terraform::Config::ConfigurationRecorderStatus",
    properties: { Name: "name", Recording: "is_enabled" },
  },
  aws_config_delivery_channel: {
    type: "AWS::Config::DeliveryChannel",
    properties: {
      ...same("Name", "S3BucketName", "S3KeyPrefix"),
      S3KmsKeyArn: "s3_kms_key_arn",
      SnsTopicARN: "sns_topic_arn",
      ConfigSnapshotDeliveryProperties: {
        block: "snapshot_delivery_properties",
        members: same("DeliveryFrequency"),
      },
    },
  },
};
