import { declared } from "../../aws/declared.js";

/** Subnets that the account owns or that are shared to it: `OwnerId` tells. */
export const ec2Subnet = declared({
  type: "AWS::EC2::Subnet",
  summary: "Subnets, own and shared ones",
  list: {
    call: "ec2:DescribeSubnets",
    at: { where: ["AWS::EC2::VPC"] },
    items: "Subnets",
    pages: ["NextToken", "NextToken"],
    id: "SubnetId",
    arn: "arn:{partition}:ec2:{region}:{item.OwnerId}:subnet/{item.SubnetId}",
    properties: { SubnetId: "SubnetId", VpcId: "VpcId", OwnerId: "OwnerId", State: "State" },
  },
  observed: ["OwnerId", "State"],
});
