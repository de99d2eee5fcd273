import type {
  DescribeLogGroupsResponse,
  DescribeResourcePoliciesResponse,
  LogGroup,
} from "@aws-sdk/client-cloudwatch-logs";
import { defineCollector, listCall, readCall } from "../../core/collector.js";
import type { Operation, Properties } from "../../core/collector.js";
import { parseArn } from "../../shared/aws/arn.js";
import { given } from "../../shared/aws/names.js";

const describeLogGroups: Operation = {
  service: "logs",
  name: "DescribeLogGroups",
  proof: { members: ["logGroups"] },
};
const pages = { ask: "nextToken", answer: "nextToken" };
const settings = ["LogGroupName", "RetentionInDays", "RetentionPolicyName", "KmsKeyId", "LogGroupClass"];

function settingsOf({
  logGroupName,
  retentionInDays,
  retentionPolicyName,
  kmsKeyId,
  logGroupClass,
}: LogGroup): Properties {
  return {
    LogGroupName: logGroupName,
    RetentionInDays: retentionInDays,
    RetentionPolicyName: retentionPolicyName,
    KmsKeyId: kmsKeyId,
    LogGroupClass: logGroupClass,
  };
}

/**
 * CloudWatch log groups. One that something names is asked for by its name, of which the API makes a prefix. Its ARN
 * stands here without the ":*" that some AWS answers and references append. `RetentionInDays` is what holds, be it the group's own or that of
 * the account-level policy `RetentionPolicyName`; `ResourcePolicyDocument` is the policy of the group alone, JSON text.
 */
export const logsLogGroup = defineCollector({
  type: "AWS::Logs::LogGroup",
  summary: "CloudWatch log groups: retention, key, class, policy",
  list: listCall<DescribeLogGroupsResponse>({
    operation: describeLogGroups,
    at: "each-region",
    input: () => ({ limit: 50 }),
    pages,
    properties: settings,
    found: ({ logGroups }) =>
      given(logGroups, "logGroups").flatMap((group) => {
        const { logGroupName: id, arn } = group;
        return id === undefined
          ? []
          : [
              {
                id,
                ...(arn === undefined ? {} : { arn: arn.replace(/:\*$/u, "") }),
                properties: settingsOf(group),
              },
            ];
      }),
  }),
  reads: [
    readCall<DescribeLogGroupsResponse>({
      operation: describeLogGroups,
      input: ({ id }) => ({ logGroupNamePrefix: id }),
      pages,
      properties: settings,
      read({ logGroups }, { id }) {
        const group = given(logGroups, "logGroups").find(({ logGroupName }) => logGroupName === id);
        return group === undefined ? undefined : settingsOf(group);
      },
      gone: ["ResourceNotFoundException"],
    }),
    readCall<DescribeResourcePoliciesResponse>({
      operation: {
        service: "logs",
        name: "DescribeResourcePolicies",
        proof: { members: ["resourcePolicies"] },
      },
      input: ({ arn }) => (arn === undefined ? undefined : { policyScope: "RESOURCE", resourceArn: arn }),
      properties: ["ResourcePolicyDocument"],
      read: ({ resourcePolicies }) => ({
        ResourcePolicyDocument: given(resourcePolicies, "resourcePolicies")[0]?.policyDocument,
      }),
      // Whether the group exists is the other call's question.
      notSet: ["ResourceNotFoundException"],
    }),
  ],
  refer(reference, { account, region, arn }) {
    const full = parseArn(reference);
    if (full === undefined)
      return /^[\w./#-]{1,512}$/u.test(reference)
        ? {
            id: reference,
            arn: `arn:${parseArn(arn ?? "")?.partition ?? "aws"}:logs:${region}:${account}:log-group:${reference}`,
            account,
            region,
          }
        : undefined;
    const name = /^log-group:([^:]+)/u.exec(full.resource)?.[1];
    if (full.service !== "logs" || name === undefined) return undefined;
    return {
      id: name,
      arn: `arn:${full.partition}:logs:${full.region}:${full.account}:log-group:${name}`,
      account: full.account,
      region: full.region,
    };
  },
  observed: ["RetentionPolicyName"],
});
