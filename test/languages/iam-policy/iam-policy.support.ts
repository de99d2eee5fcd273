import type { JsonObject, JsonValue } from "../../../src/core/json.js";
import { parsePolicy } from "../../../src/languages/iam-policy/iam-policy.js";
import { decidePolicy } from "../../../src/languages/iam-policy/decision.js";
import type { PolicyQuestion } from "../../../src/languages/iam-policy/decision.js";
import type { Asker, RequestContext } from "../../../src/languages/iam-policy/question.js";
import type { Truth } from "../../../src/shared/truth.js";

export const topic = "arn:aws:sns:us-east-1:111111111111:alerts";
export const publish = { Action: "sns:Publish", Resource: topic };
export const allow = (more: JsonObject): JsonObject => ({
  Effect: "Allow",
  Principal: "*",
  ...publish,
  ...more,
});
export const deny = (more: JsonObject): JsonObject => ({
  Effect: "Deny",
  Principal: "*",
  ...publish,
  ...more,
});
export const service = (name: string): JsonObject => ({ Principal: { Service: name } });
export const given = (operator: string, key: string, value: JsonValue): JsonObject => ({
  Condition: { [operator]: { [key]: value } },
});

export function decide(
  statements: readonly JsonObject[],
  question: Partial<PolicyQuestion> & { readonly asker: Asker },
): ReturnType<typeof decidePolicy> {
  const parsed = parsePolicy({ Version: "2012-10-17", Statement: statements });
  if (!parsed.ok) throw new Error(parsed.problem);
  return decidePolicy(parsed.policy, { action: "sns:Publish", resource: topic, ...question });
}

export const cloudwatch: Asker = { kind: "service", service: "cloudwatch.amazonaws.com" };
export const owner: Asker = { kind: "account", account: "111111111111" };
export const anyone: Asker = { kind: "anyone" };
export const outsider: Asker = {
  kind: "outsider",
  home: { accounts: ["111111111111"], organization: "o-home" },
};
export const context: RequestContext = {
  "aws:SourceAccount": ["111111111111"],
  "aws:SourceArn": ["arn:aws:cloudwatch:us-east-1:111111111111:alarm:a"],
  "aws:PrincipalOrgID": null,
};

export type Row = readonly [fact: string, statements: readonly JsonObject[], is: Truth];
