import type { DescribeResourcePoliciesResponse } from "@aws-sdk/client-cloudwatch-logs";
import { defineCollector, listCall } from "../../core/collector.js";
import { given } from "../../shared/aws/names.js";

/** Policies that let AWS services write to the log groups of a region. `PolicyDocument` is JSON text. */
export const logsResourcePolicy = defineCollector({
  type: "AWS::Logs::ResourcePolicy",
  summary: "CloudWatch Logs resource policies",
  list: listCall<DescribeResourcePoliciesResponse>({
    operation: {
      service: "logs",
      name: "DescribeResourcePolicies",
      proof: { members: ["resourcePolicies"] },
    },
    at: "each-region",
    pages: { ask: "nextToken", answer: "nextToken" },
    properties: ["PolicyName", "PolicyDocument"],
    found: ({ resourcePolicies }) =>
      given(resourcePolicies, "resourcePolicies").map(({ policyName = "", policyDocument }) => ({
        id: policyName,
        properties: { PolicyName: policyName, PolicyDocument: policyDocument },
      })),
  }),
  reads: [],
  observed: [],
});
