import { expect, it } from "vitest";
import type { JsonObject } from "../../../src/core/json.js";
import type { Resource } from "../../../src/core/resource.js";
import { alarmStuck } from "../../../src/evaluators/alarm/stuck.js";
import { alarm, composite, state } from "./state.js";

const fine: JsonObject = {
  StateValue: "OK",
  StateTransitionedTimestamp: "2025-01-01T00:00:00Z",
  StateUpdatedTimestamp: null,
  EvaluationState: null,
};
const judge = (observed: JsonObject, more: Partial<Resource> = {}, days?: number): string =>
  alarmStuck.evaluate(
    state({ resources: [alarm("a", {}, { observed: { ...fine, ...observed }, ...more })] }),
    days === undefined ? {} : { days },
  )[0]!.verdict.status;

it.each<[string, string, () => string]>([
  ["OK for years", "pass", () => judge({})],
  [
    "in ALARM since yesterday",
    "pass",
    () => judge({ StateValue: "ALARM", StateTransitionedTimestamp: "2026-11-19T12:00:00Z" }),
  ],
  [
    "in ALARM for seven days to the second",
    "pass",
    () => judge({ StateValue: "ALARM", StateTransitionedTimestamp: "2026-11-13T12:00:00Z" }),
  ],
  [
    "in ALARM for longer",
    "fail",
    () => judge({ StateValue: "ALARM", StateTransitionedTimestamp: "2026-11-13T11:59:59Z" }),
  ],
  [
    "without data for longer",
    "fail",
    () => judge({ StateValue: "INSUFFICIENT_DATA", StateTransitionedTimestamp: "2026-11-01T00:00:00Z" }),
  ],
  [
    "in ALARM for two days where one is allowed",
    "fail",
    () => judge({ StateValue: "ALARM", StateTransitionedTimestamp: "2026-11-18T12:00:00Z" }, {}, 1),
  ],
  [
    "a newer reason does not make the state new",
    "fail",
    () =>
      judge({
        StateValue: "ALARM",
        StateTransitionedTimestamp: "2026-11-01T00:00:00Z",
        StateUpdatedTimestamp: "2026-11-20T00:00:00Z",
      }),
  ],
  [
    "only the update is told",
    "fail",
    () =>
      judge({
        StateValue: "ALARM",
        StateTransitionedTimestamp: null,
        StateUpdatedTimestamp: "2026-11-01T00:00:00Z",
      }),
  ],
  ["no time is told", "unknown", () => judge({ StateValue: "ALARM", StateTransitionedTimestamp: null })],
  ["CloudWatch cannot evaluate it", "fail", () => judge({ EvaluationState: "EVALUATION_ERROR" })],
  ["its evaluation fails", "fail", () => judge({ EvaluationState: "EVALUATION_FAILURE" })],
  ["evaluated on partial data", "pass", () => judge({ EvaluationState: "PARTIAL_DATA" })],
  [
    "its state could not be read",
    "unknown",
    () =>
      judge(
        {},
        { observed: { EvaluationState: null }, unreadable: { StateValue: { reason: "AccessDenied" } } },
      ),
  ],
])("%s: %s", (_title, ...[status, decide]) => {
  expect(decide()).toBe(status);
});

it("composite alarms have no evaluation to fail", () => {
  const one = { ...composite("c", "TRUE"), observed: { StateValue: "OK" } };
  expect(alarmStuck.evaluate(state({ resources: [one] }), {})[0]!.verdict.status).toBe("pass");
});
