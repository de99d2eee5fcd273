import { expect, it } from "vitest";
import type { Resource } from "../../../src/core/resource.js";
import { logGroupSettings } from "../../../src/evaluators/log/log-group-settings.js";
import {
  accountOf,
  group,
  groupArn,
  home,
  thing,
  trail,
  virginia,
} from "../../reasoning/detection/account.js";
import { statuses } from "../../support/build.js";

type Options = Parameters<typeof logGroupSettings.evaluate>[1];
const year: Options = { "at-least-days": 365 };
const key: Options = { "customer-key": true };
const kept = (RetentionInDays: number | null): Resource => group("ct", { facts: { RetentionInDays } });

type Row = {
  readonly title: string;
  readonly resources: readonly Resource[];
  readonly options?: Options;
  readonly denied?: readonly string[];
  readonly expected: Readonly<Record<string, string>>;
};

const rows: readonly Row[] = [
  { title: "kept for a year", resources: [trail(), kept(365)], expected: { ct: "pass" } },
  { title: "kept for ever", resources: [trail(), kept(null)], expected: { ct: "pass" } },
  { title: "kept for a day less", resources: [trail(), kept(364)], expected: { ct: "fail" } },
  {
    title: "a shorter demand",
    resources: [trail(), kept(90)],
    options: { "at-least-days": 90 },
    expected: { ct: "pass" },
  },
  {
    title: "a key",
    resources: [trail(), group("ct", { facts: { KmsKeyId: `arn:aws:kms:${virginia}:${home}:key/k` } })],
    options: key,
    expected: { ct: "pass" },
  },
  { title: "no key", resources: [trail(), group()], options: key, expected: { ct: "fail" } },
  {
    title: "what could not be read",
    resources: [trail(), group("ct", { refused: ["RetentionInDays"] })],
    expected: { ct: "unknown" },
  },
  {
    title: "a log group that nothing names is not judged",
    resources: [trail(), kept(400), group("app", { facts: { RetentionInDays: 1 } })],
    expected: { ct: "pass" },
  },
  {
    title: "a log group that the options name is",
    resources: [trail(), kept(400), group("/vpc/flow", { facts: { RetentionInDays: 1 } })],
    options: { ...year, groups: ["/vpc/*"] },
    expected: { ct: "pass", "/vpc/flow": "fail" },
  },
  {
    title: "a channel's access log",
    resources: [
      thing("AWS::MediaPackage::Channel", "live", {
        facts: { EgressAccessLogs: { LogGroupName: "egress" }, IngressAccessLogs: null },
      }),
      group("egress", { facts: { RetentionInDays: 1 } }),
    ],
    expected: { egress: "fail" },
  },
  {
    title: "the destination of a log delivery",
    resources: [
      thing("AWS::Logs::DeliveryDestination", "d", { facts: { DestinationResourceArn: groupArn("vended") } }),
      group("vended", { facts: { RetentionInDays: 1 } }),
    ],
    expected: { vended: "fail" },
  },
  {
    title: "a log group of another account",
    resources: [trail(), { ...kept(400), account: "999999999999" }],
    expected: { [home]: "not-applicable" },
  },
  {
    title: "a log group that is gone",
    resources: [trail(), group("ct", { observed: { Exists: false } })],
    expected: { [home]: "not-applicable" },
  },
  { title: "nothing", resources: [], expected: { [home]: "not-applicable" } },
  {
    title: "trails that may not be listed",
    resources: [],
    denied: ["AWS::CloudTrail::Trail"],
    expected: { [virginia]: "unknown" },
  },
];

it.each(rows)("$title", ({ resources, options = year, denied = [], expected }) => {
  expect(statuses(logGroupSettings.evaluate(accountOf(resources, { denied }), options))).toEqual(expected);
});
