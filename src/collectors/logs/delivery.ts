import type { DescribeDeliveriesResponse } from "@aws-sdk/client-cloudwatch-logs";
import { defineCollector, listCall } from "../../core/collector.js";
import { given, unlessEmpty } from "../../shared/aws/names.js";

/** Deliveries: what connects a delivery source with a destination. */
export const logsDelivery = defineCollector({
  type: "AWS::Logs::Delivery",
  summary: "Log deliveries: source, destination, fields",
  list: listCall<DescribeDeliveriesResponse>({
    operation: { service: "logs", name: "DescribeDeliveries", proof: { members: ["deliveries"] } },
    at: "each-region",
    input: () => ({ limit: 50 }),
    pages: { ask: "nextToken", answer: "nextToken" },
    properties: [
      "DeliverySourceName",
      "DeliveryDestinationArn",
      "RecordFields",
      "FieldDelimiter",
      "DeliveryDestinationType",
    ],
    found: ({ deliveries }) =>
      given(deliveries, "deliveries").map(
        ({
          id = "",
          arn,
          deliverySourceName,
          deliveryDestinationArn,
          deliveryDestinationType,
          recordFields,
          fieldDelimiter,
        }) => ({
          id,
          ...(arn === undefined ? {} : { arn }),
          properties: {
            DeliverySourceName: deliverySourceName,
            DeliveryDestinationArn: deliveryDestinationArn,
            RecordFields: unlessEmpty(recordFields),
            FieldDelimiter: fieldDelimiter,
            DeliveryDestinationType: deliveryDestinationType,
          },
        }),
      ),
  }),
  reads: [],
  observed: ["DeliveryDestinationType"],
});
