import { expect, it } from "vitest";
import type { JsonObject } from "../../../src/core/json.js";
import { alarmSettings } from "../../../src/evaluators/alarm/settings.js";
import { alarm, composite, refused, REGION, state, TOPIC } from "./state.js";

type Options = Parameters<typeof alarmSettings.evaluate>[1];
const refusal = { reason: "AccessDenied" };

it.each<[string, string, Options, JsonObject]>([
  ["an ALARM action", "pass", { demand: "alarm-action" }, { AlarmActions: [TOPIC] }],
  ["an OK action alone", "fail", { demand: "alarm-action" }, { AlarmActions: null, OKActions: [TOPIC] }],
  ["an empty list", "fail", { demand: "alarm-action" }, { AlarmActions: [] }],
  ["actions on", "pass", { demand: "actions-enabled" }, { ActionsEnabled: true }],
  ["actions on by default", "pass", { demand: "actions-enabled" }, { ActionsEnabled: null }],
  ["actions off", "fail", { demand: "actions-enabled" }, { ActionsEnabled: false }],
  ["a description", "pass", { demand: "description" }, { AlarmDescription: "what it means" }],
  ["a blank description", "fail", { demand: "description" }, { AlarmDescription: " " }],
  ["no description", "fail", { demand: "description" }, { AlarmDescription: null }],
  [
    "allowed targets only",
    "pass",
    { demand: "allowed-targets", allow: ["arn:aws:sns:*:ops"] },
    { AlarmActions: [TOPIC] },
  ],
  [
    "another target",
    "fail",
    { demand: "allowed-targets", allow: ["arn:aws:sns:*:sec"] },
    { AlarmActions: [TOPIC] },
  ],
  [
    "another target for OK",
    "fail",
    { demand: "allowed-targets", allow: ["arn:aws:sns:*:ops"] },
    { OKActions: ["arn:aws:lambda:x"] },
  ],
  ["no target", "pass", { demand: "allowed-targets", allow: ["x"] }, { AlarmActions: null }],
])("%s: %s, of a metric alarm as of a composite one", (_title, ...[status, options, properties]) => {
  const judged = alarmSettings.evaluate(
    state({ resources: [alarm("a", properties), composite("c", "TRUE", properties)] }),
    options,
  );
  expect(judged.map(({ subject, verdict }) => [subject.id, verdict.status])).toEqual([
    ["a", status],
    ["c", status],
  ]);
});

it.each<[Options, string]>([
  [{ demand: "alarm-action" }, "AlarmActions"],
  [{ demand: "actions-enabled" }, "ActionsEnabled"],
  [{ demand: "description" }, "AlarmDescription"],
  [{ demand: "allowed-targets", allow: ["*"] }, "OKActions"],
])("%j is unknown where %s could not be read", (options, property) => {
  const { properties, ...rest } = alarm("a", {});
  const readable = Object.fromEntries(Object.entries(properties).filter(([name]) => name !== property));
  const [judged] = alarmSettings.evaluate(
    state({ resources: [{ ...rest, properties: readable, unreadable: { [property]: refusal } }] }),
    options,
  );
  expect(judged!.verdict).toMatchObject({ status: "unknown", reason: "unreadable" });
});

it("reads only what it demands, and says where alarms may be hidden", () => {
  expect(alarmSettings.needs({ demand: "description" }).map(({ properties }) => properties)).toEqual([
    ["AlarmDescription"],
    ["AlarmDescription"],
  ]);
  expect(
    alarmSettings
      .evaluate(state({ gaps: [refused("AWS::CloudWatch::Alarm")] }), { demand: "description" })
      .map(({ subject, verdict }) => [subject.id, verdict.status]),
  ).toEqual([[REGION, "unknown"]]);
});
