import type { DescribeDeliverySourcesResponse } from "@aws-sdk/client-cloudwatch-logs";
import { defineCollector, listCall } from "../../core/collector.js";
import { given } from "../../shared/aws/names.js";

/**
 * Delivery sources: which resource sends which kind of log. Without a delivery a source sends nothing.
 * `ResourceArn` is the first of `ResourceArns`; the API allows one.
 */
export const logsDeliverySource = defineCollector({
  type: "AWS::Logs::DeliverySource",
  summary: "Log delivery sources: resource, kind of log, sampling, status",
  list: listCall<DescribeDeliverySourcesResponse>({
    operation: { service: "logs", name: "DescribeDeliverySources", proof: { members: ["deliverySources"] } },
    at: "each-region",
    input: () => ({ limit: 50 }),
    pages: { ask: "nextToken", answer: "nextToken" },
    properties: [
      "Name",
      "ResourceArn",
      "LogType",
      "DeliverySourceConfiguration",
      "ResourceArns",
      "Service",
      "Status",
      "StatusReason",
    ],
    found: ({ deliverySources }) =>
      given(deliverySources, "deliverySources").map(
        ({
          name = "",
          arn,
          resourceArns,
          service,
          logType,
          status,
          statusReason,
          deliverySourceConfiguration,
        }) => ({
          id: name,
          ...(arn === undefined ? {} : { arn }),
          properties: {
            Name: name,
            ResourceArn: resourceArns?.[0],
            LogType: logType,
            DeliverySourceConfiguration: samplingOf(deliverySourceConfiguration),
            ResourceArns: resourceArns,
            Service: service,
            Status: status,
            StatusReason: statusReason,
          },
        }),
      ),
  }),
  reads: [],
  observed: ["ResourceArns", "Service", "Status", "StatusReason"],
});

// Other keys may come, and nobody knows what they will hold.
function samplingOf(configuration: Readonly<Record<string, string>> | undefined): object | undefined {
  const rate = configuration?.["samplingRate"];
  return rate === undefined ? undefined : { samplingRate: rate };
}
