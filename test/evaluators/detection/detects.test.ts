import { describe, expect, it } from "vitest";
import type { Resource } from "../../../src/core/resource.js";
import { detects } from "../../../src/evaluators/detection/detects.js";
import {
  accountOf,
  alarm,
  filter,
  group,
  groupArn,
  home,
  ireland,
  rule,
  topic,
  topicArn,
  trail,
  virginia,
} from "../../reasoning/detection/account.js";
import {
  changes,
  judge,
  said,
  linksOf,
  names,
  or,
  complete,
  chain,
  toTrails,
  writeOnly,
  readOnly,
  both,
  asQuery,
  quiet,
  without,
  swap,
} from "./detects.support.js";
import type { Row } from "./detects.support.js";

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

describe.each([
  ["patterns", patterns],
  ["trails", trails],
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
