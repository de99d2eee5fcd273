import { describe, expect, it } from "vitest";
import type { Resource } from "../../../src/core/resource.js";
import { dims, onErrors } from "../../reasoning/firing/alarms.js";
import {
  FUNCTION,
  invocable,
  alarm,
  composite,
  home,
  logAlarm,
  mute,
  people,
  refused,
  REGION,
  rule,
  TOPIC,
} from "./state.js";
import type { Parts } from "./state.js";
import { only, X, I, verdictOn, live, ask, a01, a24 } from "./covers.support.js";
import type { Options } from "./covers.support.js";

describe("configurations judged by hand", () => {
  const silent = { AlarmActions: [] };
  const changes = { source: ["aws.cloudwatch"], "detail-type": ["CloudWatch Alarm State Change"] };
  const asking = (Query: string): Resource =>
    alarm("prom", { AlarmActions: [TOPIC], EvaluationCriteria: { PromQLCriteria: { Query } } });
  const promql = asking("sum(EgressRequestCount)");
  it.each<[string, string, Options, readonly Resource[]]>([
    [
      "a composite that is always in ALARM never changes",
      "fail",
      X,
      [a01(silent), composite("P", "ALARM(A01) OR TRUE")],
    ],
    [
      "a composite that needs another alarm too",
      "fail",
      X,
      [a01(silent), composite("P", "ALARM(A01) AND ALARM(z)")],
    ],
    [
      "a composite above a composite speaks for the child",
      "pass",
      X,
      [a01(silent), composite("P", "ALARM(A01)", silent), composite("Q", "ALARM(P)")],
    ],
    [
      "of which the upper one asks for OK",
      "fail",
      X,
      [a01(silent), composite("P", "ALARM(A01)", silent), composite("Q", "OK(P)")],
    ],
    [
      "a composite whose suppressor is always in ALARM",
      "fail",
      X,
      [a01(silent), composite("P", "ALARM(A01)", { ActionsSuppressor: "S" }), composite("S", "TRUE")],
    ],
    [
      "a composite whose suppressor sleeps",
      "pass",
      X,
      [
        a01(silent),
        composite("P", "ALARM(A01)", { ActionsSuppressor: "S" }),
        composite("S", "ALARM(z)", { ...silent, StateValue: "OK" }),
      ],
    ],
    [
      "a composite with its actions off",
      "fail",
      X,
      [a01(silent), composite("P", "ALARM(A01)", { ActionsEnabled: false })],
    ],
    [
      "a muted composite",
      "fail",
      X,
      [
        a01(silent),
        composite("P", "ALARM(A01)"),
        mute(["P"], { Expression: "cron(0 0 * * *)", Duration: "P1D" }),
      ],
    ],
    [
      "a composite for INSUFFICIENT_DATA of the child",
      "pass",
      I,
      [a24({ TreatMissingData: "missing", AlarmActions: [] }), composite("P", "NOT OK(A24)")],
    ],
    [
      "a composite for ALARM of a child that ends in INSUFFICIENT_DATA",
      "fail",
      I,
      [a24({ TreatMissingData: "missing", AlarmActions: [] }), composite("P", "ALARM(A24)")],
    ],
    [
      "mixed AND and OR, undecided by AWS",
      "unknown",
      X,
      [a01(silent), composite("P", "ALARM(A01) OR ALARM(y) AND ALARM(z)")],
    ],
    ["a rule on all alarms' changes", "pass", X, [a01({ ActionsEnabled: false }), rule("r", changes)]],
    [
      "a rule for this alarm going to ALARM",
      "pass",
      X,
      [a01(silent), rule("r", { ...changes, detail: { alarmName: ["A01"], state: { value: ["ALARM"] } } })],
    ],
    [
      "a rule for alarms of another name",
      "fail",
      X,
      [a01(silent), rule("r", { ...changes, detail: { alarmName: [{ prefix: "prod-" }] } })],
    ],
    [
      "a rule for going to OK",
      "fail",
      X,
      [a01(silent), rule("r", { ...changes, detail: { state: { value: ["OK"] } } })],
    ],
    [
      "a rule that wants a certain reason",
      "fail",
      X,
      [a01(silent), rule("r", { ...changes, detail: { state: { reason: [{ prefix: "Threshold" }] } } })],
    ],
    [
      "two rules that share the changes between them",
      "pass",
      X,
      [
        a01(silent),
        rule("r1", { ...changes, detail: { previousState: { value: ["OK"] } } }),
        rule("r2", { ...changes, detail: { previousState: { value: ["INSUFFICIENT_DATA"] } } }),
      ],
    ],
    [
      "one of the two alone",
      "fail",
      X,
      [a01(silent), rule("r1", { ...changes, detail: { previousState: { value: ["OK"] } } })],
    ],
    ["a disabled rule", "fail", X, [a01(silent), rule("r", changes, { State: "DISABLED" })]],
    ["a rule of another bus", "fail", X, [a01(silent), rule("r", changes, { EventBusName: "custom" })]],
    ["a rule without target", "fail", X, [a01(silent), rule("r", changes, { Targets: null })]],
    [
      "a rule to a function",
      "unknown",
      X,
      [
        a01(silent),
        rule("r", changes, { Targets: [{ Id: "1", Arn: `arn:aws:lambda:${REGION}:${home}:function:f` }] }),
      ],
    ],
    [
      "a rule in spite of a mute rule",
      "pass",
      X,
      [a01(), mute(["A01"], { Expression: "cron(0 0 * * *)", Duration: "P1D" }), rule("r", changes)],
    ],
    [
      "muted at night only",
      "pass",
      X,
      [a01(), mute(["A01"], { Expression: "cron(0 22 * * *)", Duration: "PT8H" })],
    ],
    [
      "a mute rule that has expired",
      "pass",
      X,
      [a01(), mute(["A01"], { Expression: "cron(0 0 * * *)", Duration: "P1D" }, { Status: "EXPIRED" })],
    ],
    [
      "a mute rule for another alarm",
      "pass",
      X,
      [a01(), mute(["A02"], { Expression: "cron(0 0 * * *)", Duration: "P1D" })],
    ],
    [
      "a mute rule that nobody understands",
      "unknown",
      X,
      [a01(), mute(["A01"], { Expression: "cron(0 0 L * *)", Duration: "P1D" })],
    ],
    ["a function as action", "unknown", X, [a01({ AlarmActions: [FUNCTION] }), invocable()]],
    ["a function that is gone", "fail", X, [a01({ AlarmActions: [FUNCTION] }), invocable({ Exists: false })]],
    [
      "a function that counts",
      "pass",
      { ...X, indirect: "yes" },
      [a01({ AlarmActions: [FUNCTION] }), invocable()],
    ],
    [
      "a function that counts, and that keeps alarms out",
      "fail",
      { ...X, indirect: "yes" },
      [a01({ AlarmActions: [FUNCTION] }), invocable({ Policy: null })],
    ],
    ["an incident", "pass", X, [a01({ AlarmActions: [`arn:aws:ssm-incidents::${home}:responseplan/p`] })]],
    [
      "an OpsItem that does not count",
      "fail",
      { ...X, incidents: false },
      [a01({ AlarmActions: [`arn:aws:ssm:${REGION}:${home}:opsitem:1`] })],
    ],
    ["an EC2 action", "fail", X, [a01({ AlarmActions: [`arn:aws:automate:${REGION}:ec2:reboot`] })]],
    [
      "a topic in another region",
      "fail",
      X,
      [
        a01({ AlarmActions: [`arn:aws:sns:eu-west-1:${home}:ops`] }),
        ...people({}, { arn: `arn:aws:sns:eu-west-1:${home}:ops` }),
      ],
    ],
    [
      "a dangling topic beside a good one",
      "pass",
      X,
      [a01({ AlarmActions: [`arn:aws:sns:${REGION}:${home}:gone`, TOPIC] })],
    ],
    [
      "an alarm in another region",
      "fail",
      X,
      [alarm("A01", { ...onErrors, AlarmActions: [TOPIC] }, { region: "eu-west-1" })],
    ],
    [
      "the channel by the end of its ARN",
      "pass",
      X,
      [a01({ Dimensions: dims({ Channel: "3f0d", StatusCodeRange: "5xx" }) })],
    ],
    ["M of N that takes too long", "fail", X, [a01({ EvaluationPeriods: 6, DatapointsToAlarm: 5 })]],
    ["M of N in time", "pass", X, [a01({ EvaluationPeriods: 6, DatapointsToAlarm: 3 })]],
    ["a percentile of a count", "fail", X, [a01({ Statistic: null, ExtendedStatistic: "p99" })]],
    [
      "a percentile of latency",
      "pass",
      only("egress-response-time"),
      [
        alarm("lat", {
          ...onErrors,
          MetricName: "EgressResponseTime",
          Dimensions: dims({ Channel: "live1" }),
          Statistic: null,
          ExtendedStatistic: "p99",
          Threshold: 1000,
        }),
      ],
    ],
    [
      "the minimum of latency",
      "fail",
      only("egress-response-time"),
      [
        alarm("lat", {
          ...onErrors,
          MetricName: "EgressResponseTime",
          Dimensions: dims({ Channel: "live1" }),
          Statistic: "Minimum",
          Threshold: 1000,
        }),
      ],
    ],
    [
      "a log alarm on the channel's access logs",
      "unknown",
      X,
      [logAlarm("l", ["/aws/MediaPackage/EgressAccessLogs"])],
    ],
    ["a log alarm on functions' logs", "fail", X, [logAlarm("l", ["/aws/lambda/f"])]],
    [
      "a log alarm that tells nobody",
      "fail",
      X,
      [logAlarm("l", ["/aws/MediaPackage/EgressAccessLogs"], silent)],
    ],
    ["a PromQL alarm on a metric of this name", "unknown", X, [promql]],
    ["a PromQL alarm on a name in another spelling", "unknown", X, [asking('{"egress_request_count"}')]],
    ["a PromQL alarm that chooses names by a pattern", "unknown", X, [asking('{__name__=~"Egress.*"}')]],
    ["a PromQL alarm that chooses by labels alone", "unknown", X, [asking('sum({Channel="live1"})')]],
    ["a PromQL alarm on another metric", "fail", X, [asking('sum(rate(orders{shop="a"}[5m]))')]],
    ["a PromQL alarm beside a good one", "pass", X, [promql, a01()]],
    ["no alarm at all", "fail", X, []],
  ])("%s: %s", (_title, ...[status, options, resources]) => {
    expect(ask(options, ...resources)).toBe(status);
  });

  it.each<[string, string, Partial<Parts> & { readonly topic?: readonly Resource[] }]>([
    [
      "the AWS managed key keeps CloudWatch out",
      "fail",
      { topic: people({}, { properties: { KmsMasterKeyId: "alias/aws/sns" } }) },
    ],
    [
      "a filter on attributes drops every alarm",
      "fail",
      { topic: people({}, { filter: { FilterPolicy: '{"team":["x"]}' } }) },
    ],
    [
      "a filter on the body that names this alarm",
      "pass",
      {
        topic: people(
          {},
          { filter: { FilterPolicy: '{"AlarmName":["A01"]}', FilterPolicyScope: "MessageBody" } },
        ),
      },
    ],
    [
      "a filter on the body that names another",
      "fail",
      {
        topic: people(
          {},
          { filter: { FilterPolicy: '{"AlarmName":["z"]}', FilterPolicyScope: "MessageBody" } },
        ),
      },
    ],
    [
      "a topic that admits nobody",
      "fail",
      { topic: people({ Policy: '{"Version":"2012-10-17","Statement":[]}' }) },
    ],
    ["a topic that does not exist", "fail", { topic: people({ Exists: false }) }],
    [
      "subscriptions that could not be listed",
      "unknown",
      { topic: people({}, { unreadable: { Subscriptions: { reason: "AccessDenied" } } }) },
    ],
    [
      "only a queue",
      "unknown",
      { topic: people({ Subscriptions: [{ SubscriptionArn: `${TOPIC}:1`, Protocol: "sqs", Owner: home }] }) },
    ],
    ["mute rules that could not be listed", "unknown", { gaps: [refused("AWS::CloudWatch::AlarmMuteRule")] }],
    [
      "mute rules that could not be listed elsewhere",
      "pass",
      { gaps: [refused("AWS::CloudWatch::AlarmMuteRule", "eu-west-1")] },
    ],
    [
      "EventBridge rules that could not be listed do not matter to a good alarm",
      "pass",
      { gaps: [refused("AWS::Events::Rule")] },
    ],
    [
      "composites that could not be listed do not matter to a good alarm",
      "pass",
      { gaps: [refused("AWS::CloudWatch::CompositeAlarm")] },
    ],
  ])("%s: %s", (_title, ...[status, { topic = people(), gaps = [] }]) => {
    expect(verdictOn({ resources: [live, ...topic, a01()], gaps }, X).status).toBe(status);
  });

  it.each([
    "AWS::CloudWatch::Alarm",
    "AWS::CloudWatch::CompositeAlarm",
    "AWS::CloudWatch::LogAlarm",
    "AWS::Events::Rule",
  ])("a silent alarm is unknown where %s could not be listed, and only there", (type) => {
    const resources = [live, ...people(), a01(silent)];
    expect(verdictOn({ resources, gaps: [refused(type)] }, X)).toMatchObject({
      status: "unknown",
      reason: "unreadable",
    });
    expect(verdictOn({ resources, gaps: [refused(type, "eu-west-1")] }, X).status).toBe("fail");
  });
});
