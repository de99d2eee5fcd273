import { parseArn } from "../../shared/aws/arn.js";
import { defineDeclared } from "../mapping.js";

/** Delivery sources. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeliverySource.html */
export const deliverySource = defineDeclared({
  type: "AWS::Logs::DeliverySource",
  settle: {
    ResourceArns: {
      from: ["ResourceArn"],
      make: ({ ResourceArn }) => (typeof ResourceArn === "string" ? [ResourceArn] : null),
    },
    Service: {
      from: ["ResourceArn"],
      make: ({ ResourceArn }) =>
        typeof ResourceArn === "string" ? (parseArn(ResourceArn)?.service ?? null) : null,
    },
  },
  born: () => ({ observed: { Status: "ACTIVE" } }),
});
