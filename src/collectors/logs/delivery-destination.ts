import type { DescribeDeliveryDestinationsResponse } from "@aws-sdk/client-cloudwatch-logs";
import { defineCollector, listCall } from "../../core/collector.js";
import { given } from "../../shared/aws/names.js";

/** Delivery destinations of this account. One of another account is not listed here. */
export const logsDeliveryDestination = defineCollector({
  type: "AWS::Logs::DeliveryDestination",
  summary: "Log delivery destinations: log group, bucket or stream, format",
  list: listCall<DescribeDeliveryDestinationsResponse>({
    operation: {
      service: "logs",
      name: "DescribeDeliveryDestinations",
      proof: { members: ["deliveryDestinations"] },
    },
    at: "each-region",
    input: () => ({ limit: 50 }),
    pages: { ask: "nextToken", answer: "nextToken" },
    properties: ["Name", "DestinationResourceArn", "OutputFormat", "DeliveryDestinationType"],
    found: ({ deliveryDestinations }) =>
      given(deliveryDestinations, "deliveryDestinations").map(
        ({ name = "", arn, deliveryDestinationType, outputFormat, deliveryDestinationConfiguration }) => ({
          id: name,
          ...(arn === undefined ? {} : { arn }),
          properties: {
            Name: name,
            DestinationResourceArn: deliveryDestinationConfiguration?.destinationResourceArn,
            OutputFormat: outputFormat,
            DeliveryDestinationType: deliveryDestinationType,
          },
        }),
      ),
  }),
  reads: [],
  observed: [],
});
