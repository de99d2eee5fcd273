import { describe, expect, test } from "vitest";
import type { Account } from "../../../src/core/account.js";
import type { Resource } from "../../../src/core/resource.js";
import { reachOf } from "../../../src/reasoning/reach/reach.js";
import type { ReachOptions } from "../../../src/reasoning/reach/link.js";
import { targetMessage } from "../../../src/reasoning/reach/message.js";
import { accountOf, document, home, listed, resource, subscription, toServices, topic } from "./account.js";
import { t, byAlarm, byRule, holding, filtered } from "./reach.support.js";
import type { Is } from "./reach.support.js";

describe("a subscription", () => {
  test.each<readonly [protocol: string, indirect: ReachOptions["indirect"], is: Is]>([
    ["email", undefined, "yes"],
    ["email-json", undefined, "yes"],
    ["sms", undefined, "yes"],
    ["http", undefined, "yes"],
    ["https", undefined, "yes"],
    ["application", undefined, "yes"],
    ["sqs", undefined, "unknown"],
    ["sqs", "yes", "yes"],
    ["sqs", "no", "no"],
    ["lambda", "unknown", "unknown"],
    ["firehose", undefined, "unknown"],
    ["pigeon", undefined, "unknown"],
  ])("by %s, with indirect %s: %s", (protocol, indirect, is) => {
    const account = holding(topic({ Subscriptions: [listed("a", protocol)] }));
    expect(
      reachOf(account, t, { ...byAlarm, ...(indirect === undefined ? {} : { indirect }) }).claim.is,
    ).toBe(is);
  });
  test.each<readonly [fact: string, account: Account, options: ReachOptions, is: Is]>([
    ["with a filter on attributes drops alarms", filtered('{"severity":["high"]}'), byAlarm, "no"],
    [
      "with a filter on attributes drops events",
      filtered('{"severity":["high"]}', "MessageAttributes"),
      byRule,
      "no",
    ],
    ["without a scope filters on attributes", filtered('{"AlarmName":["egress"]}'), byAlarm, "no"],
    ["with an empty filter takes alarms", filtered("{}"), byAlarm, "yes"],
    [
      "with a filter on the body takes the alarm it names",
      filtered('{"AlarmName":[{"prefix":"egress"}]}', "MessageBody"),
      byAlarm,
      "yes",
    ],
    [
      "with a filter given as JSON takes the alarm it names",
      filtered({ NewStateValue: ["ALARM"] }, "MessageBody"),
      byAlarm,
      "yes",
    ],
    [
      "with a filter on the body drops other alarms",
      filtered('{"AlarmName":["ingress"]}', "MessageBody"),
      byAlarm,
      "no",
    ],
    ["that wants OK only drops alarms", filtered('{"NewStateValue":["OK"]}', "MessageBody"), byAlarm, "no"],
    [
      "that filters on a reason is undecided",
      filtered('{"NewStateReason":[{"prefix":"T"}]}', "MessageBody"),
      byAlarm,
      "unknown",
    ],
    [
      "that filters on what alarms lack drops them",
      filtered('{"severity":["high"]}', "MessageBody"),
      byAlarm,
      "no",
    ],
    [
      "that filters on the metric takes its alarm",
      filtered(
        '{"Trigger":{"MetricName":["EgressRequestCount"],"Dimensions":{"name":["Channel"],"value":["live1"]}}}',
        "MessageBody",
      ),
      byAlarm,
      "yes",
    ],
    [
      "with a filter on the source takes the event",
      filtered('{"source":["aws.mediapackage"]}', "MessageBody"),
      byRule,
      "yes",
    ],
    [
      "with a filter on the source drops the detail alone",
      filtered('{"source":["aws.mediapackage"]}', "MessageBody"),
      {
        ...byRule,
        message: () => targetMessage({ InputPath: "$.detail" }, byRule.message?.() ?? { kind: "unknown" }),
      },
      "no",
    ],
    [
      "with a filter on the body is undecided for a message nobody knows",
      filtered('{"a":["b"]}', "MessageBody"),
      { sender: byRule.sender },
      "unknown",
    ],
    [
      "with a filter 5,000 members deep is undecided",
      filtered(`${'{"a":'.repeat(5_000)}["b"]${"}".repeat(5_000)}`, "MessageBody"),
      byAlarm,
      "unknown",
    ],
    ["with a filter that is none is undecided", filtered("{", "MessageBody"), byAlarm, "unknown"],
    [
      "with an unreadable filter is undecided",
      accountOf([
        topic(),
        resource("AWS::SNS::Subscription", `${t}:a`, { arn: `${t}:a`, refused: ["FilterPolicy"] }),
      ]),
      byAlarm,
      "unknown",
    ],
    ["whose filter is not in the snapshot is undecided", accountOf([topic()]), byAlarm, "unknown"],
    [
      "that is gone drops everything",
      accountOf([
        topic(),
        resource("AWS::SNS::Subscription", `${t}:a`, { arn: `${t}:a`, observed: { Exists: false } }),
      ]),
      byAlarm,
      "no",
    ],
    [
      "that waits after all drops everything",
      accountOf([
        topic(),
        resource("AWS::SNS::Subscription", `${t}:a`, {
          arn: `${t}:a`,
          observed: { PendingConfirmation: true },
        }),
      ]),
      byAlarm,
      "no",
    ],
    [
      "that drops does not matter beside one that does not",
      accountOf([
        topic({ Subscriptions: [listed("a"), listed("b")] }),
        subscription("a", { FilterPolicy: '{"x":["y"]}' }),
        subscription("b"),
      ]),
      byAlarm,
      "yes",
    ],
    [
      "to a queue does not matter beside a person",
      holding(topic({ Subscriptions: [listed("a", "sqs"), listed("b")] })),
      byAlarm,
      "yes",
    ],
  ])("%s", (...[, account, options, is]) => {
    expect(reachOf(account, t, options).claim.is).toBe(is);
  });
});

describe("another target", () => {
  const destination = `arn:aws:events:us-east-1:${home}:api-destination/pager/1`;
  const connection = `arn:aws:events:us-east-1:${home}:connection/pager/1`;
  const pager = (state: string): Resource =>
    resource("AWS::Events::ApiDestination", "pager", {
      arn: destination,
      properties: { ConnectionArn: connection },
      observed: { ApiDestinationState: state },
    });
  const line = (state: string): Resource =>
    resource("AWS::Events::Connection", "pager", { arn: connection, observed: { ConnectionState: state } });
  const queue = `arn:aws:sqs:us-east-1:${home}:q`;
  const openQueue = (service: string): Resource =>
    resource("AWS::SQS::Queue", "q", {
      arn: queue,
      properties: { KmsMasterKeyId: null },
      observed: { Policy: document(toServices("sqs:SendMessage", service)) },
    });
  const toQueue = topic({ Subscriptions: [{ ...listed("a", "sqs"), Endpoint: queue }] });
  const page = `arn:aws:lambda:us-east-1:${home}:function:page`;
  const pageFunction = (service: string): Resource =>
    resource("AWS::Lambda::Function", "page", {
      arn: page,
      observed: { State: "Active", Policy: document(toServices("lambda:InvokeFunction", service)) },
    });
  test.each<readonly [target: string, resources: readonly Resource[], options: ReachOptions, is: Is]>([
    [page, [], byAlarm, "unknown"],
    [page, [], { ...byAlarm, indirect: "yes" }, "unknown"],
    [page, [pageFunction("lambda.alarms.cloudwatch.amazonaws.com")], { ...byAlarm, indirect: "yes" }, "yes"],
    [page, [pageFunction("lambda.alarms.cloudwatch.amazonaws.com")], byAlarm, "unknown"],
    [page, [pageFunction("cloudwatch.amazonaws.com")], byAlarm, "no"],
    [
      page,
      [resource("AWS::Lambda::Function", "page", { arn: page, observed: { Exists: false } })],
      byAlarm,
      "no",
    ],
    [page, [], { ...byAlarm, indirect: "no" }, "no"],
    [queue, [resource("AWS::SQS::Queue", "q", { arn: queue, observed: { Policy: null } })], byRule, "no"],
    [queue, [resource("AWS::SQS::Queue", "q", { arn: queue })], byRule, "unknown"],
    [queue, [], { ...byRule, indirect: "yes" }, "unknown"],
    [queue, [openQueue("events.amazonaws.com")], { ...byRule, indirect: "yes" }, "yes"],
    [t, [toQueue, subscription("a"), openQueue("sns.amazonaws.com")], byAlarm, "unknown"],
    [t, [toQueue, subscription("a"), openQueue("sns.amazonaws.com")], { ...byAlarm, indirect: "yes" }, "yes"],
    [t, [toQueue, subscription("a"), openQueue("s3.amazonaws.com")], byAlarm, "no"],
    [
      t,
      [
        toQueue,
        subscription("a"),
        resource("AWS::SQS::Queue", "q", { arn: queue, observed: { Exists: false } }),
      ],
      byAlarm,
      "no",
    ],
    [`arn:aws:ssm:us-east-1:${home}:opsitem:1#CATEGORY=Security`, [], byAlarm, "yes"],
    [`arn:aws:ssm-incidents::${home}:responseplan/p`, [], byAlarm, "yes"],
    [
      `arn:aws:ssm-incidents::${home}:responseplan/p`,
      [
        resource("AWS::SSMIncidents::ResponsePlan", "p", {
          arn: `arn:aws:ssm-incidents::${home}:responseplan/p`,
          observed: { Exists: false },
        }),
      ],
      byAlarm,
      "no",
    ],
    ["arn:aws:automate:us-east-1:ec2:stop", [], byAlarm, "no"],
    [`arn:aws:swf:us-east-1:${home}:action/actions/AWS_EC2.InstanceId.Stop/1.0`, [], byAlarm, "no"],
    [
      `arn:aws:autoscaling:us-east-1:${home}:scalingPolicy:1:autoScalingGroupName/g:policyName/p`,
      [],
      byAlarm,
      "no",
    ],
    [`arn:aws:aiops:us-east-1:${home}:investigation-group:1`, [], byAlarm, "unknown"],
    [`arn:aws:logs:us-east-1:${home}:log-group:/aws/events/a`, [], byRule, "no"],
    [`arn:aws:events:us-east-1:999999999999:event-bus/default`, [], byRule, "unknown"],
    [`arn:aws:events:us-east-1:${home}:event-busv2/a/1`, [], byRule, "unknown"],
    [destination, [pager("ACTIVE"), line("AUTHORIZED")], byRule, "yes"],
    [destination, [pager("INACTIVE"), line("AUTHORIZED")], byRule, "no"],
    [destination, [pager("ACTIVE"), line("DEAUTHORIZED")], byRule, "no"],
    [
      destination,
      [
        pager("ACTIVE"),
        resource("AWS::Events::Connection", "pager", { arn: connection, observed: { Exists: false } }),
      ],
      byRule,
      "no",
    ],
    [destination, [pager("ACTIVE")], byRule, "unknown"],
    [destination, [], byRule, "unknown"],
    ["arn:aws:brandnew:us-east-1:1:thing/x", [], byRule, "unknown"],
    ["not an ARN", [], byRule, "unknown"],
  ])("%s", (...[target, resources, options, is]) => {
    expect(reachOf(accountOf(resources), target, options).claim.is).toBe(is);
  });
});
