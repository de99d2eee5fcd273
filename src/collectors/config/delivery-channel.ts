import type {
  DescribeDeliveryChannelsResponse,
  DescribeDeliveryChannelStatusResponse,
} from "@aws-sdk/client-config-service";
import { defineCollector, listCall, readCall } from "../../core/collector.js";
import type { Operation } from "../../core/collector.js";
import { capitalized, given } from "../../shared/aws/names.js";

const operation = (name: string, ...members: readonly string[]): Operation => ({
  service: "config",
  name,
  proof: { members },
});

/** AWS Config's delivery channels. One question about all statuses of a region serves each channel in it. */
export const configDeliveryChannel = defineCollector({
  type: "AWS::Config::DeliveryChannel",
  summary: "AWS Config delivery channels: bucket, topic, and whether they deliver",
  list: listCall<DescribeDeliveryChannelsResponse>({
    operation: operation("DescribeDeliveryChannels", "DeliveryChannels"),
    at: "each-region",
    properties: [
      "Name",
      "S3BucketName",
      "S3KeyPrefix",
      "S3KmsKeyArn",
      "SnsTopicARN",
      "ConfigSnapshotDeliveryProperties",
    ],
    found: ({ DeliveryChannels }) =>
      given(DeliveryChannels, "DeliveryChannels").map(
        ({
          name = "default",
          s3BucketName,
          s3KeyPrefix,
          s3KmsKeyArn,
          snsTopicARN,
          configSnapshotDeliveryProperties,
        }) => ({
          id: name,
          properties: {
            Name: name,
            S3BucketName: s3BucketName,
            S3KeyPrefix: s3KeyPrefix,
            S3KmsKeyArn: s3KmsKeyArn,
            SnsTopicARN: snsTopicARN,
            ConfigSnapshotDeliveryProperties: capitalized(configSnapshotDeliveryProperties),
          },
        }),
      ),
  }),
  reads: [
    readCall<DescribeDeliveryChannelStatusResponse>({
      operation: operation("DescribeDeliveryChannelStatus", "DeliveryChannelsStatus"),
      input: () => ({}),
      properties: ["ConfigHistoryDeliveryInfo", "ConfigSnapshotDeliveryInfo", "ConfigStreamDeliveryInfo"],
      read({ DeliveryChannelsStatus }, { id }) {
        const status = given(
          given(DeliveryChannelsStatus, "DeliveryChannelsStatus").find(({ name }) => name === id),
          `status of ${id}`,
        );
        return {
          ConfigHistoryDeliveryInfo: capitalized(status.configHistoryDeliveryInfo),
          ConfigSnapshotDeliveryInfo: capitalized(status.configSnapshotDeliveryInfo),
          ConfigStreamDeliveryInfo: capitalized(status.configStreamDeliveryInfo),
        };
      },
    }),
  ],
  observed: ["ConfigHistoryDeliveryInfo", "ConfigSnapshotDeliveryInfo", "ConfigStreamDeliveryInfo"],
});
