import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/core/json.js";
import type { Resource } from "../../../src/core/resource.js";
import {
  alarm,
  composite,
  filter,
  group,
  home,
  ireland,
  rule,
  thing,
  topic,
  topicArn,
  trail,
  virginia,
} from "../../reasoning/detection/account.js";
import {
  changes,
  judge,
  said,
  names,
  or,
  complete,
  chain,
  apiCall,
  toTrails,
  readOnly,
  page,
  pager,
  both,
  without,
  swap,
} from "./detects.support.js";
import type { Row } from "./detects.support.js";

const counting: readonly Row[] = [
  [
    "a metric value of 0",
    "fail",
    swap(filter(complete, { metric: { MetricValue: "0" } })),
    { says: /metric value is "0"/u },
  ],
  [
    "a metric value that is text of the record",
    "fail",
    swap(filter(complete, { metric: { MetricValue: "$.eventName" } })),
    { says: /is text/u },
  ],
  [
    "a metric value that only the events tell",
    "unknown",
    swap(filter(complete, { metric: { MetricValue: "$.requestParameters.count" } })),
  ],
  ["a metric value of 5", "pass", swap(filter(complete, { metric: { MetricValue: "5" } }))],
  ["a default value of 0", "pass", swap(filter(complete, { metric: { DefaultValue: 0 } }))],
  [
    "a filter that looks at some accounts only",
    "unknown",
    swap(filter(complete, { facts: { FieldSelectionCriteria: '@aws.region = "us-east-1"' } })),
  ],
  [
    "a filter on transformed logs",
    "unknown",
    swap(filter(complete, { facts: { ApplyOnTransformedLogs: true } })),
  ],
  [
    "a filter that writes no metric",
    "fail",
    swap(filter(complete, { facts: { MetricTransformations: [] } })),
    { says: /writes no metric/u },
  ],
  [
    "dimensions that the alarm does not name",
    "fail",
    swap(filter(complete, { metric: { Dimensions: [{ Key: "Name", Value: "$.eventName" }] } })),
    { says: /dimensions/u },
  ],
  [
    "an alarm for each value of the dimension",
    "pass",
    [
      ...swap(filter(complete, { metric: { Dimensions: [{ Key: "Name", Value: "$.eventName" }] } })).filter(
        ({ type }) => type !== "AWS::CloudWatch::Alarm",
      ),
      ...names.map((name) => alarm(name, { facts: { Dimensions: [{ Name: "Name", Value: name }] } })),
    ],
  ],
  [
    "an alarm for all values but one",
    "fail",
    [
      ...swap(filter(complete, { metric: { Dimensions: [{ Key: "Name", Value: "$.eventName" }] } })).filter(
        ({ type }) => type !== "AWS::CloudWatch::Alarm",
      ),
      ...names
        .slice(1)
        .map((name) => alarm(name, { facts: { Dimensions: [{ Name: "Name", Value: name }] } })),
    ],
    { says: /CreateTrail.*no alarm matches it/u },
  ],
];

const alarms: readonly Row[] = [
  [
    "no alarm",
    "fail",
    without("AWS::CloudWatch::Alarm"),
    { says: /no alarm in us-east-1 watches Audit\/Changes/u },
  ],
  [
    "an alarm of the same metric name in another namespace",
    "fail",
    swap(alarm("changes", { facts: { Namespace: "Audits" } })),
    { says: /\(changes watches Audits\)/u },
  ],
  [
    "an alarm of the same metric in another region",
    "fail",
    swap(alarm("changes", { region: ireland })),
    { world: both, says: /\(changes is in eu-west-1\)/u },
  ],
  [
    "metric maths on the metric",
    "pass",
    swap(
      alarm("changes", {
        facts: {
          Namespace: null,
          MetricName: null,
          Statistic: null,
          Period: null,
          Metrics: [
            { Id: "e1", Expression: "FILL(m1, 0)", ReturnData: true },
            {
              Id: "m1",
              ReturnData: false,
              MetricStat: { Period: 300, Stat: "Sum", Metric: { Namespace: "Audit", MetricName: "Changes" } },
            },
          ],
        },
      }),
    ),
  ],
  [
    "an average that must be above 1",
    "fail",
    swap(alarm("changes", { facts: { Statistic: "Average", ComparisonOperator: "GreaterThanThreshold" } })),
    { says: /not > 1/u },
  ],
  [
    "more than one event needed",
    "fail",
    swap(alarm("changes", { facts: { ComparisonOperator: "GreaterThanThreshold" } })),
  ],
  [
    "the wrong direction",
    "fail",
    swap(alarm("changes", { facts: { ComparisonOperator: "LessThanThreshold", Threshold: 0 } })),
  ],
  [
    "two of three periods needed",
    "fail",
    swap(alarm("changes", { facts: { EvaluationPeriods: 3, DatapointsToAlarm: 2 } })),
  ],
  [
    "actions switched off",
    "fail",
    swap(alarm("changes", { facts: { ActionsEnabled: false } })),
    { says: /actions are switched off/u },
  ],
  [
    "no action",
    "fail",
    swap(alarm("changes", { facts: { AlarmActions: [] } })),
    { says: /no ALARM action/u },
  ],
  [
    "an action only when it is over",
    "fail",
    swap(alarm("changes", { facts: { AlarmActions: [], OKActions: [topicArn()] } })),
    { says: /only when it is over/u },
  ],
  [
    "a composite that speaks for it",
    "pass",
    [
      ...swap(alarm("changes", { facts: { AlarmActions: [] } })),
      composite("both", "ALARM(changes) OR ALARM(z)"),
    ],
  ],
  [
    "a composite that never speaks",
    "fail",
    [
      ...swap(alarm("changes", { facts: { AlarmActions: [] } })),
      composite("never", "ALARM(changes) AND FALSE"),
    ],
  ],
  [
    "an EventBridge rule on its changes of state",
    "pass",
    [
      ...swap(alarm("changes", { facts: { AlarmActions: [] } })),
      rule("states", { source: ["aws.cloudwatch"], "detail-type": ["CloudWatch Alarm State Change"] }),
    ],
  ],
  [
    "a topic that nobody confirmed",
    "fail",
    swap(...topic("soc", { confirmed: false })),
    { says: /none of its 1 subscription is confirmed/u },
  ],
  [
    "a function as action",
    "unknown",
    swap(alarm("changes", { facts: { AlarmActions: [`arn:aws:lambda:${virginia}:${home}:function:page`] } })),
    { says: /who hears of it there is not known/u },
  ],
  [
    "a function as action, which counts",
    "pass",
    [...swap(alarm("changes", { facts: { AlarmActions: [page] } })), pager],
    { with: { ...changes, indirect: "yes" } },
  ],
  [
    "a queue on the topic, which does not count",
    "fail",
    swap(...topic("soc", { protocol: "sqs" })),
    { with: { ...changes, indirect: "no" } },
  ],
  [
    "an OpsItem",
    "pass",
    swap(alarm("changes", { facts: { AlarmActions: [`arn:aws:ssm:${virginia}:${home}:opsitem:1`] } })),
  ],
  [
    "an OpsItem, which does not count",
    "fail",
    swap(alarm("changes", { facts: { AlarmActions: [`arn:aws:ssm:${virginia}:${home}:opsitem:1`] } })),
    { with: { ...changes, incidents: false } },
  ],
];

const logAlarm = (facts: JsonObject = {}): Resource =>
  thing("AWS::CloudWatch::LogAlarm", "query", {
    arn: `arn:aws:cloudwatch:${virginia}:${home}:alarm:query`,
    facts: {
      ActionsEnabled: true,
      AlarmActions: [topicArn()],
      OKActions: [],
      InsufficientDataActions: [],
      AlarmDescription: null,
      EvaluationState: null,
      ScheduledQueryConfiguration: { LogGroupIdentifiers: ["ct"] },
      ...facts,
    },
  });

const others: readonly Row[] = [
  [
    "an EventBridge rule instead of a filter",
    "pass",
    [trail(), group(), rule("calls", toTrails), ...topic()],
  ],
  [
    "an EventBridge rule without any trail",
    "fail",
    [rule("calls", toTrails), ...topic()],
    { says: /EventBridge gets only the API calls that a trail logs/u },
  ],
  [
    "an EventBridge rule and a trail that records other things",
    "fail",
    [trail("main", { facts: readOnly }), group(), rule("calls", toTrails), ...topic()],
  ],
  [
    "an EventBridge rule whose trail delivers nowhere, which EventBridge does not mind",
    "pass",
    [
      trail("main", { facts: { LatestDeliveryError: "NoSuchBucket", CloudWatchLogsLogGroupArn: null } }),
      rule("calls", toTrails),
      ...topic(),
    ],
  ],
  [
    "a disabled rule",
    "fail",
    [trail(), group(), rule("calls", toTrails, { facts: { State: "DISABLED" } }), ...topic()],
  ],
  [
    "a rule on another bus",
    "fail",
    [trail(), group(), rule("calls", toTrails, { facts: { EventBusName: "security" } }), ...topic()],
  ],
  [
    "a rule in one region of two",
    "fail",
    [trail(), group(), rule("calls", toTrails), ...topic()],
    { world: both, says: /eu-west-1/u },
  ],
  [
    "a rule and a filter that share the work",
    "pass",
    [
      ...chain(`{ ${or(names.slice(0, 2))} }`),
      rule("calls", { ...toTrails, detail: { eventName: names.slice(2) } }),
    ],
  ],
  [
    "root use, and a rule that gets no reads",
    "fail",
    [trail(), group(), rule("root", { detail: { userIdentity: { type: ["Root"] } } }), ...topic()],
    { with: { demand: "root-usage" }, says: /\(read\).*ENABLED does not get read-only management events/u },
  ],
  [
    "root use, and a rule that gets reads",
    "pass",
    [
      trail(),
      group(),
      rule(
        "root",
        { detail: { userIdentity: { type: ["Root"] } } },
        { facts: { State: "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS" } },
      ),
      ...topic(),
    ],
    { with: { demand: "root-usage" } },
  ],
  [
    "sign-ins by their own detail type",
    "pass",
    [trail(), group(), rule("signin", { "detail-type": ["AWS Console Sign In via CloudTrail"] }), ...topic()],
    { with: { demand: "console-auth-failure" } },
  ],
  [
    "sign-ins looked for among API calls",
    "fail",
    [
      trail(),
      group(),
      rule("signin", { "detail-type": [apiCall], detail: { eventName: ["ConsoleLogin"] } }),
      ...topic(),
    ],
    { with: { demand: "console-auth-failure" } },
  ],
  [
    "a log alarm, whose query is not analysed",
    "unknown",
    [trail(), group(), logAlarm(), ...topic()],
    { says: /a query, which is not analysed/u },
  ],
  ["a log alarm that tells nobody", "fail", [trail(), group(), logAlarm({ AlarmActions: [] }), ...topic()]],
  [
    "a log alarm on another log group",
    "fail",
    [
      trail(),
      group(),
      logAlarm({ ScheduledQueryConfiguration: { LogGroupIdentifiers: ["app"] } }),
      ...topic(),
    ],
  ],
  [
    "metric filters that may not be listed",
    "unknown",
    [trail(), group()],
    { world: { denied: ["AWS::Logs::MetricFilter"] }, says: /grant x:List/u },
  ],
  [
    "metric filters that may not be listed, and a complete chain",
    "pass",
    chain(),
    { world: { denied: ["AWS::Logs::MetricFilter"] } },
  ],
  [
    "metric filters that may not be listed, and no trail",
    "fail",
    [],
    { world: { denied: ["AWS::Logs::MetricFilter"] } },
  ],
  [
    "alarms that may not be listed",
    "unknown",
    without("AWS::CloudWatch::Alarm"),
    { world: { denied: ["AWS::CloudWatch::Alarm"] } },
  ],
  [
    "alarms that may not be listed, and a filter that matches nothing of it",
    "fail",
    [trail(), group(), filter("{ $.eventName = RunInstances }"), ...topic()],
    { world: { denied: ["AWS::CloudWatch::Alarm"] } },
  ],
  [
    "trails that may not be listed, with a filter and an alarm",
    "unknown",
    without("AWS::CloudTrail::Trail"),
    { world: { denied: ["AWS::CloudTrail::Trail"] } },
  ],
  [
    "EventBridge rules that may not be listed, and no chain",
    "unknown",
    [trail(), group()],
    { world: { denied: ["AWS::Events::Rule"] } },
  ],
  [
    "EventBridge rules that may not be listed, and no trail",
    "fail",
    [],
    { world: { denied: ["AWS::Events::Rule"] } },
  ],
  [
    "events that the options name",
    "pass",
    chain("{ $.eventName = RunInstances }"),
    { with: { events: [{ source: "ec2.amazonaws.com", names: ["RunInstances"] }] } },
  ],
  [
    "events that the options name, with a field",
    "pass",
    chain('{ $.eventName = PutObject && $.requestParameters.acl = "public-read" }'),
    {
      with: {
        events: [
          {
            source: "s3.amazonaws.com",
            names: ["PutObject"],
            fields: { "requestParameters.acl": ["public-read"] },
          },
        ],
      },
    },
  ],
  [
    "events that the options name, one of them missed",
    "fail",
    chain("{ $.eventName = RunInstances }"),
    { with: { events: [{ source: "ec2.amazonaws.com", names: ["RunInstances", "StopInstances"] }] } },
  ],
];

describe.each([
  ["what counts", counting],
  ["alarms", alarms],
  ["other ways and gaps", others],
] as const)("detects: %s", (_, rows) => {
  it.each(rows.map(([title, status, resources, more = {}]) => ({ title, status, resources, more })))(
    "$title: $status",
    ({ status, resources, more }) => {
      const verdict = judge(resources, more.with, more.world);
      expect(`${verdict.status} ${said(verdict)}`).toMatch(new RegExp(`^${status} `, "u"));
      if (more.says !== undefined) expect(said(verdict)).toMatch(more.says);
    },
  );
});
