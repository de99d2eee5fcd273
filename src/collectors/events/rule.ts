import type { ListRulesResponse, ListTargetsByRuleResponse } from "@aws-sdk/client-eventbridge";
import { defineCollector, listCall, readCall } from "../../core/collector.js";
import { given } from "../../shared/aws/names.js";
import { targetFacts } from "../../shared/aws/target-input.js";

/** EventBridge rules of all buses. `EventPattern` is JSON text. */
export const eventsRule = defineCollector({
  type: "AWS::Events::Rule",
  summary: "EventBridge rules of all buses: pattern, state, targets",
  list: listCall<ListRulesResponse>({
    operation: { service: "events", name: "ListRules", proof: { members: ["Rules"] } },
    at: { each: "AWS::Events::EventBus" },
    input: (_place, bus) => ({ EventBusName: bus?.id ?? "default" }),
    pages: { ask: "NextToken", answer: "NextToken" },
    properties: [
      "Name",
      "Description",
      "EventPattern",
      "State",
      "ScheduleExpression",
      "RoleArn",
      "EventBusName",
      "ManagedBy",
    ],
    found: ({ Rules }, _place, bus) =>
      given(Rules, "Rules").map(
        ({
          Name = "",
          Arn,
          Description,
          EventPattern,
          State,
          ScheduleExpression,
          RoleArn,
          EventBusName = bus?.id,
          ManagedBy,
        }) => ({
          id: Name,
          ...(Arn === undefined ? {} : { arn: Arn }),
          properties: {
            Name,
            Description,
            EventPattern,
            State,
            ScheduleExpression,
            RoleArn,
            EventBusName,
            ManagedBy,
          },
        }),
      ),
  }),
  reads: [
    readCall<ListTargetsByRuleResponse>({
      operation: { service: "events", name: "ListTargetsByRule", proof: { members: ["Targets"] } },
      after: ["EventBusName"],
      input: ({ id }, { EventBusName = null }) => ({
        Rule: id,
        ...(EventBusName === null ? {} : { EventBusName }),
      }),
      pages: { ask: "NextToken", answer: "NextToken" },
      properties: ["Targets"],
      read: ({ Targets }) => ({
        Targets: given(Targets, "Targets").map(targetFacts),
      }),
      gone: ["ResourceNotFoundException"],
    }),
  ],
  observed: ["ManagedBy"],
});
