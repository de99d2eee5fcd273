import { expect, test } from "vitest";
import type { Declaration } from "../../../src/core/declared.js";
import { foresee } from "../../../src/forecasts/foresee.js";
import { readPlan } from "../../../src/forecasts/plan/read-plan.js";
import { accountId } from "../../support/build.js";
import { emptyAccount, judgedBy } from "../../support/empty-account.js";
import { declared, valueOf } from "./build.js";
import type { Row } from "./build.js";

/** What rules say of an account in which there is nothing but what a plan makes: subject and status. */
async function judged(plan: Declaration, rule: string): Promise<readonly string[]> {
  const [world] = plan.worlds;
  if (world === undefined) throw new Error("no world");
  const { snapshot } = foresee(await emptyAccount(), world);
  const findings = await judgedBy(rule, snapshot);
  return findings.map(({ subject, status }) => `${"id" in subject ? subject.id : ""} ${status}`).sort();
}

const target = { account: { id: accountId, partition: "aws" }, region: "us-east-1" } as const;

const rows: Readonly<Record<string, Row>> = {
  recorder: {
    type: "aws_config_configuration_recorder",
    after: {
      name: "default",
      recording_group: [{ all_supported: true, include_global_resource_types: true }],
    },
  },
  status: { type: "aws_config_configuration_recorder_status", after: { name: "default", is_enabled: true } },
  channel: { type: "aws_media_package_channel", after: { channel_id: "live" } },
  group: {
    type: "aws_cloudwatch_log_group",
    after: { name: "/aws/MediaPackage/live", retention_in_days: 365 },
  },
  logged: {
    type: "awscc_mediapackage_channel",
    provider: "registry.terraform.io/hashicorp/awscc",
    after: { channel_id: "live", egress_access_logs: { log_group_name: "/aws/MediaPackage/live" } },
  },
};

const named = (...names: readonly string[]): readonly Row[] =>
  names.flatMap((name) => {
    const row = rows[name];
    return row === undefined ? [] : [row];
  });

test.each<readonly [string, string, readonly string[], string]>([
  ["a recorder without a status", "config.recorder", ["recorder"], "fail"],
  ["a recorder with one", "config.recorder", ["recorder", "status"], "pass"],
  ["a channel that cannot have logs", "mediapackage.egress-access-logs", ["channel"], "fail"],
  ["a channel of awscc with logs", "mediapackage.egress-access-logs", ["logged", "group"], "pass"],
])("%s: %s", async (_what, rule, parts, status) => {
  const found = await judged(declared({ rows: named(...parts) }, { target }), rule);
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(new RegExp(` ${status}$`, "u"));
});

const sample = (name: string): string => `test/forecasts/plan/sample/${name}`;

test("an alarm whose action is a local value is open without the sources, and reaches someone with them", async () => {
  const bare = valueOf(await readPlan(sample("plan-create.json"), { target }));
  expect(await judged(bare, "alarm.reaches-someone")).toContain("throttled unknown");
  const sourced = valueOf(await readPlan(sample("plan-create.json"), { target, source: sample("before") }));
  expect(await judged(sourced, "alarm.reaches-someone")).toContain("throttled pass");
});

test("a new bucket whose policy is open is not public: S3 blocks that by default", async () => {
  const plan = valueOf(await readPlan(sample("plan-create.json"), { target }));
  expect(await judged(plan, "cloudtrail.bucket-not-public")).toEqual(["audit-111122223333 pass"]);
});

test("a topic that admits alarms alone does not hear of a rule", async () => {
  const plan = valueOf(await readPlan(sample("plan-create.json"), { target }));
  expect(await judged(plan, "events.rule-live")).toContain("vault-changes fail");
});
