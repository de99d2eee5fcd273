import type { DescribeConnectionResponse } from "@aws-sdk/client-eventbridge";
import { defineCollector, readCall } from "../../core/collector.js";
import { parseArn } from "../../shared/aws/arn.js";

const named = /^connection\/([\w.-]+)\/[\w-]+$/u;

/** EventBridge connections of API destinations. How they authorize is kept, with what is not. */
export const eventsConnection = defineCollector({
  type: "AWS::Events::Connection",
  summary: "EventBridge connections of API destinations: state",
  reads: [
    readCall<DescribeConnectionResponse>({
      operation: { service: "events", name: "DescribeConnection", proof: { members: ["ConnectionArn"] } },
      input: ({ id }) => ({ Name: id }),
      properties: ["Name", "AuthorizationType", "ConnectionState"],
      // As with API destinations.
      read: ({ ConnectionArn, Name, AuthorizationType, ConnectionState }, { arn }) =>
        ConnectionArn === arn ? { Name, AuthorizationType, ConnectionState } : undefined,
      gone: ["ResourceNotFoundException"],
    }),
  ],
  refer(reference) {
    const arn = parseArn(reference);
    const name = arn?.service === "events" ? named.exec(arn.resource)?.[1] : undefined;
    return arn === undefined || name === undefined
      ? undefined
      : { id: name, arn: reference, account: arn.account, region: arn.region };
  },
  observed: ["ConnectionState"],
});
