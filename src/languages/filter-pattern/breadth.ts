import type { JsonObject } from "../../core/json.js";
import type { FilterPattern } from "./ast.js";
import { matchFilterPattern } from "./match.js";

/** Ordinary read-only events of unrelated services and callers, which no detection is after. */
export const ORDINARY_EVENTS: readonly JsonObject[] = [
  ordinary("ec2", "DescribeInstances", { type: "IAMUser", userName: "ana" }),
  ordinary("s3", "ListBuckets", { type: "AssumedRole", principalId: "AROAEXAMPLE:ci" }),
  ordinary("sts", "GetCallerIdentity", { type: "AssumedRole", principalId: "AROAEXAMPLE:app" }),
  ordinary("dynamodb", "DescribeTable", { type: "IAMUser", userName: "ben" }),
  ordinary("monitoring", "DescribeAlarms", { type: "AWSService", invokedBy: "autoscaling.amazonaws.com" }),
  ordinary("lambda", "ListFunctions20150331", { type: "AssumedRole", principalId: "AROAEXAMPLE:audit" }),
  ordinary("kms", "Decrypt", { type: "AssumedRole", invokedBy: "secretsmanager.amazonaws.com" }),
  ordinary("rds", "DescribeDBInstances", { type: "AWSAccount", accountId: "222222222222" }),
];

const MOST_ORDINARY = 0.75;

/** Whether a pattern matches most ordinary events, so that an alarm on it says nothing. Undocumented cases count as no match. */
export function isOverBroad(pattern: FilterPattern): boolean {
  const matched = ORDINARY_EVENTS.filter((event) => matchFilterPattern(pattern, event).kind === "yes");
  return matched.length >= ORDINARY_EVENTS.length * MOST_ORDINARY;
}

function ordinary(service: string, eventName: string, userIdentity: JsonObject): JsonObject {
  return {
    eventVersion: "1.11",
    userIdentity: { accountId: "111111111111", ...userIdentity },
    eventTime: "2026-11-20T08:00:00Z",
    eventSource: `${service}.amazonaws.com`,
    eventName,
    awsRegion: "eu-west-1",
    sourceIPAddress: "203.0.113.7",
    userAgent: "aws-cli/2.31",
    requestParameters: null,
    responseElements: null,
    readOnly: true,
    eventType: "AwsApiCall",
    managementEvent: true,
    recipientAccountId: "111111111111",
    eventCategory: "Management",
  };
}
