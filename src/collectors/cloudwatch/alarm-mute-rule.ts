import type { GetAlarmMuteRuleOutput, ListAlarmMuteRulesOutput } from "@aws-sdk/client-cloudwatch";
import { defineCollector, listCall, readCall } from "../../core/collector.js";
import { parseArn } from "../../shared/aws/arn.js";

/** Alarm mute rules. A region whose API does not offer the operation has none. */
export const cloudwatchAlarmMuteRule = defineCollector({
  type: "AWS::CloudWatch::AlarmMuteRule",
  summary: "CloudWatch alarm mute rules: which alarms are silent, and when",
  list: listCall<ListAlarmMuteRulesOutput>({
    operation: {
      service: "cloudwatch",
      name: "ListAlarmMuteRules",
      proof: { members: ["AlarmMuteRuleSummaries"] },
    },
    at: "each-region",
    input: () => ({ MaxRecords: 100 }),
    pages: { ask: "NextToken", answer: "NextToken" },
    properties: ["Status", "MuteType", "ExpireDate", "LastUpdatedTimestamp"],
    found: ({ AlarmMuteRuleSummaries = [] }) =>
      AlarmMuteRuleSummaries.flatMap(
        ({ AlarmMuteRuleArn: arn = "", Status, MuteType, ExpireDate, LastUpdatedTimestamp }) => {
          const name = parseArn(arn)?.resource.replace(/^alarm-mute-rule:/u, "");
          return name === undefined
            ? []
            : [{ id: name, arn, properties: { Status, MuteType, ExpireDate, LastUpdatedTimestamp } }];
        },
      ),
    notSet: ["UnknownOperationException", "UnknownOperation", "InvalidAction", "NotImplemented"],
  }),
  reads: [
    readCall<GetAlarmMuteRuleOutput>({
      operation: { service: "cloudwatch", name: "GetAlarmMuteRule", proof: { members: ["Name", "Rule"] } },
      input: ({ id }) => ({ AlarmMuteRuleName: id }),
      properties: ["Description", "Rule", "MuteTargets", "StartDate"],
      read: ({ Description, Rule, MuteTargets, StartDate }) => ({
        Description,
        Rule,
        MuteTargets,
        StartDate,
      }),
      gone: ["ResourceNotFoundException", "ResourceNotFound"],
    }),
  ],
  observed: ["Status", "MuteType", "LastUpdatedTimestamp"],
});
