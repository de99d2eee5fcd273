import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Resource } from "../../../src/core/resource.js";
import { detects } from "../../../src/evaluators/detection/detects.js";
import { demandNamed, demandNames } from "../../../src/reasoning/detection/demanded-events.js";
import { eventDemands } from "../../../src/reasoning/detection/demanded-events-places.js";
import { accountOf, alarm, filter, group, ireland, rule, topic, trail, virginia } from "./account.js";

const names = ["CreateTrail", "UpdateTrail", "DeleteTrail", "StartLogging", "StopLogging"];
const or = (some: readonly string[]): string =>
  `{ ${some.map((name) => `($.eventName = ${name})`).join(" || ")} }`;
const regions = [ireland, virginia];

const some = fc.subarray(names, { minLength: 1 });
const piece: fc.Arbitrary<readonly Resource[]> = fc.oneof(
  some.map((chosen) => [filter(or(chosen), { name: chosen.join("-") })]),
  some.map((chosen) => [
    filter(or(chosen), { name: `m-${chosen.join("-")}`, metric: { MetricName: "Other", MetricValue: "0" } }),
  ]),
  fc.boolean().map((on) => [alarm(on ? "on" : "off", { facts: { ActionsEnabled: on } })]),
  fc
    .constantFrom(true, false)
    .map((multi) => [trail(multi ? "multi" : "single", { facts: { IsMultiRegionTrail: multi } })]),
  fc.constant([
    trail("reads", {
      facts: { EventSelectors: [{ ReadWriteType: "ReadOnly", IncludeManagementEvents: true }] },
    }),
  ]),
  fc
    .tuple(some, fc.constantFrom(...regions))
    .map(([chosen, region]) => [
      rule(
        `r-${chosen.join("-")}`,
        { source: ["aws.cloudtrail"], detail: { eventName: chosen } },
        { region },
      ),
    ]),
);
const state = fc
  .array(piece, { maxLength: 7 })
  .map((pieces) => [
    ...new Map(pieces.flat().map((one) => [`${one.type} ${one.region} ${one.id}`, one])).values(),
  ]);
const always = [group(), ...topic(), ...topic("soc", { region: ireland })];
const whole = [
  trail("whole"),
  filter(or(names), { name: "whole", metric: { MetricName: "Whole" } }),
  alarm("whole", { facts: { MetricName: "Whole" } }),
];
const statusOf = (resources: readonly Resource[], denied: readonly string[] = []): string =>
  detects.evaluate(accountOf([...resources, ...always], { regions, denied }), {
    demand: "cloudtrail-change",
  })[0]!.verdict.status;

describe("laws of detection", () => {
  it("a complete chain makes it pass, whatever else there is", () => {
    fc.assert(
      fc.property(state, (resources) => statusOf([...resources, ...whole]) === "pass"),
      { numRuns: 60 },
    );
  });

  it("more filters, alarms, trails and rules never turn a pass", () => {
    fc.assert(
      fc.property(state, state, (one, other) => {
        const ids = new Set(one.map(({ type, id, region }) => `${type} ${region} ${id}`));
        const more = other.filter(({ type, id, region }) => !ids.has(`${type} ${region} ${id}`));
        return statusOf(one) !== "pass" || statusOf([...one, ...more]) === "pass";
      }),
      { numRuns: 100 },
    );
  });

  it("the order of resources changes nothing", () => {
    fc.assert(
      fc.property(state, fc.integer(), (resources, seed) => {
        const shuffled = [...resources].sort(
          (a, b) => ((a.id.length * 31 + seed) % 7) - ((b.id.length * 31 + seed) % 7),
        );
        const verdict = (list: readonly Resource[]): unknown =>
          detects.evaluate(accountOf([...list, ...always], { regions }), { demand: "cloudtrail-change" });
        expect(verdict(shuffled)).toEqual(verdict(resources));
      }),
      { numRuns: 60 },
    );
  });

  it("a refused list turns a fail or a pass into unknown at most, never into the other", () => {
    const lists = [
      "AWS::Logs::MetricFilter",
      "AWS::CloudWatch::Alarm",
      "AWS::CloudTrail::Trail",
      "AWS::Events::Rule",
    ] as const;
    fc.assert(
      fc.property(state, fc.constantFrom(...lists), (resources, type) => {
        const [full, hidden] = [
          statusOf(resources),
          statusOf(
            resources.filter((one) => one.type !== type),
            [type],
          ),
        ];
        return hidden === "unknown" || hidden === full;
      }),
      { numRuns: 100 },
    );
  });
});

describe("the demands that ship", () => {
  it.each(demandNames)("%s has events in us-east-1, with every event once", (name) => {
    expect(eventDemands(demandNamed(name), accountOf([]), [virginia]).length).toBeGreaterThan(0);
    const events = demandNamed(name).flatMap(({ eventSource = "", eventNames = [] }) =>
      eventNames.map((event) => `${eventSource} ${event}`),
    );
    expect(new Set(events).size).toBe(events.length);
  });
});
