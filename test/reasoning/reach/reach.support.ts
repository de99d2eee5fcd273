import type { Account } from "../../../src/core/account.js";
import type { JsonObject, JsonValue } from "../../../src/core/json.js";
import type { Resource } from "../../../src/core/resource.js";
import type { ReachOptions } from "../../../src/reasoning/reach/link.js";
import { alarmMessage } from "../../../src/reasoning/reach/message.js";
import {
  accountOf,
  document,
  home,
  keyArn,
  resource,
  subscription,
  toServices,
  topic,
  topicArn,
} from "./account.js";

export const t = topicArn("t");
export const alarm = resource("AWS::CloudWatch::Alarm", "egress", {
  arn: `arn:aws:cloudwatch:us-east-1:${home}:alarm:egress`,
  properties: {
    AlarmDescription: "pages the night shift",
    AlarmActions: [t],
    OKActions: [],
    InsufficientDataActions: [],
    MetricName: "EgressRequestCount",
    Namespace: "AWS/MediaPackage",
    Period: 300,
    Dimensions: [{ Name: "Channel", Value: "live1" }],
  },
});
export const byAlarm: ReachOptions = {
  sender: { publisher: "cloudwatch", account: home, region: "us-east-1", arn: alarm.arn ?? "" },
  message: () => alarmMessage(alarm),
};
export const event: JsonObject = {
  source: "aws.mediapackage",
  "detail-type": "MediaPackage Input Notification",
  detail: { event: "MaxIngestStreamsError", message: "m" },
};
export const byRule: ReachOptions = {
  sender: {
    publisher: "events",
    account: home,
    region: "us-east-1",
    arn: `arn:aws:events:us-east-1:${home}:rule/r`,
  },
  message: () => ({ kind: "json", value: event, free: ["detail.message"] }),
};

const people = ["a", "b", "c"].map((name) => subscription(name));
export const holding = (...resources: readonly Resource[]): Account => accountOf([...people, ...resources]);
export const key = (name: string, statement: JsonObject, state = "Enabled"): Resource =>
  resource("AWS::KMS::Key", "k1", {
    arn: keyArn,
    properties: { KeyPolicy: document(statement) },
    observed: { KeyState: state, Aliases: [`alias/${name}`] },
  });
export const services = toServices(
  ["kms:GenerateDataKey*", "kms:Decrypt"],
  ["cloudwatch.amazonaws.com", "events.amazonaws.com"],
);
export const encrypted = (KmsMasterKeyId: string): Resource => topic({}, { properties: { KmsMasterKeyId } });
export const filtered = (FilterPolicy: JsonValue, FilterPolicyScope: JsonValue = null): Account =>
  accountOf([topic(), subscription("a", { FilterPolicy, FilterPolicyScope })]);

export type Is = "yes" | "no" | "unknown";
export type Row = readonly [fact: string, account: Account, options: ReachOptions, is: Is, link?: string];
