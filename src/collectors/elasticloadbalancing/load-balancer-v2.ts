import { declared } from "../../aws/declared.js";

/** Application, Network and Gateway Load Balancers. An attribute's value is a text: "true". */
export const elasticloadbalancingLoadBalancerV2 = declared({
  type: "AWS::ElasticLoadBalancingV2::LoadBalancer",
  summary: "Application, Network and Gateway Load Balancers: attributes; listeners of Network Load Balancers",
  list: {
    call: "elbv2:DescribeLoadBalancers",
    items: "LoadBalancers",
    pages: ["Marker", "NextMarker"],
    id: "LoadBalancerArn",
    arn: "LoadBalancerArn",
    properties: { Name: "LoadBalancerName", Type: "Type", Scheme: "Scheme", State: "State.Code" },
  },
  reads: [
    {
      call: "elbv2:DescribeLoadBalancerAttributes",
      input: { LoadBalancerArn: "{arn}" },
      proof: { members: ["Attributes"] },
      properties: { LoadBalancerAttributes: "Attributes" },
      gone: ["LoadBalancerNotFoundException"],
    },
    {
      call: "elbv2:DescribeListeners",
      after: ["Type"],
      when: ({ Type }) => Type === "network",
      input: { LoadBalancerArn: "{arn}" },
      pages: ["Marker", "NextMarker"],
      proof: { members: ["Listeners"] },
      properties: { Listeners: { at: "Listeners", only: ["Protocol", "Port"] } },
      gone: ["LoadBalancerNotFoundException"],
    },
  ],
  observed: ["State", "Listeners"],
});
