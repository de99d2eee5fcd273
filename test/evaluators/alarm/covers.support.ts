import { expect } from "vitest";
import type { JsonObject } from "../../../src/core/json.js";
import type { Resource } from "../../../src/core/resource.js";
import type { Verdict } from "../../../src/core/verdict.js";
import { alarmCovers } from "../../../src/evaluators/alarm/covers.js";
import { dims, metricQuery, onErrors, onFailures, onInput } from "../../reasoning/firing/alarms.js";
import { alarm, archive, channel, endpoint, home, people, state, TOPIC } from "./state.js";
import type { Parts } from "./state.js";

export type Options = Parameters<typeof alarmCovers.evaluate>[1];

export const only = (...names: readonly string[]): Options => ({
  "key-metrics": "mediapackage",
  only: names,
});
export const X = only("egress-5xx");
export const I = only("ingress-bytes");
export const S: Options = { "key-metrics": "glacier", only: ["5xx-errors"] };

/** The one verdict about the only subject. */
export function verdictOn(parts: Parts, options: Options): Verdict {
  const judgements = alarmCovers.evaluate(state(parts), options);
  expect(judgements).toHaveLength(1);
  return judgements[0]!.verdict;
}

export const live = channel("live1");
export const ask = (options: Options, ...resources: readonly Resource[]): string =>
  verdictOn({ resources: [live, ...people(), ...resources] }, options).status;
export const bucket = (...resources: readonly Resource[]): string =>
  verdictOn({ resources: [archive("b"), ...people(), ...resources] }, S).status;
export const a01 = (changes: JsonObject = {}): Resource =>
  alarm("A01", { ...onErrors, AlarmActions: [TOPIC], ...changes });
export const a24 = (changes: JsonObject = {}): Resource =>
  alarm("A24", { ...onInput, AlarmActions: [TOPIC], ...changes });
export const a30 = (changes: JsonObject = {}): Resource =>
  alarm("A30", { ...onFailures, AlarmActions: [TOPIC], ...changes });
export const endpoints = [endpoint("hls1", "live1"), endpoint("dash1", "live1")];
export const onEndpoint = (name: string): JsonObject => ({
  ...onErrors,
  AlarmActions: [TOPIC],
  Dimensions: dims({ Channel: "live1", OriginEndpoint: name, StatusCodeRange: "5xx" }),
});
export const band: JsonObject = {
  ComparisonOperator: "GreaterThanUpperThreshold",
  ThresholdMetricId: "b1",
  EvaluationPeriods: 1,
  AlarmActions: [TOPIC],
  Metrics: [
    {
      ...metricQuery("m1", "EgressRequestCount", { Channel: "live1", StatusCodeRange: "5xx" }),
      ReturnData: true,
    },
    { Id: "b1", Expression: "ANOMALY_DETECTION_BAND(m1,2)", ReturnData: true },
  ],
};
export const SCHEMA = 'SCHEMA("AWS/MediaPackage", Channel, StatusCodeRange)';
export const pendingOnly = people({
  Subscriptions: [{ SubscriptionArn: "PendingConfirmation", Protocol: "email", Owner: home }],
});
