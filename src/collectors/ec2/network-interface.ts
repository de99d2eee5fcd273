import { declared } from "../../aws/declared.js";

/** Network interfaces that the account can see. */
export const ec2NetworkInterface = declared({
  type: "AWS::EC2::NetworkInterface",
  summary: "Network interfaces: subnet, VPC, owner",
  list: {
    call: "ec2:DescribeNetworkInterfaces",
    at: { where: ["AWS::EC2::VPC"] },
    items: "NetworkInterfaces",
    pages: ["NextToken", "NextToken"],
    id: "NetworkInterfaceId",
    arn: "arn:{partition}:ec2:{region}:{item.OwnerId}:network-interface/{item.NetworkInterfaceId}",
    properties: { SubnetId: "SubnetId", VpcId: "VpcId", OwnerId: "OwnerId", Status: "Status" },
  },
  observed: ["VpcId", "OwnerId", "Status"],
});
