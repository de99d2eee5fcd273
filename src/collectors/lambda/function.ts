import type { FunctionConfiguration, GetPolicyResponse } from "@aws-sdk/client-lambda";
import { defineCollector, readCall } from "../../core/collector.js";
import type { Identity, Operation } from "../../core/collector.js";
import type { JsonObject } from "../../core/json.js";
import { parseArn } from "../../shared/aws/arn.js";

const operation = (name: string, ...members: readonly string[]): Operation => ({
  service: "lambda",
  name,
  proof: { members },
});

// function:<name>, and after it the version or alias that is meant: each has a state and a policy of its own.
const named = /^function:([\w-]+)(?::([\w$-]+))?$/u;

function byName({ arn = "" }: Identity): JsonObject {
  const [, , qualifier] = named.exec(parseArn(arn)?.resource ?? "") ?? [];
  return qualifier === undefined
    ? { FunctionName: arn }
    : { FunctionName: arn.slice(0, -qualifier.length - 1), Qualifier: qualifier };
}

/** Lambda functions that something refers to, by version or alias where that is named. Of the configuration nothing is kept that may hold a secret. */
export const lambdaFunction = defineCollector({
  type: "AWS::Lambda::Function",
  summary: "Lambda functions that rules, alarms, buckets and topics invoke: state, policy",
  reads: [
    readCall<FunctionConfiguration>({
      operation: operation("GetFunctionConfiguration", "FunctionArn"),
      input: byName,
      properties: ["FunctionName", "FunctionArn", "State", "StateReasonCode", "LastUpdateStatus"],
      read: ({ FunctionName, FunctionArn, State, StateReasonCode, LastUpdateStatus }) => ({
        FunctionName,
        FunctionArn,
        State,
        StateReasonCode,
        LastUpdateStatus,
      }),
      gone: ["ResourceNotFoundException"],
    }),
    // A missing function and a missing policy are refused alike, so that the first must be known.
    readCall<GetPolicyResponse>({
      operation: operation("GetPolicy", "Policy"),
      after: ["FunctionArn"],
      input: byName,
      properties: ["Policy"],
      read: ({ Policy }) => ({ Policy }),
      notSet: ["ResourceNotFoundException"],
    }),
  ],
  refer(reference) {
    const arn = parseArn(reference);
    const [, name, qualifier] = (arn?.service === "lambda" ? named.exec(arn.resource) : undefined) ?? [];
    if (arn === undefined || name === undefined) return undefined;
    return {
      id: qualifier === undefined ? name : `${name}:${qualifier}`,
      arn: reference,
      account: arn.account,
      region: arn.region,
    };
  },
  observed: ["FunctionArn", "State", "StateReasonCode", "LastUpdateStatus", "Policy"],
});
