import { expect, it } from "vitest";
import type { JsonObject } from "../../../src/core/json.js";
import type { Resource } from "../../../src/core/resource.js";
import { alarmTargets } from "../../../src/evaluators/alarm/targets.js";
import { alarm, composite, FUNCTION, home, invocable, people, REGION, state, TOPIC } from "./state.js";

const judge = (...resources: readonly Resource[]): readonly string[] =>
  alarmTargets.evaluate(state({ resources }), {}).map(({ verdict }) => verdict.status);
const acting = (AlarmActions: readonly string[] | null, more: JsonObject = {}): Resource =>
  alarm("a", { AlarmActions, ...more });

it.each<[string, string, readonly Resource[]]>([
  ["a topic that exists and admits CloudWatch", "pass", [acting([TOPIC]), ...people()]],
  ["who hears of it does not matter here", "pass", [acting([TOPIC]), ...people({ Subscriptions: [] })]],
  ["a topic that is gone", "fail", [acting([TOPIC]), ...people({ Exists: false })]],
  [
    "a good topic and one that is gone",
    "fail",
    [acting([TOPIC, `${TOPIC}2`]), ...people(), ...people({ Exists: false }, { arn: `${TOPIC}2` })],
  ],
  ["a topic whose policy keeps CloudWatch out", "fail", [acting([TOPIC]), ...people({ Policy: null })]],
  [
    "a topic with the key that AWS manages",
    "fail",
    [acting([TOPIC]), ...people({}, { properties: { KmsMasterKeyId: "alias/aws/sns" } })],
  ],
  [
    "a topic of another region",
    "fail",
    [
      acting([`arn:aws:sns:eu-west-1:${home}:ops`]),
      ...people({}, { arn: `arn:aws:sns:eu-west-1:${home}:ops` }),
    ],
  ],
  [
    "a topic whose policy could not be read",
    "unknown",
    [acting([TOPIC]), ...people({}, { unreadable: { Policy: { reason: "AccessDenied" } } })],
  ],
  [
    "an unreadable topic beside one that is gone",
    "fail",
    [
      acting([TOPIC, `${TOPIC}2`]),
      ...people({}, { unreadable: { Policy: { reason: "AccessDenied" } } }),
      ...people({ Exists: false }, { arn: `${TOPIC}2` }),
    ],
  ],
  ["an EC2 action", "pass", [acting([`arn:aws:automate:${REGION}:ec2:reboot`])]],
  ["a function that admits alarms", "pass", [acting([FUNCTION]), invocable()]],
  ["a function that admits nobody", "fail", [acting([FUNCTION]), invocable({ Policy: null })]],
  ["a function that is gone", "fail", [acting([FUNCTION]), invocable({ Exists: false })]],
  ["a function that is not read", "unknown", [acting([FUNCTION])]],
  [
    "a scaling policy",
    "unknown",
    [acting([`arn:aws:autoscaling:${REGION}:${home}:scalingPolicy:1:autoScalingGroupName/g:policyName/p`])],
  ],
  ["an alarm without actions", "not-applicable", [acting(null)]],
  ["a composite alarm", "fail", [composite("c", "TRUE"), ...people({ Exists: false })]],
])("%s: %s", (_title, ...[status, resources]) => {
  expect(judge(...resources)).toEqual([status]);
});
