import { declared } from "../../aws/declared.js";

/** Transit gateways that the account owns or that are shared to it: `OwnerId` tells. */
export const ec2TransitGateway = declared({
  type: "AWS::EC2::TransitGateway",
  summary: "Transit gateways, own and shared ones",
  list: {
    call: "ec2:DescribeTransitGateways",
    items: "TransitGateways",
    pages: ["NextToken", "NextToken"],
    id: "TransitGatewayId",
    arn: "TransitGatewayArn",
    properties: { OwnerId: "OwnerId", State: "State" },
  },
  observed: ["OwnerId", "State"],
});
