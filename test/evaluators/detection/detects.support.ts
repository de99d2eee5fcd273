import type { JsonObject } from "../../../src/core/json.js";
import type { Resource } from "../../../src/core/resource.js";
import type { Verdict } from "../../../src/core/verdict.js";
import { detects } from "../../../src/evaluators/detection/detects.js";
import {
  accountOf,
  alarm,
  filter,
  group,
  home,
  ireland,
  thing,
  topic,
  trail,
  virginia,
} from "../../reasoning/detection/account.js";

type Options = Parameters<typeof detects.evaluate>[1];
type World = Parameters<typeof accountOf>[1];

export const changes: Options = { demand: "cloudtrail-change" };
export const judge = (
  resources: readonly Resource[],
  options: Options = changes,
  world: World = {},
): Verdict => detects.evaluate(accountOf(resources, world), options)[0]!.verdict;
export const said = (verdict: Verdict): string =>
  `${verdict.message} ${"witness" in verdict ? JSON.stringify(verdict.witness) : ""}`;
export const linksOf = ({ candidates = [] }: Verdict): JsonObject =>
  Object.fromEntries(
    candidates.map(({ ref, status, brokenLink = "" }) => [
      ref.replace(/^.*[:/]/u, ""),
      `${status} ${brokenLink}`.trim(),
    ]),
  );

export const names = ["CreateTrail", "UpdateTrail", "DeleteTrail", "StartLogging", "StopLogging"];
export const or = (some: readonly string[]): string =>
  some.map((name) => `($.eventName = ${name})`).join(" || ");
export const complete = `{ ${or(names)} }`;
export const chain = (pattern = complete): readonly Resource[] => [
  trail(),
  group(),
  filter(pattern),
  alarm(),
  ...topic(),
];
export const apiCall = "AWS API Call via CloudTrail";
export const toTrails = { source: ["aws.cloudtrail"], "detail-type": [apiCall] };
export const writeOnly = { EventSelectors: [{ ReadWriteType: "WriteOnly", IncludeManagementEvents: true }] };
export const readOnly = { EventSelectors: [{ ReadWriteType: "ReadOnly", IncludeManagementEvents: true }] };
export const page = `arn:aws:lambda:${virginia}:${home}:function:page`;
export const pager = thing("AWS::Lambda::Function", "page", {
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
export const both = { regions: [ireland, virginia] };

export type Row = readonly [
  title: string,
  verdict: Verdict["status"],
  resources: readonly Resource[],
  more?: { readonly with?: Options; readonly world?: World; readonly says?: RegExp },
];

export const asQuery = (AccountId: string): JsonObject => ({
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
export const quiet = { LatestCloudWatchLogsDeliveryTime: "2026-11-18T11:00:00Z" };
export const without = (type: string, some = chain()): readonly Resource[] =>
  some.filter((resource) => resource.type !== type);
export const swap = (...made: readonly Resource[]): readonly Resource[] => [
  ...chain().filter(
    ({ type, id }) => !made.some((one) => one.type === type && (one.id === id || type !== "AWS::SNS::Topic")),
  ),
  ...made,
];
