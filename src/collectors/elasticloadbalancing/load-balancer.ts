import { declared } from "../../aws/declared.js";

/** Classic Load Balancers. */
export const elasticloadbalancingLoadBalancer = declared({
  type: "AWS::ElasticLoadBalancing::LoadBalancer",
  summary: "Classic Load Balancers: access logs",
  list: {
    call: "elb:DescribeLoadBalancers",
    items: "LoadBalancerDescriptions",
    pages: ["Marker", "NextMarker"],
    id: "LoadBalancerName",
    arn: "arn:{partition}:elasticloadbalancing:{region}:{account}:loadbalancer/{item.LoadBalancerName}",
    properties: { LoadBalancerName: "LoadBalancerName", Scheme: "Scheme" },
  },
  reads: [
    {
      call: "elb:DescribeLoadBalancerAttributes",
      input: { LoadBalancerName: "{id}" },
      from: "LoadBalancerAttributes",
      properties: { AccessLoggingPolicy: "AccessLog" },
      gone: ["LoadBalancerNotFound", "AccessPointNotFoundException"],
    },
  ],
});
