import { expect, it } from "vitest";
import type { Ask } from "../../src/sources/caller.js";
import { shareAnswers } from "../../src/sources/share-answers.js";

const operation = { service: "cloudtrail", name: "DescribeTrails", proof: { members: ["Answer"] } };

it.each([
  ["the same question is asked once", { region: "us-east-1", input: { a: 1 } }, 1],
  ["another region is another question", { region: "eu-west-1", input: { a: 1 } }, 2],
  ["another input is another question", { region: "us-east-1", input: { a: 2 } }, 2],
])("%s", async (_title, question, count) => {
  const asked: unknown[] = [];
  const ask: Ask = (...all) => {
    asked.push(all);
    return Promise.resolve({ ok: true, output: asked.length });
  };
  const shared = shareAnswers(ask);
  await shared(operation, { region: "us-east-1", input: { a: 1 } });
  await shared(operation, question);
  expect(asked).toHaveLength(count);
});
