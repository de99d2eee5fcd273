import { describe, expect, it } from "vitest";
import { findingsOf, readReport } from "../support/report.js";
import { runCli } from "../support/run-cli.js";
import { defaultAccount as owner, simulatedAccount, withAws } from "../support/simulated-aws.js";
import type { AccountDescription, Entry } from "../support/simulated-aws.js";

const region = "us-east-1";
const [queue, page] = [
  `arn:aws:sqs:${region}:${owner}:alerts`,
  `arn:aws:lambda:${region}:${owner}:function:page`,
] as const;
const [destination, connection] = [
  `arn:aws:events:${region}:${owner}:api-destination/pager/1`,
  `arn:aws:events:${region}:${owner}:connection/pager/2`,
] as const;
const ruleArn = `arn:aws:events:${region}:${owner}:rule/route`;

const answer = (
  service: string,
  operation: string,
  response: Readonly<Record<string, unknown>>,
  params?: Readonly<Record<string, unknown>>,
): Entry => ({ service, operation, region, response, ...(params === undefined ? {} : { params }) });
const ruleTo = (...Targets: readonly object[]): readonly Entry[] => [
  answer("events", "ListRules", {
    Rules: [
      {
        Name: "route",
        Arn: ruleArn,
        EventPattern: '{"source":["aws.health"]}',
        State: "ENABLED",
        EventBusName: "default",
      },
    ],
  }),
  answer("events", "ListTargetsByRule", { Targets }),
];
const grant = (Action: string, Condition: object): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: { Service: "events.amazonaws.com" }, Action, Resource: "*", Condition },
    ],
  });
const forRule = { ArnEquals: { "aws:SourceArn": ruleArn } };
const ofQueue = (Attributes: object): Entry =>
  answer(
    "sqs",
    "GetQueueAttributes",
    { Attributes },
    { QueueUrl: `https://sqs.${region}.amazonaws.com/${owner}/alerts` },
  );
const ofFunction = (Policy: string): readonly Entry[] => [
  answer(
    "lambda",
    "GetFunctionConfiguration",
    { FunctionName: "page", FunctionArn: page, State: "Active" },
    { FunctionName: page },
  ),
  answer("lambda", "GetPolicy", { Policy }, { FunctionName: page }),
];
const ofPager = (ConnectionState: string): readonly Entry[] => [
  answer(
    "events",
    "DescribeApiDestination",
    {
      ApiDestinationArn: destination,
      Name: "pager",
      ApiDestinationState: "ACTIVE",
      ConnectionArn: connection,
      InvocationEndpoint: "https://pager.example/key",
    },
    { Name: "pager" },
  ),
  answer(
    "events",
    "DescribeConnection",
    { ConnectionArn: connection, Name: "pager", ConnectionState },
    { Name: "pager" },
  ),
];
const toQueue = ruleTo({ Id: "1", Arn: queue });
const toFunction = ruleTo({ Id: "1", Arn: page });
const toPager = ruleTo({ Id: "1", Arn: destination, RoleArn: `arn:aws:iam::${owner}:role/r` });

type Row = readonly [title: string, verdict: object, answers: readonly Entry[], more?: AccountDescription];

const rows: readonly Row[] = [
  [
    "a queue that admits the rule",
    { status: "pass" },
    [...toQueue, ofQueue({ Policy: grant("sqs:SendMessage", forRule) })],
  ],
  [
    "a queue that admits another account's rules",
    { status: "fail", witness: { target: queue } },
    [
      ...toQueue,
      ofQueue({
        Policy: grant("sqs:SendMessage", { StringEquals: { "aws:SourceAccount": "999999999999" } }),
      }),
    ],
  ],
  [
    "a queue that is gone",
    { status: "fail", message: expect.stringContaining(`queue ${queue} does not exist`) },
    toQueue,
  ],
  [
    "a queue that may not be read",
    {
      status: "unknown",
      reason: "unreadable",
      message: expect.stringContaining("grant sqs:GetQueueAttributes"),
    },
    [...toQueue, ofQueue({})],
    { deny: "sqs.GetQueueAttributes" },
  ],
  [
    "a queue with a key that may not be read",
    { status: "unknown", message: expect.stringContaining("grant kms:DescribeKey") },
    [...toQueue, ofQueue({ Policy: grant("sqs:SendMessage", forRule), KmsMasterKeyId: "alias/own" })],
    { deny: "kms.*" },
  ],
  [
    "a function that admits the rule",
    { status: "pass" },
    [...toFunction, ...ofFunction(grant("lambda:InvokeFunction", forRule))],
  ],
  [
    "a function without a policy",
    { status: "fail", message: expect.stringContaining("it has no policy") },
    [...toFunction, ...ofFunction("").slice(0, 1)],
  ],
  [
    "a function that is gone",
    { status: "fail", message: expect.stringContaining(`function ${page} does not exist`) },
    toFunction,
  ],
  [
    "a function whose policy may not be read",
    { status: "unknown", message: expect.stringContaining("grant lambda:GetPolicy") },
    [...toFunction, ...ofFunction("")],
    { deny: "lambda.GetPolicy" },
  ],
  ["an API destination", { status: "pass" }, [...toPager, ...ofPager("AUTHORIZED")]],
  [
    "an API destination without authorization",
    { status: "fail", message: expect.stringContaining("ConnectionState of pager is DEAUTHORIZED") },
    [...toPager, ...ofPager("DEAUTHORIZED")],
  ],
  [
    "an API destination that may not be read",
    { status: "unknown", message: expect.stringContaining("grant events:DescribeApiDestination") },
    [...toPager, ...ofPager("AUTHORIZED")],
    { deny: "events.DescribeApiDestination" },
  ],
];

describe("an EventBridge rule of a live account, to", () => {
  it.each(rows.map((row): readonly [string, Row] => [row[0], row]))(
    "%s",
    async (_title, [, verdict, answers, more = {}]) => {
      await withAws(simulatedAccount({ ...more, regions: [region], answers }), async (aws) => {
        const { stdout, stderr } = await runCli(["check", "--rule", "events.rule-live", "--format", "json"], {
          env: aws.env(owner),
        });
        expect(stderr).toBe("");
        expect(findingsOf(readReport(stdout), "events.rule-live")).toMatchObject([verdict]);
        expect(stdout).not.toContain("pager.example/key");
      });
    },
  );
});
