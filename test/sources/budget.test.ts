import { expect, it } from "vitest";
import type { Evaluator } from "../../src/core/evaluator.js";
import { gatherNeeds } from "../../src/engine/gather-needs.js";
import { builtins } from "../../src/run/builtins.js";
import { defaultRegions } from "../../src/shared/aws/served-regions.js";
import { liveSource } from "../../src/sources/live.js";
import { fakeAws } from "./support/fake-aws.js";
import { virtualClock } from "./support/virtual-clock.js";

const most = 900;

// What is not answered here is refused once, and leads nowhere, like an empty list.
it("all rules that ship ask an account of 17 regions without resources at most 900 times, and nothing twice", async () => {
  const rules = await builtins.rules();
  const loaded = await Promise.all(
    Object.entries(builtins.evaluators).map(async ([id, load]): Promise<[string, Evaluator]> => [
      id,
      await load(),
    ]),
  );
  const needs = await gatherNeeds(
    rules.map((rule) => ({ ...rule, with: rule.with ?? {}, packs: [] })),
    new Map(loaded),
  );
  const aws = fakeAws({ answers: { ListEventBuses: () => ({ EventBuses: [{ Name: "default" }] }) } });
  await liveSource({ collectors: builtins.collectors, transport: aws.transport, clock: virtualClock() }).read(
    {
      needs,
      regions: defaultRegions["aws"] ?? [],
    },
  );
  expect(new Set(aws.calls.map((call) => JSON.stringify(call))).size).toBe(aws.calls.length);
  expect(aws.calls.length).toBeGreaterThan(100);
  expect(aws.calls.length).toBeLessThanOrEqual(most);
});
