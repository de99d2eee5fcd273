import { declared } from "../../aws/declared.js";
import { parseArn } from "../../shared/aws/arn.js";

/** Policies of network firewalls: what becomes of packets that no stateless rule knows. */
export const networkfirewallFirewallPolicy = declared({
  type: "AWS::NetworkFirewall::FirewallPolicy",
  summary: "Policies of network firewalls: default actions, stateful rule groups",
  list: {
    call: "network-firewall:ListFirewallPolicies",
    at: { where: ["AWS::NetworkFirewall::Firewall"] },
    items: "FirewallPolicies",
    pages: ["NextToken", "NextToken"],
    id: "Arn",
    arn: "Arn",
    properties: { FirewallPolicyName: "Name" },
  },
  reads: [
    {
      call: "network-firewall:DescribeFirewallPolicy",
      input: { FirewallPolicyArn: "{arn}" },
      from: "FirewallPolicy",
      properties: {
        FirewallPolicy: {
          at: ".",
          only: [
            ...["StatelessDefaultActions", "StatelessFragmentDefaultActions", "StatefulDefaultActions"],
            ...["StatefulRuleGroupReferences.ResourceArn", "TLSInspectionConfigurationArn"],
          ],
        },
      },
      gone: ["ResourceNotFoundException"],
    },
  ],
  refer(reference, from) {
    const arn = parseArn(reference);
    return arn?.service === "network-firewall"
      ? { id: reference, arn: reference, account: arn.account || from.account, region: arn.region }
      : undefined;
  },
});
