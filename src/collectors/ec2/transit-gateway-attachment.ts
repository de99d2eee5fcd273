import { declared } from "../../aws/declared.js";

/** What is attached to transit gateways. */
export const ec2TransitGatewayAttachment = declared({
  type: "AWS::EC2::TransitGatewayAttachment",
  summary: "Attachments of transit gateways",
  list: {
    call: "ec2:DescribeTransitGatewayAttachments",
    at: { where: ["AWS::EC2::TransitGateway"] },
    items: "TransitGatewayAttachments",
    pages: ["NextToken", "NextToken"],
    id: "TransitGatewayAttachmentId",
    arn: "arn:{partition}:ec2:{region}:{account}:transit-gateway-attachment/{item.TransitGatewayAttachmentId}",
    properties: {
      TransitGatewayId: "TransitGatewayId",
      TransitGatewayOwnerId: "TransitGatewayOwnerId",
      ResourceOwnerId: "ResourceOwnerId",
      State: "State",
    },
  },
  observed: ["TransitGatewayOwnerId", "ResourceOwnerId", "State"],
});
