import { declared } from "../../aws/declared.js";

/** Network firewalls, with what they log. */
export const networkfirewallFirewall = declared({
  type: "AWS::NetworkFirewall::Firewall",
  summary: "Network firewalls: policy, VPC, which logs go where",
  list: {
    call: "network-firewall:ListFirewalls",
    items: "Firewalls",
    pages: ["NextToken", "NextToken"],
    id: "FirewallArn",
    arn: "FirewallArn",
    properties: { FirewallName: "FirewallName" },
  },
  reads: [
    {
      call: "network-firewall:DescribeFirewall",
      input: { FirewallArn: "{arn}" },
      from: "Firewall",
      properties: { FirewallPolicyArn: "FirewallPolicyArn", VpcId: "VpcId" },
      gone: ["ResourceNotFoundException"],
    },
    {
      call: "network-firewall:DescribeLoggingConfiguration",
      input: { FirewallArn: "{arn}" },
      proof: { members: ["LoggingConfiguration|FirewallArn"] },
      properties: {
        LogDestinationConfigs: {
          at: "LoggingConfiguration.LogDestinationConfigs",
          // Names of destinations are as CloudFormation has them: bucketName, logGroup.
          by: (configs) => configs,
        },
      },
      gone: ["ResourceNotFoundException"],
    },
  ],
  observed: ["LogDestinationConfigs"],
});
