import { declared } from "../../aws/declared.js";

/** VPCs that the account owns or that are shared to it: `OwnerId` tells. */
export const ec2Vpc = declared({
  type: "AWS::EC2::VPC",
  summary: "VPCs, own and shared ones",
  list: {
    call: "ec2:DescribeVpcs",
    items: "Vpcs",
    pages: ["NextToken", "NextToken"],
    id: "VpcId",
    arn: "arn:{partition}:ec2:{region}:{item.OwnerId}:vpc/{item.VpcId}",
    properties: { VpcId: "VpcId", OwnerId: "OwnerId", IsDefault: "IsDefault", State: "State" },
  },
  observed: ["OwnerId", "IsDefault", "State"],
});
