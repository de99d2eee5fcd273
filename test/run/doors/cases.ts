import { pluginText, evaluatorText, passes } from "../../plugins/support.js";
import type { Files } from "./options.js";

/** A config by its options, the files beside it, and what to look for. */
export type Case = {
  readonly config: Readonly<Record<string, unknown>>;
  readonly files?: Files;
  /** What of the outcome the option changes, against the same config without any case's options; nothing: what it is for does not concern `check`. */
  readonly changes: "report" | "gate" | "output" | "nothing";
};

const rules = ["rules"];
const trails = { for: "AWS::CloudTrail::Trail" };
const rule = (id: string, severity: string, path: string): string =>
  JSON.stringify({
    id,
    title: `Every trail: ${path}`,
    severity,
    evaluator: "assert",
    with: { ...trails, assert: { path, equals: true } },
  });

/** Two rules about the recorded account: `own.validated` fails for three trails, `own.logging` for one, and one it cannot read. */
export const ownRules: Files = {
  "rules/validated.yaml": rule("own.validated", "high", "EnableLogFileValidation"),
  "rules/logging.yaml": rule("own.logging", "low", "IsLogging"),
};

const override = (more: object): Case => ({
  config: { rules, overrides: [{ rule: "own.validated", ...more }] },
  changes: "report",
});

const use = (more: object = {}): Case => ({
  config: {
    rules,
    use: [
      {
        template: "cloudtrail.service-events",
        id: "own.tables",
        with: { events: { source: "dynamodb.amazonaws.com" } },
        ...more,
      },
    ],
  },
  changes: "report",
});

const gate = (more: object): Case => ({ config: { rules, ...more }, changes: "gate" });

const waived = (more: object = {}): Case => ({
  config: { rules, waivers: "accepted/waivers.yaml", ...more },
  files: {
    "accepted/waivers.yaml": JSON.stringify({
      waivers: [
        { rule: "own.*", subject: "*", region: "eu-west-1", reason: "r", owner: "o", expires: "2026-12-24" },
        {
          rule: "own.*",
          subject: "*",
          region: "eu-central-1",
          reason: "r",
          owner: "o",
          expires: "2027-11-30",
        },
      ],
    }),
  },
  changes: "report",
});

/** A baseline that knows `own.validated` of the trail `reads`, as `baseline update` writes it. */
export const baselineText = JSON.stringify({
  format: "watchproof-baseline/1",
  entries: [
    {
      id: "fc9761cea1fc7b59e5266bbef2f702ca",
      rule: "own.validated",
      account: "111122223333",
      region: "eu-west-1",
      subject: "arn:aws:cloudtrail:eu-west-1:111122223333:trail/reads",
    },
  ],
});

const known = (more: object = {}): Case => ({
  config: { rules, baseline: "known.json", ...more },
  files: {
    "known.json": baselineText,
  },
  changes: "report",
});

const forOthers = (config: object): Case => ({ config: { rules, ...config }, changes: "nothing" });
const audit = (more: object): Case => forOthers({ audit: more });
const account = { id: "111122223333" };
const role = { name: "Audit" };
const members = (chosen: object): Case => audit({ organization: { include: chosen, exclude: chosen }, role });

/** Cases by what they show; together they set every option that the config has. */
export const cases: Readonly<Record<string, Case>> = {
  "a plugin": {
    config: { plugins: ["./own.mjs"], rules },
    files: {
      "own.mjs": pluginText(evaluatorText("own-sight", { evaluate: passes })),
      "rules/sight.yaml": JSON.stringify({
        id: "own.sight",
        title: "Seen",
        severity: "info",
        evaluator: "own-sight",
        with: {},
      }),
    },
    changes: "report",
  },
  "a rule package": {
    config: { extends: ["./shared"], rules, packs: ["ours"] },
    files: {
      "shared/package.json": JSON.stringify({
        name: "shared",
        version: "1.0.0",
        watchproof: { rules: "rules", packs: "packs" },
      }),
      "shared/rules/ours/delivery.yaml": rule("ours.delivery", "info", "IsMultiRegionTrail"),
      "shared/packs/ours.yaml": JSON.stringify({ id: "ours", title: "Ours", rules: ["ours.delivery"] }),
    },
    changes: "report",
  },
  "rules and a pack": {
    config: { rules: ["rules/logging.yaml"], packs: ["glacier-monitoring", "./few.yaml"] },
    files: {
      "few.yaml": JSON.stringify({ id: "few", title: "Few", rules: ["cloudtrail.log-file-validation"] }),
    },
    changes: "report",
  },
  "a template": use(),
  "a template with a title of its own": use({ title: "Tables are on record" }),
  "a template with a severity of its own": use({ severity: "critical" }),
  "an override of a severity": override({ severity: "info" }),
  "an override of options": override({
    with: { assert: { path: "EnableLogFileValidation", equals: false } },
  }),
  "a rule that is off": override({ off: "not ours" }),
  "an override for this account": override({ accounts: [account.id], severity: "critical" }),
  "an override for a region": override({ regions: ["eu-west-1"], severity: "low" }),
  "a rule that is off in a region of an account": override({
    accounts: [account.id],
    regions: ["us-east-1"],
    off: "not there",
  }),
  "an included region": { config: { rules, regions: { include: ["us-east-1"] } }, changes: "report" },
  "an excluded region": {
    config: { rules, regions: { exclude: [{ region: "eu-west-1", reason: "closed" }] } },
    changes: "report",
  },
  "a threshold": gate({ failOn: "critical" }),
  "unknowns that are let through": gate({ allowUnknown: true, failOn: "critical" }),
  "a budget for each severity": gate({
    gate: { max: { critical: 0, high: 3, medium: 0, low: 1, info: 0 } },
  }),
  "a budget that does not suffice": gate({ gate: { max: { high: 2 } } }),
  "a budget of failures": gate({ gate: { maxFail: 4 } }),
  "a budget of unknowns": gate({ failOn: "critical", gate: { maxUnknown: 1 } }),
  "a threshold for a pack": {
    config: {
      rules,
      packs: ["./ours.yaml"],
      failOn: "low",
      gate: { packs: { ours: { failOn: "critical" } } },
    },
    files: { "ours.yaml": JSON.stringify({ id: "ours", title: "Ours", rules: ["own.validated"] }) },
    changes: "gate",
  },
  waivers: waived(),
  "waivers that may end later": waived({ waiverDays: 10 }),
  "a baseline": known(),
  "new failures alone": known({ newOnly: true }),
  formats: { config: { rules, formats: ["html"] }, changes: "output" },
  "accounts by name": audit({
    accounts: [
      { ...account, name: "Own", role: "Audit", externalId: "guard-1234", regions: ["us-east-1"] },
      { id: "222222222222", profile: "second" },
    ],
    role: {
      ...role,
      externalId: "guard-1234",
      sessionName: "audit",
      durationSeconds: 900,
      through: ["arn:aws:iam::111122223333:role/Hub"],
    },
    concurrency: 2,
    store: "s3://reports/here",
    bucketOwner: account.id,
    kmsKey: "alias/reports",
    keep: { runs: 3, days: 90 },
    notify: [
      { webhook: "SLACK_URL" },
      { sns: "arn:aws:sns:eu-west-1:111122223333:audit" },
      { securityHub: "eu-west-1" },
    ],
  }),
  "the accounts of an organization": audit({
    organization: { from: "arn:aws:iam::111122223333:role/List" },
    role,
  }),
  "members by id": members({ accounts: [account.id] }),
  "members by unit": members({ ous: ["ou-abcd-12345678"] }),
  "members by tag": members({ tags: { stage: "live" } }),
  "a probe, which a recorded account cannot be asked with": forOthers({ probe: true }),
  "a probe with a variable": forOthers({ probe: { cdnIdentifierEnv: "CDN" } }),
  "a probe with a secret": forOthers({ probe: { cdnIdentifierSecret: "own" } }),
};
