import type { JsonObject } from "../../../src/core/json.js";
import type { Publisher, Sender } from "../../../src/reasoning/admits/publishers.js";
import { home, topicArn } from "../reach/account.js";

export const arns: Readonly<Record<Publisher, string>> = {
  cloudwatch: `arn:aws:cloudwatch:us-east-1:${home}:alarm:a`,
  "alarm-function": `arn:aws:cloudwatch:us-east-1:${home}:alarm:a`,
  events: `arn:aws:events:us-east-1:${home}:rule/r`,
  s3: "arn:aws:s3:::b",
  sns: topicArn("t"),
  glacier: `arn:aws:glacier:us-east-1:${home}:vaults/v`,
  cloudtrail: `arn:aws:cloudtrail:us-east-1:${home}:trail/t`,
  budgets: `arn:aws:budgets::${home}:budget/b`,
};
export const from = (publisher: Publisher): Sender => ({
  publisher,
  account: home,
  region: "us-east-1",
  arn: arns[publisher],
});
export const sourceAccount = (account: string): JsonObject => ({
  Condition: { StringEquals: { "aws:SourceAccount": account } },
});

export type Is = "yes" | "no" | "unknown";
