import type { DescribeEventBusResponse, ListEventBusesResponse } from "@aws-sdk/client-eventbridge";
import { defineCollector, listCall, readCall } from "../../core/collector.js";
import { given } from "../../shared/aws/names.js";

/** Classic event buses. `Policy` is JSON text. */
export const eventsEventBus = defineCollector({
  type: "AWS::Events::EventBus",
  summary: "EventBridge event buses: policy, key, dead-letter queue",
  list: listCall<ListEventBusesResponse>({
    operation: { service: "events", name: "ListEventBuses", proof: { members: ["EventBuses"] } },
    at: "each-region",
    pages: { ask: "NextToken", answer: "NextToken" },
    properties: ["Name", "Policy"],
    found: ({ EventBuses }) =>
      given(EventBuses, "EventBuses").map(({ Name = "", Arn, Policy }) => ({
        id: Name,
        ...(Arn === undefined ? {} : { arn: Arn }),
        properties: { Name, Policy },
      })),
  }),
  reads: [
    readCall<DescribeEventBusResponse>({
      operation: { service: "events", name: "DescribeEventBus", proof: { members: ["Name"] } },
      input: ({ id }) => ({ Name: id }),
      properties: ["KmsKeyIdentifier", "DeadLetterConfig"],
      read: ({ KmsKeyIdentifier, DeadLetterConfig }) => ({ KmsKeyIdentifier, DeadLetterConfig }),
      gone: ["ResourceNotFoundException"],
    }),
  ],
  observed: [],
});
