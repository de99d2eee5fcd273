import { expect, it } from "vitest";
import type { Resource } from "../../src/core/resource.js";
import { eventRuleLive } from "../../src/evaluators/event-rule-live.js";
import { accountOf, home, rule, thing, topic, topicArn, virginia } from "../reasoning/chain-account.js";

const to = (...arns: readonly string[]) => ({ facts: { Targets: arns.map((Arn, at) => ({ Id: at.toString(), Arn })) } });
const logs = `arn:aws:logs:${virginia}:${home}:log-group:events`;
const group = thing("AWS::Logs::LogGroup", "events", { arn: logs, facts: { LogGroupName: "events" } });
const policy = (service: string): Resource => thing("AWS::Logs::ResourcePolicy", "p", { facts: { PolicyDocument: JSON.stringify({ Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: "*" }] }) } });
const bus = (name: string, owner = home): string => `arn:aws:events:${virginia}:${owner}:event-bus/${name}`;
const any = { source: ["aws.ec2"] };
const listed = { "AWS::Logs::ResourcePolicy": { listed: [virginia], properties: {} }, "AWS::Events::Rule": { listed: [virginia], properties: {} }, "AWS::Events::EventBus": { listed: [virginia], properties: {} } };

const rows: readonly (readonly [string, string, readonly Resource[]])[] = [
  ["a live topic", "pass", [rule("r", any), ...topic()]],
  ["a topic that nobody confirmed still takes events", "pass", [rule("r", any), ...topic("soc", { confirmed: false })]],
  ["no target", "fail", [rule("r", any, to())]],
  ["a topic that is gone", "fail", [rule("r", any), ...topic("soc", { observed: { Exists: false } })]],
  ["a topic that refuses", "fail", [rule("r", any), ...topic("soc", { facts: { Policy: '{"Statement":[]}' } })]],
  ["a dead target beside a live one", "fail", [rule("r", any, to(topicArn(), topicArn("gone"))), ...topic(), ...topic("gone", { observed: { Exists: false } })]],
  ["a log group that admits EventBridge", "pass", [rule("r", any, to(logs)), group, policy("events.amazonaws.com")]],
  ["a log group that admits another service", "fail", [rule("r", any, to(logs)), group, policy("route53.amazonaws.com")]],
  ["a log group that is gone", "fail", [rule("r", any, to(logs)), { ...group, observed: { Exists: false } }]],
  ["a bus that exists", "pass", [rule("r", any, to(bus("central"))), thing("AWS::Events::EventBus", "central", { arn: bus("central"), facts: { Name: "central" } })]],
  ["a bus that does not", "fail", [rule("r", any, to(bus("central")))]],
  ["a bus of another account", "unknown", [rule("r", any, to(bus("central", "999999999999")))]],
  ["a function, which is not read", "unknown", [rule("r", any, to(`arn:aws:lambda:${virginia}:${home}:function:f`))]],
  ["targets that could not be read", "unknown", [rule("r", any, { refused: ["Targets"] })]],
  ["a disabled rule", "not-applicable", [rule("r", any, { facts: { State: "DISABLED" } })]],
  ["a rule of an AWS service", "not-applicable", [rule("r", any, { facts: { ManagedBy: "autoscaling.amazonaws.com", Targets: [] } })]],
  ["no rule", "not-applicable", []],
];

it.each(rows)("%s: %s", (_, status, resources) => {
  expect(eventRuleLive.evaluate(accountOf(resources, { collected: listed }), {}).map(({ verdict }) => verdict.status)).toEqual([status]);
});
