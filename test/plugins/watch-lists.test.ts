import { describe, expect, test } from "vitest";
import { aboutAccount } from "../../src/core/judgement.js";
import { defineEvaluator } from "../../src/core/evaluator.js";
import type { Evaluator } from "../../src/core/evaluator.js";
import type { Gap } from "../../src/core/snapshot.js";
import { fail, pass } from "../../src/core/verdict.js";
import { extendPlugins } from "../../src/plugins/extend-plugins.js";
import { check } from "../../src/run/check.js";
import { builtins } from "../../src/run/builtins.js";
import type { Plugins } from "../../src/core/plugins.js";
import { recordedSource } from "../../src/sources/recorded.js";
import { accountId, rule, snapshot } from "../support/build.js";
import { evaluatorText, pluginText, withPlugins } from "./support.js";

const TOPIC = "AWS::SNS::Topic";
const refused: Gap = {
  account: accountId,
  type: TOPIC,
  region: "eu-west-1",
  reason: "AccessDenied",
  action: "sns:ListTopics",
  message: "no",
};

async function statuses(plugins: Plugins, gaps: readonly Gap[]): Promise<readonly string[]> {
  const state = snapshot({
    gaps,
    collected: {
      [TOPIC]: { listed: ["eu-west-1", "us-east-1"], properties: {} },
    },
  });
  const report = await check({
    rules: [rule({ id: "own.one", evaluator: "one" })],
    source: recordedSource(state),
    plugins,
  });
  return report.findings.map(({ status, message }) => `${status}: ${message}`);
}

function evaluatorOf(evaluate: Evaluator["evaluate"]): Plugins {
  const one = defineEvaluator({
    id: "one",
    summary: "for tests",
    options: { type: "object" },
    needs: () => [],
    evaluate,
  });
  return extendPlugins(builtins, { evaluators: [one] });
}

// what the evaluator does with a list that was refused in one region | its code | what becomes of its verdict
const ways: readonly (readonly [string, Evaluator["evaluate"], string])[] = [
  [
    "counts what is there, and passes",
    (account) => [aboutAccount(account, pass(`${account.list(TOPIC).resources.length.toString()} topics`))],
    "unknown: it cannot be decided: AWS::SNS::Topic of eu-west-1 could not be listed (AccessDenied; grant sns:ListTopics in eu-west-1)",
  ],
  [
    "counts what is there, and fails",
    (account) => [aboutAccount(account, fail(`${account.list(TOPIC).resources.length.toString()} topics`))],
    "unknown: it cannot be decided: AWS::SNS::Topic of eu-west-1 could not be listed (AccessDenied; grant sns:ListTopics in eu-west-1)",
  ],
  [
    "does not find a topic",
    (account) => [
      aboutAccount(account, account.find(TOPIC, "alerts") === undefined ? fail("none") : pass("one")),
    ],
    "unknown: it cannot be decided: AWS::SNS::Topic of eu-west-1 could not be listed (AccessDenied; grant sns:ListTopics in eu-west-1)",
  ],
  [
    "looks at what could not be listed",
    (account) => {
      const { resources, blind } = account.list(TOPIC);
      return [
        aboutAccount(account, pass(`${resources.length.toString()} topics, ${blind.length.toString()} gaps`)),
      ];
    },
    "pass: 0 topics, 1 gaps",
  ],
  ["does not use the list", (account) => [aboutAccount(account, pass("fine"))], "pass: fine"],
];

describe("an evaluator in line that", () => {
  test.each(ways)("%s", async (_, evaluate, expected) => {
    expect(await statuses(evaluatorOf(evaluate), [refused])).toEqual([expected]);
  });

  test("counts a complete list keeps its verdict", async () => {
    const count: Evaluator["evaluate"] = (account) => [
      aboutAccount(account, pass(`${account.list(TOPIC).resources.length.toString()} topics`)),
    ];
    expect(await statuses(evaluatorOf(count), [])).toEqual(["pass: 0 topics"]);
  });
});

test("an evaluator of a package is watched in its thread as well", async () => {
  const verdict = `[{ subject: { kind: "account", type: "AWS::Account", id: account.id }, region: "global", verdict: { status: "pass", message: "n" } }]`;
  const careless = `(account) => { account.list("${TOPIC}").resources; return ${verdict}; }`;
  const careful = `(account) => { account.list("${TOPIC}").blind; return ${verdict}; }`;
  const config = "plugins: [./own.mjs]\n";
  for (const [evaluate, expected] of [
    [
      careless,
      "unknown: it cannot be decided: AWS::SNS::Topic of eu-west-1 could not be listed (AccessDenied; grant sns:ListTopics in eu-west-1)",
    ],
    [careful, "pass: n"],
  ] as const)
    await withPlugins(
      { "watchproof.yaml": config, "own.mjs": pluginText(evaluatorText("one", { evaluate })) },
      async (plugins) => {
        expect(await statuses(plugins, [refused])).toEqual([expected]);
      },
      { callTime: 5_000 },
    );
});
