import { whenText } from "../terraform-shapes.js";
import { same } from "../terraform.js";
import type { Members, TerraformMappings } from "../terraform.js";

const ADVANCED: Members = {
  Name: "name",
  FieldSelectors: {
    blocks: "field_selector",
    members: same("Field", "Equals", "NotEquals", "StartsWith", "NotStartsWith", "EndsWith", "NotEndsWith"),
  },
};

/** CloudTrail's types of Terraform's AWS provider. */
export const CLOUDTRAIL: TerraformMappings = {
  aws_cloudtrail: {
    type: "AWS::CloudTrail::Trail",
    properties: {
      TrailName: "name",
      IsLogging: "enable_logging",
      CloudWatchLogsLogGroupArn: "cloud_watch_logs_group_arn",
      ...same(
        "CloudWatchLogsRoleArn",
        "EnableLogFileValidation",
        "IncludeGlobalServiceEvents",
        "IsMultiRegionTrail",
        "IsOrganizationTrail",
        "KMSKeyId",
        "S3BucketName",
        "S3KeyPrefix",
        "SnsTopicName",
      ),
      EventSelectors: {
        blocks: "event_selector",
        members: {
          ...same("ReadWriteType", "IncludeManagementEvents", "ExcludeManagementEventSources"),
          DataResources: { blocks: "data_resource", members: same("Type", "Values") },
        },
      },
      AdvancedEventSelectors: { blocks: "advanced_event_selector", members: ADVANCED },
      InsightSelectors: { blocks: "insight_selector", members: same("InsightType", "EventCategories") },
    },
    // Before version 5 of the provider it was the name; then the plan says so itself.
    formulas: { id: "{arn}" },
  },
  aws_cloudtrail_event_data_store: {
    type: "AWS::CloudTrail::EventDataStore",
    properties: {
      ...same(
        "Name",
        "BillingMode",
        "KmsKeyId",
        "MultiRegionEnabled",
        "OrganizationEnabled",
        "RetentionPeriod",
        "TerminationProtectionEnabled",
      ),
      IngestionEnabled: whenText("suspend", { true: false, false: true }),
      AdvancedEventSelectors: { blocks: "advanced_event_selector", members: ADVANCED },
    },
    computed: ["advanced_event_selector"],
  },
};
