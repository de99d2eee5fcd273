import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { builtins } from "../../src/run/builtins.js";
import { check } from "../../src/run/check.js";
import type { Report } from "../../src/core/report.js";
import type { RenderOptions } from "../../src/core/reporter.js";
import { decideGate } from "../../src/engine/decide-gate.js";
import { prepareRun } from "../../src/run/prepare.js";
import { ocsf } from "../../src/reporters/ocsf.js";
import { sarif } from "../../src/reporters/sarif.js";
import { liveSource } from "../../src/sources/live.js";
import { recordedAccounts, startEndpoint } from "../support/aws/endpoint.mjs";
import type { Endpoint } from "../support/aws/endpoint.mjs";
import { accounts, environmentOf } from "../support/simulated-aws.js";
import { readSarif, refusals } from "./code-scanning.js";
import { readOcsf } from "./ocsf-events.js";

const now = new Date("2026-11-20T12:00:00Z");
// Enough for every status, and few enough for golden files that a person can read.
const globs = [
  "cloudtrail.glacier-events",
  "cloudtrail.log-file-validation",
  "cloudtrail.kms",
  "glacier.vault-notifications",
  "alarm.has-alarm-action",
  "mediapackage.egress-access-logs",
  "kms.rotation",
];
const waivers = [
  {
    waiver: {
      rule: "glacier.vault-notifications",
      subject: "*",
      reason: "the archive moves away",
      owner: "platform",
      expires: "2026-12-31",
    },
  },
];
const baseline = {
  format: "watchproof-baseline/1",
  entries: [
    {
      id: "9c2ba054ff2e9108016fe51a015035aa",
      rule: "cloudtrail.kms",
      account: "222222222222",
      region: "us-east-1",
      subject: "arn:aws:cloudtrail:us-east-1:222222222222:trail/b-main",
    },
  ],
} as const;
const reported = ["compliant", "broken"] as const;

let aws: Endpoint;

beforeAll(async () => {
  aws = await startEndpoint({
    now: now.getTime(),
    recorded: recordedAccounts(now.getTime()),
    deny: "kms.GetKeyRotationStatus",
  });
});

afterAll(async () => {
  await aws.stop();
  vi.unstubAllEnvs();
});

async function reportOf(account: (typeof reported)[number]): Promise<Report> {
  for (const [name, value] of Object.entries({
    ...environmentOf(aws.url, accounts[account]),
    AWS_EC2_METADATA_DISABLED: "true",
  }))
    vi.stubEnv(name, value);
  const prepared = await prepareRun({ globs });
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.diagnostics));
  const source = liveSource({ collectors: builtins.collectors, now: () => now });
  const report = await check({
    rules: prepared.value.rules,
    source,
    regions: ["eu-west-1", "us-east-1"],
    waiving: { waivers, today: "2026-11-20" },
    baseline,
  });
  return { ...report, tool: { name: "watchproof", version: "0.0.0" } };
}

describe.each(reported)("the account %s", (account) => {
  let report: Report;
  let options: RenderOptions;

  beforeAll(async () => {
    report = await reportOf(account);
    options = {
      gate: decideGate(report, { failOn: "low", allowUnknown: false }),
      color: false,
      places: { "cloudtrail.glacier-events": { file: "watchproof.yaml", line: 3, column: 5 } },
    };
  });

  it.each(Object.keys(builtins.reporters))("reads as it should in %s", async (id) => {
    const reporter = await builtins.reporters[id]!();
    await expect(reporter.render(report, options)).toMatchFileSnapshot(`golden/testbed/${account}.${id}`);
  });

  it("is valid SARIF that GitHub takes, and valid OCSF", () => {
    expect(refusals(readSarif(sarif.render(report, options)))).toEqual([]);
    expect(readOcsf(ocsf.render(report, options))).toHaveLength(report.findings.length);
  });
});
