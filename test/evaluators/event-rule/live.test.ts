import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/core/json.js";
import type { Resource } from "../../../src/core/resource.js";
import { eventRuleLive } from "../../../src/evaluators/event-rule/live.js";
import {
  accountOf,
  home,
  rule,
  thing,
  topic,
  topicArn,
  virginia,
} from "../../reasoning/detection/account.js";

const to = (...arns: readonly string[]) => ({
  facts: { Targets: arns.map((Arn, at) => ({ Id: at.toString(), Arn })) },
});
const logs = `arn:aws:logs:${virginia}:${home}:log-group:events`;
const group = thing("AWS::Logs::LogGroup", "events", {
  arn: logs,
  facts: { LogGroupName: "events", ResourcePolicyDocument: null },
});

const policy = (service: string): Resource =>
  thing("AWS::Logs::ResourcePolicy", "p", {
    facts: {
      PolicyDocument: JSON.stringify({
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: service },
            Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
            Resource: "*",
          },
        ],
      }),
    },
  });
const bus = (name: string, owner = home): string => `arn:aws:events:${virginia}:${owner}:event-bus/${name}`;
const queueArn = `arn:aws:sqs:${virginia}:${home}:q`;
const admitting = (service: string, more: object = {}): string =>
  JSON.stringify({
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "*", Resource: "*", ...more }],
  });
const ownPolicy = (service: string): Resource => ({
  ...group,
  properties: { ...group.properties, ResourcePolicyDocument: admitting(service) },
});
const queue = (facts: JsonObject = {}, suffix = ""): Resource =>
  thing("AWS::SQS::Queue", `q${suffix}`, {
    arn: `${queueArn}${suffix}`,
    facts: {
      Policy: admitting("events.amazonaws.com"),
      KmsMasterKeyId: null,
      ContentBasedDeduplication: null,
      ...facts,
    },
  });
const functionArn = `arn:aws:lambda:${virginia}:${home}:function:f`;
const invoked = (by: string): Resource =>
  thing("AWS::Lambda::Function", "f", {
    arn: functionArn,
    facts: {
      State: "Active",
      Policy: admitting("events.amazonaws.com", { Condition: { ArnLike: { "AWS:SourceArn": by } } }),
    },
  });
const destination = `arn:aws:events:${virginia}:${home}:api-destination/pager/1`;
const connection = `arn:aws:events:${virginia}:${home}:connection/pager/2`;
const pager = (state: string, authorized: string): readonly Resource[] => [
  thing("AWS::Events::ApiDestination", "pager", {
    arn: destination,
    facts: { ApiDestinationState: state, ConnectionArn: connection },
  }),
  thing("AWS::Events::Connection", "pager", { arn: connection, facts: { ConnectionState: authorized } }),
];
const any = { source: ["aws.ec2"] };
const listed = {
  "AWS::Logs::ResourcePolicy": { listed: [virginia], properties: {} },
  "AWS::Events::Rule": { listed: [virginia], properties: {} },
  "AWS::Events::EventBus": { listed: [virginia], properties: {} },
};

const rows: readonly (readonly [string, string, readonly Resource[]])[] = [
  ["a live topic", "pass", [rule("r", any), ...topic()]],
  [
    "a topic that nobody confirmed still takes events",
    "pass",
    [rule("r", any), ...topic("soc", { confirmed: false })],
  ],
  ["no target", "fail", [rule("r", any, to())]],
  ["a topic that is gone", "fail", [rule("r", any), ...topic("soc", { observed: { Exists: false } })]],
  [
    "a topic that refuses",
    "fail",
    [rule("r", any), ...topic("soc", { facts: { Policy: '{"Statement":[]}' } })],
  ],
  [
    "a dead target beside a live one",
    "fail",
    [
      rule("r", any, to(topicArn(), topicArn("gone"))),
      ...topic(),
      ...topic("gone", { observed: { Exists: false } }),
    ],
  ],
  [
    "a log group that admits EventBridge",
    "pass",
    [rule("r", any, to(logs)), group, policy("events.amazonaws.com")],
  ],
  [
    "a log group that admits another service",
    "fail",
    [rule("r", any, to(logs)), group, policy("route53.amazonaws.com")],
  ],
  [
    "a log group whose own policy admits EventBridge",
    "pass",
    [rule("r", any, to(logs)), ownPolicy("events.amazonaws.com"), policy("route53.amazonaws.com")],
  ],
  [
    "a log group whose own policy admits another service",
    "fail",
    [rule("r", any, to(logs)), ownPolicy("route53.amazonaws.com")],
  ],
  ["a log group that is gone", "fail", [rule("r", any, to(logs)), { ...group, observed: { Exists: false } }]],
  [
    "a bus that exists",
    "pass",
    [
      rule("r", any, to(bus("central"))),
      thing("AWS::Events::EventBus", "central", { arn: bus("central"), facts: { Name: "central" } }),
    ],
  ],
  ["a bus that does not", "fail", [rule("r", any, to(bus("central")))]],
  ["a bus of another account", "unknown", [rule("r", any, to(bus("central", "999999999999")))]],
  ["a queue that admits EventBridge", "pass", [rule("r", any, to(queueArn)), queue()]],
  ["a queue that admits nobody", "fail", [rule("r", any, to(queueArn)), queue({ Policy: null })]],
  [
    "a queue that is gone",
    "fail",
    [rule("r", any, to(queueArn)), { ...queue(), observed: { Exists: false } }],
  ],
  [
    "a queue whose policy may not be read",
    "unknown",
    [rule("r", any, to(queueArn)), thing("AWS::SQS::Queue", "q", { arn: queueArn, refused: ["Policy"] })],
  ],
  [
    "a FIFO queue without a message group",
    "fail",
    [rule("r", any, to(`${queueArn}.fifo`)), queue({ ContentBasedDeduplication: true }, ".fifo")],
  ],
  [
    "a FIFO queue with one",
    "pass",
    [
      rule("r", any, {
        facts: { Targets: [{ Id: "1", Arn: `${queueArn}.fifo`, SqsParameters: { MessageGroupId: "g" } }] },
      }),
      queue({ ContentBasedDeduplication: true }, ".fifo"),
    ],
  ],
  [
    "a function that admits the rule",
    "pass",
    [rule("r", any, to(functionArn)), invoked(`arn:aws:events:${virginia}:${home}:rule/r`)],
  ],
  [
    "a function that admits another rule",
    "fail",
    [rule("r", any, to(functionArn)), invoked(`arn:aws:events:${virginia}:${home}:rule/other`)],
  ],
  [
    "a function that is gone",
    "fail",
    [rule("r", any, to(functionArn)), { ...invoked(""), observed: { Exists: false } }],
  ],
  ["a function that is not in the snapshot", "unknown", [rule("r", any, to(functionArn))]],
  ["a live API destination", "pass", [rule("r", any, to(destination)), ...pager("ACTIVE", "AUTHORIZED")]],
  [
    "an API destination whose connection is not authorized",
    "fail",
    [rule("r", any, to(destination)), ...pager("ACTIVE", "DEAUTHORIZED")],
  ],
  [
    "an inactive API destination",
    "fail",
    [rule("r", any, to(destination)), ...pager("INACTIVE", "AUTHORIZED")],
  ],
  [
    "an API destination that is gone",
    "fail",
    [rule("r", any, to(destination)), { ...pager("ACTIVE", "AUTHORIZED")[0]!, observed: { Exists: false } }],
  ],
  [
    "a workflow, which is not read",
    "unknown",
    [rule("r", any, to(`arn:aws:states:${virginia}:${home}:stateMachine:m`))],
  ],
  ["targets that could not be read", "unknown", [rule("r", any, { refused: ["Targets"] })]],
  ["a disabled rule", "not-applicable", [rule("r", any, { facts: { State: "DISABLED" } })]],
  [
    "a rule of an AWS service",
    "not-applicable",
    [rule("r", any, { facts: { ManagedBy: "autoscaling.amazonaws.com", Targets: [] } })],
  ],
  ["no rule", "not-applicable", []],
];

it.each(rows)("%s: %s", (_, status, resources) => {
  expect(
    eventRuleLive
      .evaluate(accountOf(resources, { collected: listed }), {})
      .map(({ verdict }) => verdict.status),
  ).toEqual([status]);
});

describe("dead-letter queues", () => {
  const withQueue = (arn: string) => ({
    facts: { Targets: [{ Id: "1", Arn: topicArn(), DeadLetterConfig: { Arn: arn } }] },
  });
  const noted = (resources: readonly Resource[]): string => {
    const [judged] = eventRuleLive.evaluate(accountOf(resources, { collected: listed }), {});
    expect(judged?.verdict.status).toBe("pass");
    return judged!.verdict.notes?.join() ?? "";
  };
  it.each<[string, RegExp, readonly Resource[]]>([
    ["none is noted", /has no dead-letter queue/u, [rule("r", any), ...topic()]],
    ["one that takes what failed is not", /^$/u, [rule("r", any, withQueue(queueArn)), ...topic(), queue()]],
    [
      "one that is gone is noted",
      /does not exist/u,
      [rule("r", any, withQueue(queueArn)), ...topic(), { ...queue(), observed: { Exists: false } }],
    ],
    [
      "one that keeps EventBridge out is noted",
      /has no policy/u,
      [rule("r", any, withQueue(queueArn)), ...topic(), queue({ Policy: null })],
    ],
    [
      "one in order is noted",
      /must be a standard one/u,
      [rule("r", any, withQueue(`${queueArn}.fifo`)), ...topic()],
    ],
    ["one that could not be read is not", /^$/u, [rule("r", any, withQueue(queueArn)), ...topic()]],
  ])("%s", (_, says, resources) => {
    expect(noted(resources)).toMatch(says);
  });
});
