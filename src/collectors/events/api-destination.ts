import type { DescribeApiDestinationResponse } from "@aws-sdk/client-eventbridge";
import { defineCollector, readCall } from "../../core/collector.js";
import { parseArn } from "../../shared/aws/arn.js";
import { endpointOf } from "../../shared/aws/notified-endpoint.js";

const named = /^api-destination\/([\w.-]+)\/[\w-]+$/u;

/** EventBridge API destinations that rules send to. */
export const eventsApiDestination = defineCollector({
  type: "AWS::Events::ApiDestination",
  summary: "EventBridge API destinations that rules send to: state, connection",
  reads: [
    readCall<DescribeApiDestinationResponse>({
      operation: {
        service: "events",
        name: "DescribeApiDestination",
        proof: { members: ["ApiDestinationArn"] },
      },
      input: ({ id }) => ({ Name: id }),
      properties: ["Name", "ConnectionArn", "HttpMethod", "InvocationEndpoint", "ApiDestinationState"],
      // The ARN ends in an id: one that was deleted and made again under its name is another one.
      read: (
        { ApiDestinationArn, Name, ConnectionArn, HttpMethod, InvocationEndpoint, ApiDestinationState },
        { arn },
      ) =>
        ApiDestinationArn === arn
          ? {
              Name,
              ConnectionArn,
              HttpMethod,
              InvocationEndpoint: endpointOf("https", InvocationEndpoint),
              ApiDestinationState,
            }
          : undefined,
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
  observed: ["ApiDestinationState"],
});
