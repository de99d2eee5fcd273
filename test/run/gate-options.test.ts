import { expect, it } from "vitest";
import { gateOptions } from "../../src/run/gate-options.js";
import { rule } from "../support/build.js";

const known = {
  rules: [rule({ id: "a.one" }), rule({ id: "a.two" }), rule({ id: "b.one" })],
  packs: [{ id: "ours", title: "Ours", rules: ["a.*"] }],
};

it("without a config and words, every failure from low on and everything unknown counts", () => {
  expect(gateOptions({}, known)).toEqual({
    failOn: "low",
    allowUnknown: false,
    newOnly: false,
    thresholds: [],
  });
});

it("the config's budgets and packs are taken over, a pack with the rules that it holds", () => {
  const config = {
    failOn: "high",
    allowUnknown: true,
    newOnly: true,
    gate: { max: { low: 1 }, maxFail: 2, maxUnknown: 3, packs: { ours: { failOn: "critical" } } },
  } as const;
  expect(gateOptions(config, known)).toEqual({
    failOn: "high",
    allowUnknown: true,
    newOnly: true,
    max: { low: 1 },
    maxFail: 2,
    maxUnknown: 3,
    thresholds: [{ failOn: "critical", rules: ["a.one", "a.two"] }],
  });
});

it("words go before the config, but for a pack's threshold", () => {
  const config = { failOn: "high", gate: { maxFail: 2, packs: { ours: { failOn: "critical" } } } } as const;
  expect(gateOptions(config, known, { failOn: "info", maxFail: 0 })).toMatchObject({
    failOn: "info",
    maxFail: 0,
    thresholds: [{ failOn: "critical" }],
  });
});
