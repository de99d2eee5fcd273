import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { World } from "../../../src/core/declared.js";
import type { JsonObject, JsonValue } from "../../../src/core/json.js";
import type { Resource } from "../../../src/core/resource.js";
import type { Snapshot } from "../../../src/core/snapshot.js";
import { foresee } from "../../../src/forecasts/foresee.js";
import { readPlan } from "../../../src/forecasts/plan/read-plan.js";
import { sameValue } from "../../../src/shared/same-value.js";
import { judgedBy } from "../../support/empty-account.js";
import { valueOf } from "./build.js";

const folder = "test/forecasts/plan/sample";
const load = (name: string): Snapshot =>
  JSON.parse(readFileSync(`${folder}/expected/${name}.snapshot.json`, "utf8")) as Snapshot;
const before = load("change.before");

async function worldOf(name: string): Promise<World> {
  const [world] = valueOf(await readPlan(`${folder}/${name}.json`)).worlds;
  if (world === undefined) throw new Error(name);
  return world;
}

// What AWS makes up is made up otherwise here and there.
function neutral<T>(value: T): T {
  const text = JSON.stringify(value).replaceAll(/00000000-[0-9a-f-]{27}/gu, "UUID");
  return JSON.parse(
    text.replaceAll(/trail-X+\w*/gu, "trail-X").replaceAll(/audit-access-\w+/gu, "audit-access-x"),
  ) as T;
}

function valuesOf({ properties, observed = {} }: Resource): JsonObject {
  return { ...properties, ...observed };
}

/** What the resources of two states say of the same property and do not agree on: "id property". */
function differences(expected: Snapshot, got: Snapshot): readonly string[] {
  const key = ({ type, id, region }: Resource): string => `${type} ${region} ${id}`;
  const found = new Map(neutral(got.resources).map((resource) => [key(resource), resource]));
  return neutral(expected.resources).flatMap((resource) => {
    const other = found.get(key(resource));
    if (other === undefined) return [`${key(resource)} is missing`];
    const values: Readonly<Record<string, JsonValue>> = valuesOf(other);
    const open = Object.keys(resource.unreadable ?? {}).filter(
      (name) => other.unreadable?.[name] === undefined,
    );
    const wrong = Object.entries(valuesOf(resource)).filter(
      ([name, value]) => !sameValue(values[name], value),
    );
    return [...open, ...wrong.map(([name]) => name)].map((name) => `${resource.id} ${name}`);
  });
}

describe("a plan laid over the account that it changes", () => {
  it("comes to the state that a prototype laid, but for an address that is secret and an id that the sample left empty", async () => {
    const { snapshot, notes } = foresee(before, await worldOf("plan-change"));
    expect(differences(load("change.after"), snapshot)).toEqual([
      "pager-prod Subscriptions",
      "arn:aws:sns:us-east-1:111122223333:pager-prod:UUID PendingConfirmation",
      "vault-changes Targets",
    ]);
    expect(notes).toEqual(["1 declared resource in eu-west-1, where nobody looked: left out"]);
  });

  it("leaves alone what the plan leaves alone", async () => {
    const { touched } = foresee(before, await worldOf("plan-change"));
    const kinds = Object.fromEntries(touched.map(({ address, kind }) => [address, kind]));
    expect(kinds).toMatchObject({
      "aws_cloudtrail.audit": "changed",
      "aws_sns_topic.trail": "unchanged",
      "aws_cloudwatch_composite_alarm.any": "unchanged",
      "aws_sns_topic.alarms": "new",
      "aws_kms_key.trail": "gone",
      "aws_config_configuration_recorder.this[0]": "gone",
    });
    expect(touched.find(({ address }) => address === "aws_sns_topic.alarms")?.was?.id).toBe("alarms-prod");
  });

  it.each([
    ["cloudtrail.any-trail-logging", "fail"],
    ["alarmchain.root-usage", "fail"],
    ["loggroup.retention", "fail"],
    ["config.recorder", "fail"],
    ["cloudtrail.bucket-versioning", "fail"],
    ["cloudtrail.bucket-not-public", "pass"],
  ] as const)("%s: %s after it, and not before for what failed", async (rule, status) => {
    const { snapshot } = foresee(before, await worldOf("plan-change"));
    const statuses = async (state: Snapshot): Promise<readonly string[]> =>
      (await judgedBy(rule, state)).map((finding) => finding.status);
    expect(await statuses(snapshot)).toContain(status);
    if (status === "fail") expect(await statuses(before)).not.toContain("fail");
  });

  it("takes the topic from an alarm that is in no plan", async () => {
    const { snapshot } = foresee(before, await worldOf("plan-change"));
    const found = await judgedBy("alarm.action-target-live", snapshot);
    expect(found.find(({ subject }) => subject.id === "by-hand")).toMatchObject({ status: "fail" });
  });
});

describe("a plan laid over an account without any of it", () => {
  it("comes to the state that a prototype laid, where that says what AWS would", async () => {
    const expected = load("create.after");
    const { snapshot } = foresee({ ...expected, resources: [] }, await worldOf("plan-create"));
    // The prototype took new alarms for OK, a recorder without a status for recording, and wrote SNS's policy short.
    const taken =
      /StateValue|Timestamp|Grants|PendingConfirmation|RotationPeriodInDays|ApplyOnTransformedLogs|^default (?:Recording|LastStatus)|^vault-changes Targets|^alarms-prod Subscriptions$|^trail-X Policy$/u;
    const others = differences(expected, snapshot).filter((difference) => !taken.test(difference));
    expect(others).toEqual([
      "audit SnsTopicARN",
      "AWS::Events::EventBus us-east-1 default is missing",
      "AWS::CloudWatch::Alarm us-east-1 by-hand is missing",
      "AWS::Organizations::Organization us-east-1 111122223333 is missing",
      "AWS::S3::AccountPublicAccessBlock us-east-1 111122223333 is missing",
    ]);
  });
});
