import type { Need } from "../../core/need.js";
import { ALARM_TYPES, alarmChainNeeds } from "./alarm-world.js";
import { functionNeed, receiverNeeds } from "./receiver.js";
import { apiDestinationNeeds } from "./target.js";

const TOPIC = "AWS::SNS::Topic";

/** The paths at which alarms and rules name what they notify. */
const alarmLists = ["AlarmActions[]", "InsufficientDataActions[]"];

/** What must be read to follow alarms to people: the alarms once a region, and topics, queues, functions and the like only as far as they are referred to. */
export const reachNeeds: readonly Need[] = [
  ...alarmChainNeeds,
  ...Object.values(ALARM_TYPES).flatMap((type) => alarmLists.map((path) => topicsNamedBy(type, path))),
  topicsNamedBy("AWS::Events::Rule", "Targets[].Arn"),
  ...Object.values(ALARM_TYPES).flatMap((type) => alarmLists.map((path) => functionNeed(type, path))),
  ...receiverNeeds("AWS::Events::Rule", "Targets[].Arn"),
  ...receiverNeeds(TOPIC, "Subscriptions[].Endpoint"),
  ...apiDestinationNeeds,
  {
    type: "AWS::SNS::Subscription",
    properties: ["FilterPolicy", "FilterPolicyScope", "PendingConfirmation"],
    only: { referencedBy: TOPIC, path: "Subscriptions[].SubscriptionArn" },
  },
  {
    type: "AWS::KMS::Key",
    properties: ["KeyManager", "KeyState", "KeyPolicy"],
    only: { referencedBy: TOPIC, path: "KmsMasterKeyId" },
  },
];

function topicsNamedBy(referencedBy: string, path: string): Need {
  return {
    type: TOPIC,
    properties: ["Exists", "Policy", "KmsMasterKeyId", "Subscriptions", "SubscriptionsConfirmed"],
    only: { referencedBy, path },
  };
}
