import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/core/json.js";
import type { Resource } from "../../../src/core/resource.js";
import type { Verdict } from "../../../src/core/verdict.js";
import { detects } from "../../../src/evaluators/detection/detects.js";
import {
  accountOf,
  alarm,
  composite,
  filter,
  group,
  groupArn,
  home,
  ireland,
  rule,
  thing,
  topic,
  topicArn,
  trail,
  virginia,
} from "../../reasoning/detection/account.js";

type Options = Parameters<typeof detects.evaluate>[1];
type World = Parameters<typeof accountOf>[1];

const changes: Options = { demand: "cloudtrail-change" };
const judge = (resources: readonly Resource[], options: Options = changes, world: World = {}): Verdict =>
  detects.evaluate(accountOf(resources, world), options)[0]!.verdict;
const said = (verdict: Verdict): string =>
  `${verdict.message} ${"witness" in verdict ? JSON.stringify(verdict.witness) : ""}`;
const linksOf = ({ candidates = [] }: Verdict): JsonObject =>
  Object.fromEntries(
    candidates.map(({ ref, status, brokenLink = "" }) => [
      ref.replace(/^.*[:/]/u, ""),
      `${status} ${brokenLink}`.trim(),
    ]),
  );

const names = ["CreateTrail", "UpdateTrail", "DeleteTrail", "StartLogging", "StopLogging"];
const or = (some: readonly string[]): string => some.map((name) => `($.eventName = ${name})`).join(" || ");
const complete = `{ ${or(names)} }`;
const chain = (pattern = complete): readonly Resource[] => [
  trail(),
  group(),
  filter(pattern),
  alarm(),
  ...topic(),
];
const apiCall = "AWS API Call via CloudTrail";
const toTrails = { source: ["aws.cloudtrail"], "detail-type": [apiCall] };
const writeOnly = { EventSelectors: [{ ReadWriteType: "WriteOnly", IncludeManagementEvents: true }] };
const readOnly = { EventSelectors: [{ ReadWriteType: "ReadOnly", IncludeManagementEvents: true }] };
const page = `arn:aws:lambda:${virginia}:${home}:function:page`;
const pager = thing("AWS::Lambda::Function", "page", {
  arn: page,
  facts: {
    State: "Active",
    Policy: JSON.stringify({
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "lambda.alarms.cloudwatch.amazonaws.com" },
          Action: "lambda:InvokeFunction",
          Resource: page,
        },
      ],
    }),
  },
});
const both = { regions: [ireland, virginia] };

type Row = readonly [
  title: string,
  verdict: Verdict["status"],
  resources: readonly Resource[],
  more?: { readonly with?: Options; readonly world?: World; readonly says?: RegExp },
];

const patterns: readonly Row[] = [
  ["the published pattern", "pass", chain()],
  ["its clauses in another order, without spaces", "pass", chain(`{(${or([...names].reverse())})}`)],
  ["quoted names", "pass", chain(`{ ${names.map((name) => `($.eventName = "${name}")`).join(" || ")} }`)],
  [
    "the source joined by &&",
    "pass",
    chain(`{ ($.eventSource = "cloudtrail.amazonaws.com") && (${or(names)}) }`),
  ],
  [
    "&& without brackets binds to the last name only, which is still enough",
    "pass",
    chain(`{ ${or(names)} && ($.eventSource = cloudtrail.amazonaws.com) }`),
  ],
  [
    "wildcards",
    "pass",
    chain('{ ($.eventName = "*Trail") || ($.eventName = "St*Logging") || ($.eventName = "*Logging") }'),
  ],
  [
    "a regular expression",
    "pass",
    chain(
      '{ $.eventName = %^(Create|Update|Delete)Trail$% || $.eventName = %Logging% || $.eventSource = "cloudtrail.amazonaws.com" }'.replace(
        "%^(Create|Update|Delete)Trail$%",
        "%Trail$%",
      ),
    ),
  ],
  [
    "terms instead of JSON",
    "pass",
    chain("?CreateTrail ?UpdateTrail ?DeleteTrail ?StartLogging ?StopLogging"),
  ],
  ["everything, which is told as too broad", "pass", chain("")],
  [
    "one name missing",
    "fail",
    chain(`{ ${or(names.slice(0, 4))} }`),
    {
      says: /StopLogging \(write\) of cloudtrail\.amazonaws\.com in us-east-1: filter changes: does not match/u,
    },
  ],
  [
    "names in another case",
    "fail",
    chain(`{ ${or(names).toLowerCase().replaceAll("$.eventname", "$.eventName")} }`),
  ],
  [
    "only one region",
    "fail",
    chain(`{ (${or(names)}) && ($.awsRegion = "us-east-1") }`),
    { world: both, says: /in eu-west-1/u },
  ],
  ["only one user", "fail", chain(`{ (${or(names)}) && ($.userIdentity.userName != "deploy") }`)],
  ["only one kind of caller", "fail", chain(`{ (${or(names)}) && ($.userIdentity.type = "IAMUser") }`)],
  [
    "only calls that succeed",
    "fail",
    chain(`{ (${or(names)}) && ($.errorCode NOT EXISTS) }`),
    { says: /with AccessDenied/u },
  ],
  ["not from one address", "fail", chain(`{ (${or(names)}) && ($.sourceIPAddress != "10.*") }`)],
  [
    "what AWS does not document",
    "unknown",
    chain('{ $.eventName = "C*l" || $.eventName = "*T*l" || $.eventName = "S*g" }'),
  ],
  [
    "a pattern that AWS would refuse",
    "fail",
    chain("{ $.eventName EXISTS }"),
    { says: /would refuse its pattern/u },
  ],
  [
    "two filters that share the work, each with its alarm",
    "pass",
    [
      trail(),
      group(),
      filter(`{ ${or(names.slice(0, 2))} }`, { name: "a", metric: { MetricName: "A" } }),
      filter(`{ ${or(names.slice(2))} }`, { name: "b", metric: { MetricName: "B" } }),
      alarm("a", { facts: { MetricName: "A" } }),
      alarm("b", { facts: { MetricName: "B" } }),
      ...topic(),
    ],
  ],
  [
    "two filters that share the work and one metric",
    "pass",
    [
      trail(),
      group(),
      filter(`{ ${or(names.slice(0, 2))} }`, { name: "a" }),
      filter(`{ ${or(names.slice(2))} }`, { name: "b" }),
      alarm(),
      ...topic(),
    ],
  ],
  [
    "two filters of which one has no alarm",
    "fail",
    [
      trail(),
      group(),
      filter(`{ ${or(names.slice(0, 2))} }`, { name: "a" }),
      filter(`{ ${or(names.slice(2))} }`, { name: "b", metric: { MetricName: "B" } }),
      alarm(),
      ...topic(),
    ],
    { says: /no alarm in us-east-1 watches Audit\/B/u },
  ],
];

const asQuery = (AccountId: string): JsonObject => ({
  Namespace: null,
  MetricName: null,
  Statistic: null,
  Period: null,
  Metrics: [
    {
      Id: "m",
      AccountId,
      MetricStat: { Metric: { Namespace: "Audit", MetricName: "Changes" }, Period: 300, Stat: "Sum" },
    },
  ],
});
const quiet = { LatestCloudWatchLogsDeliveryTime: "2026-11-18T11:00:00Z" };
const without = (type: string, some = chain()): readonly Resource[] =>
  some.filter((resource) => resource.type !== type);
const swap = (...made: readonly Resource[]): readonly Resource[] => [
  ...chain().filter(
    ({ type, id }) => !made.some((one) => one.type === type && (one.id === id || type !== "AWS::SNS::Topic")),
  ),
  ...made,
];

const trails: readonly Row[] = [
  ["an alarm whose query names this very account", "pass", swap(alarm("changes", { facts: asQuery(home) }))],
  [
    "an alarm on the metric of another account",
    "unknown",
    swap(alarm("changes", { facts: asQuery("222222222222") })),
    { says: /account 222222222222/u },
  ],
  [
    "an alarm that CloudWatch cannot evaluate",
    "fail",
    swap(alarm("changes", { facts: { EvaluationState: "EVALUATION_ERROR" } })),
    { says: /cannot be evaluated \(EVALUATION_ERROR\)/u },
  ],
  [
    "an alarm whose query has partial data",
    "pass",
    swap(alarm("changes", { facts: { EvaluationState: "PARTIAL_DATA" } })),
  ],
  ["no trail", "fail", without("AWS::CloudTrail::Trail"), { says: /log group ct: no trail delivers to it/u }],
  ["nothing at all", "fail", [], { says: /the account has no trail/u }],
  [
    "a stopped trail",
    "fail",
    swap(trail("main", { facts: { IsLogging: false } })),
    { says: /trail main: is not logging/u },
  ],
  [
    "a trail without a log group",
    "fail",
    swap(trail("main", { facts: { CloudWatchLogsLogGroupArn: null } })),
    { says: /no trail delivers|sends to no log group/u },
  ],
  [
    "a trail that feeds another log group",
    "fail",
    swap(trail("main", { facts: { CloudWatchLogsLogGroupArn: groupArn("other") } }), group("other"), group()),
  ],
  [
    "a log group of the same name in another region",
    "fail",
    swap(
      trail("main", { facts: { CloudWatchLogsLogGroupArn: groupArn("ct", ireland) } }),
      group("ct", { region: ireland }),
    ),
  ],
  [
    "a log group that is gone",
    "fail",
    swap(group("ct", { observed: { Exists: false } })),
    { says: /does not exist/u },
  ],
  [
    "a delivery that fails",
    "fail",
    swap(trail("main", { facts: { LatestCloudWatchLogsDeliveryError: "Access denied." } })),
    { says: /delivery to CloudWatch Logs fails: Access denied/u },
  ],
  [
    "a delivery that never was",
    "fail",
    swap(trail("main", { facts: { LatestCloudWatchLogsDeliveryTime: null } })),
    { says: /has never delivered to CloudWatch Logs/u },
  ],
  [
    "a stale delivery",
    "fail",
    swap(trail("main", { facts: { LatestCloudWatchLogsDeliveryTime: "2026-11-19T11:00:00Z" } })),
    { says: /nothing to CloudWatch Logs for 25 hours/u },
  ],
  [
    "a stale delivery, of which S3 had more a while later",
    "fail",
    swap(
      trail("main", {
        facts: {
          LatestCloudWatchLogsDeliveryTime: "2026-11-18T11:00:00Z",
          LatestDeliveryTime: "2026-11-18T12:01:00Z",
        },
      }),
    ),
  ],
  [
    "a trail that had nothing to deliver for days",
    "pass",
    swap(trail("main", { facts: { ...quiet, LatestDeliveryTime: "2026-11-18T11:05:00Z" } })),
  ],
  [
    "days of silence, and S3 refuses",
    "unknown",
    swap(
      trail("main", {
        facts: { ...quiet, LatestDeliveryTime: "2026-11-17T11:05:00Z", LatestDeliveryError: "AccessDenied" },
      }),
    ),
    { says: /for 49 hours, and S3 does not tell/u },
  ],
  [
    "days of silence, and S3 never had anything",
    "unknown",
    swap(trail("main", { facts: { ...quiet, LatestDeliveryTime: null } })),
  ],
  [
    "days of silence, and what S3 had could not be read",
    "unknown",
    swap(trail("main", { facts: quiet, refused: ["LatestDeliveryTime"] })),
  ],
  [
    "a delivery of just 24 hours ago",
    "pass",
    swap(trail("main", { facts: { LatestCloudWatchLogsDeliveryTime: "2026-11-19T12:00:00Z" } })),
  ],
  [
    "a trail of reads only",
    "fail",
    swap(trail("main", { facts: readOnly })),
    { says: /trail main: records read-only management events/u },
  ],
  ["a trail of writes only, which these are", "pass", swap(trail("main", { facts: writeOnly }))],
  [
    "refused calls and a trail of writes only",
    "fail",
    [
      trail("main", { facts: writeOnly }),
      group(),
      filter('{ ($.errorCode = "AccessDenied*") || ($.errorCode = "*UnauthorizedOperation") }'),
      alarm(),
      ...topic(),
    ],
    { with: { demand: "unauthorized-api" }, says: /\(read\).*records write-only/u },
  ],
  [
    "a trail that leaves out the source",
    "fail",
    swap(
      trail("main", {
        facts: {
          AdvancedEventSelectors: [
            {
              FieldSelectors: [
                { Field: "eventCategory", Equals: ["Management"] },
                { Field: "eventSource", NotEquals: ["cloudtrail.amazonaws.com"] },
              ],
            },
          ],
        },
      }),
    ),
    { says: /leave out the event source/u },
  ],
  [
    "a trail that leaves out another source",
    "pass",
    swap(
      trail("main", {
        facts: {
          EventSelectors: [
            {
              ReadWriteType: "All",
              IncludeManagementEvents: true,
              ExcludeManagementEventSources: ["kms.amazonaws.com"],
            },
          ],
        },
      }),
    ),
  ],
  [
    "a trail that leaves out one caller",
    "fail",
    swap(
      trail("main", {
        facts: {
          AdvancedEventSelectors: [
            {
              FieldSelectors: [
                { Field: "eventCategory", Equals: ["Management"] },
                { Field: "userIdentity.arn", NotStartsWith: ["arn:aws:iam::111122223333:role/ci"] },
              ],
            },
          ],
        },
      }),
    ),
    { says: /role\/ci/u },
  ],
  [
    "a trail of one region, another looked at",
    "fail",
    swap(trail("main", { facts: { IsMultiRegionTrail: false } })),
    { world: both, says: /eu-west-1/u },
  ],
  [
    "two trails of one region each, each with a chain",
    "pass",
    [
      ...swap(trail("main", { facts: { IsMultiRegionTrail: false } })),
      trail("irish", { region: ireland, facts: { IsMultiRegionTrail: false } }),
      group("ct", { region: ireland }),
      filter(complete, { region: ireland }),
      alarm("irish", { region: ireland }),
      ...topic("soc", { region: ireland }),
    ],
    { world: both },
  ],
  [
    "an organization's trail whose log group is elsewhere",
    "unknown",
    [
      trail("org", {
        account: "999999999999",
        facts: {
          CloudWatchLogsLogGroupArn: groupArn("ct", virginia, "999999999999"),
          IsOrganizationTrail: true,
        },
      }),
    ],
    { says: /in account 999999999999 and cannot be seen/u },
  ],
  [
    "selectors that could not be read",
    "unknown",
    swap(trail("main", { refused: ["AdvancedEventSelectors"] })),
    { says: /AdvancedEventSelectors could not be read/u },
  ],
  [
    "IAM calls, and a trail of another region",
    "not-applicable",
    chain(),
    { with: { demand: "iam-policy-change" }, world: { regions: [ireland] } },
  ],
  [
    "IAM calls, and a trail of us-east-1 alone that takes global services",
    "pass",
    swap(trail("main", { facts: { IsMultiRegionTrail: false } })).map((resource) =>
      resource.type === "AWS::Logs::MetricFilter" ? filter("") : resource,
    ),
    { with: { demand: "iam-policy-change" }, world: both },
  ],
  [
    "IAM calls, and one that leaves them out",
    "fail",
    swap(trail("main", { facts: { IsMultiRegionTrail: false, IncludeGlobalServiceEvents: false } })).map(
      (resource) => (resource.type === "AWS::Logs::MetricFilter" ? filter("") : resource),
    ),
    { with: { demand: "iam-policy-change" }, says: /leaves out global services/u },
  ],
];

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
  ["patterns", patterns],
  ["trails", trails],
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

describe("detects: what it tells", () => {
  it("a pass shows the chain link by link, with the observed values", () => {
    const { evidence = [], message } = judge(chain());
    const order = ["trail", "log group", "filter", "alarm", "action"];
    expect(message).toBe(
      "somebody hears of every demanded event in 1 region, through filter changes → alarm changes",
    );
    expect([...new Set(evidence.map(({ path }) => path.split(": ")[0]))]).toEqual(order);
    expect(evidence).toContainEqual(
      expect.objectContaining({
        path: "filter: AWS::Logs::MetricFilter/ct:changes/FilterPattern",
        value: complete,
      }),
    );
  });

  it("a failure names the event and the first broken link", () => {
    const verdict = judge(swap(alarm("changes", { facts: { ActionsEnabled: false } })));
    expect(verdict).toMatchObject({
      status: "fail",
      witness: {
        eventSource: "cloudtrail.amazonaws.com",
        eventName: "CreateTrail",
        region: virginia,
        readOnly: false,
        brokenLink: "action changes: its actions are switched off",
      },
    });
  });

  it("every filter, alarm and rule that is about it has its own verdict", () => {
    const verdict = judge([
      ...chain(),
      filter("{ $.eventName = StopLogging }", { name: "part", metric: { MetricName: "Part" } }),
      filter("{ $.eventName = RunInstances }", { name: "unrelated" }),
      alarm("off", { facts: { ActionsEnabled: false } }),
      alarm("elsewhere", { facts: { Namespace: "Other" } }),
      rule("disabled", toTrails, { facts: { State: "DISABLED" } }),
    ]);
    expect(linksOf(verdict)).toEqual({
      changes: "pass",
      off: "fail its actions are switched off",
      elsewhere:
        "fail watches Other/Changes in us-east-1, and filter changes writes Audit/Changes in us-east-1",
      part: 'fail does not match CreateTrail (write) of cloudtrail.amazonaws.com in us-east-1: $.eventName is "CreateTrail"; the pattern asks for StopLogging',
      disabled: "fail is DISABLED",
    });
  });

  it.each([
    [
      "a field that the witness shows anyway",
      `{ (${or(names)}) && $.userIdentity.type = Root }`,
      '$.userIdentity.type is "IAMUser"; the pattern asks for Root',
      { userIdentity: { type: "IAMUser" } },
    ],
    [
      "a field that it would leave out",
      `{ (${or(names)}) && $.awsRegion = "eu-west-1" }`,
      '$.awsRegion is "us-east-1"; the pattern asks for "eu-west-1"',
      { awsRegion: virginia },
    ],
    [
      "a field of the caller",
      `{ (${or(names)}) && $.userIdentity.accountId = 999999999999 }`,
      `$.userIdentity.accountId is "${home}"; the pattern asks for 999999999999`,
      { userIdentity: { accountId: home } },
    ],
    [
      "a field that is absent",
      `{ (${or(names)}) && $.errorCode = AccessDenied }`,
      "$.errorCode is absent; the pattern asks for AccessDenied",
      {},
    ],
  ])(
    "a filter that does not match says which field decided, and the witness has it: %s",
    (_, pattern, why, shown) => {
      const verdict = judge(chain(pattern));
      expect(verdict.message).toContain(
        `filter changes: does not match CreateTrail (write) of cloudtrail.amazonaws.com in us-east-1: ${why}`,
      );
      expect(verdict).toMatchObject({ witness: { eventName: "CreateTrail", ...shown } });
    },
  );

  it("several filters that do not match are named, each with its field", () => {
    const verdict = judge([
      ...chain(`{ (${or(names)}) && $.userIdentity.type = Root }`),
      filter(`{ (${or(names)}) && $.errorCode = "*" }`, { name: "errors" }),
    ]);
    expect(verdict.message).toContain(
      'no filter matches it (nearest: changes: $.userIdentity.type is "IAMUser"; the pattern asks for Root; errors: $.errorCode is absent; the pattern asks for "*")',
    );
  });

  it("a rule that is disabled heads the failure where it would match, and not where it is about something else", () => {
    const off = { facts: { State: "DISABLED" } };
    const other = { source: ["aws.s3"], detail: { eventName: ["CreateTrail"] } };
    const base = [trail("main"), ...topic("ops")];
    expect(judge([...base, rule("elsewhere", other), rule("own", toTrails, off)]).message).toMatch(
      /: rule own: is DISABLED$/u,
    );
    expect(judge([...base, rule("elsewhere", other), rule("a-off", other, off)]).message).toMatch(
      /: rule elsewhere: does not match .*: source is "aws.cloudtrail"; the pattern accepts "aws.s3"$/u,
    );
  });

  it("a failure knows where a filter and an alarm would belong, and whom the alarm can tell", () => {
    const words = (resources: readonly Resource[]): unknown => {
      const verdict = judge(resources, changes, both);
      expect(verdict.status).toBe("fail");
      return "words" in verdict ? verdict.words : undefined;
    };
    const away = { facts: { ActionsEnabled: false } };
    expect(words(swap(alarm("changes", away)))).toEqual({
      REGION: virginia,
      LOG_GROUP: "ct",
      TOPIC_ARN: topicArn(),
    });
    const pending = topic("soc", { facts: { Subscriptions: [] } });
    expect(words([trail("main"), group(), pending].flat())).toEqual({ REGION: virginia, LOG_GROUP: "ct" });
    expect(words([trail("main", { facts: { IsLogging: false } }), group(), ...[topic()].flat()])).toEqual({});
    expect(words([])).toEqual({});
  });

  it("no placeholder stands for the trails of a region that records nothing", () => {
    const verdict = judge(
      [trail("main", { facts: { IsMultiRegionTrail: false } }), rule("r", { source: ["aws.cloudtrail"] })],
      changes,
      both,
    );
    expect(verdict.status).toBe("fail");
    expect(said(verdict)).not.toMatch(/\btrails\b|nearest/u);
    expect(verdict.message).toMatch(/in eu-west-1: rule r: is about us-east-1 only$/u);
  });

  it("a candidate is judged in the regions that its trail covers", () => {
    const verdict = judge(swap(trail("main", { facts: { IsMultiRegionTrail: false } })), changes, both);
    expect(verdict.status).toBe("fail");
    expect(linksOf(verdict)["changes"]).toBe("pass");
  });

  it("a filter that matches nearly everything passes with a note", () => {
    expect(judge(chain("{ $.eventName = * }")).notes?.join()).toMatch(/matches nearly every event/u);
  });

  it("regions that may be hidden leave it unknown", () => {
    const state = accountOf(chain(), {
      gaps: [
        {
          account: home,
          type: "Watchproof::Account::Regions",
          region: "global",
          reason: "AccessDenied",
          action: "account:ListRegions",
        },
      ],
    });
    expect(detects.evaluate(state, changes)[0]!.verdict).toMatchObject({
      status: "unknown",
      reason: "unreadable",
    });
  });
});
