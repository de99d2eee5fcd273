import { parseArn } from "../../shared/aws/arn.js";
import { defineDeclared } from "../mapping.js";

const TYPES: Readonly<Record<string, string>> = { logs: "CWL", s3: "S3", firehose: "FH", xray: "XRAY" };

/** Delivery destinations: what they lead to says their type. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeliveryDestination.html */
export const deliveryDestination = defineDeclared({
  type: "AWS::Logs::DeliveryDestination",
  settle: {
    DeliveryDestinationType: {
      from: ["DeliveryDestinationType", "DestinationResourceArn"],
      make: ({ DeliveryDestinationType: type, DestinationResourceArn: arn }) =>
        type ?? (typeof arn === "string" ? (TYPES[parseArn(arn)?.service ?? ""] ?? null) : null),
    },
  },
});
