import { isObject } from "../../shared/read-property.js";
import { defineAttachment, defineDeclared } from "../mapping.js";
import { policyText, withoutNulls } from "../shapes.js";

/** Event buses: their rules go first. */
export const eventBus = defineDeclared({
  type: "AWS::Events::EventBus",
  takes: {
    type: "AWS::Events::Rule",
    goes: (rule, bus) => rule.region === bus.region && rule.arn?.includes(`:rule/${bus.id}/`) === true,
  },
});

/** One statement of a bus's policy. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-events-eventbuspolicy.html */
export const eventBusPolicy = defineAttachment({
  type: "AWS::Events::EventBusPolicy",
  to: "AWS::Events::EventBus",
  at: "EventBusName",
  unnamed: "default",
  property: "Policy",
  how: "add",
  key: "Sid",
  from: ["StatementId", "Statement", "Action", "Principal", "Condition"],
  make({ StatementId = null, Statement, Action = null, Principal = null, Condition }, { self, owner }) {
    if (isObject(Statement)) return { ...Statement, Sid: StatementId };
    const who =
      typeof Principal !== "string" || Principal === "*" ? Principal : accountOf(Principal, self.partition);
    return {
      ...withoutNulls({
        Sid: StatementId,
        Effect: "Allow",
        Principal: who,
        Action,
        Resource: owner.arn ?? null,
      }),
      ...(isObject(Condition) ? { Condition: conditionOf(Condition) } : {}),
    };
  },
});

function accountOf(id: string, partition: string): { readonly AWS: string } {
  return { AWS: `arn:${partition}:iam::${id}:root` };
}

// {Type, Key, Value} of the old form is one operator, one key, one value.
function conditionOf(condition: Parameters<typeof withoutNulls>[0]): ReturnType<typeof withoutNulls> {
  const { Type, Key, Value = null } = condition;
  return typeof Type === "string" && typeof Key === "string"
    ? { [Type]: { [Key]: Value } }
    : withoutNulls(condition);
}

/** All of a bus's policy, of Terraform's own. */
export const wholeBusPolicy = defineAttachment({
  type: "Terraform::Events::EventBusPolicy",
  to: "AWS::Events::EventBus",
  at: "EventBusName",
  unnamed: "default",
  property: "Policy",
  how: "replace",
  from: ["Policy"],
  make: ({ Policy: policy = null }) => (policy === null ? null : policyText(policy)),
});
