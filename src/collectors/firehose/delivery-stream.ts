import { declared } from "../../aws/declared.js";
import { parseArn } from "../../shared/aws/arn.js";

/** Firehose's delivery streams that something names. */
export const firehoseDeliveryStream = declared({
  type: "AWS::KinesisFirehose::DeliveryStream",
  summary: "Firehose delivery streams that logs are sent to: state",
  reads: [
    {
      call: "firehose:DescribeDeliveryStream",
      input: { DeliveryStreamName: "{id}" },
      from: "DeliveryStreamDescription",
      properties: { DeliveryStreamName: "DeliveryStreamName", DeliveryStreamStatus: "DeliveryStreamStatus" },
      gone: ["ResourceNotFoundException"],
    },
  ],
  refer(reference) {
    const arn = parseArn(reference);
    return arn?.service === "firehose" && arn.resource.startsWith("deliverystream/")
      ? {
          id: arn.resource.slice("deliverystream/".length),
          arn: reference,
          account: arn.account,
          region: arn.region,
        }
      : undefined;
  },
  observed: ["DeliveryStreamStatus"],
});
