import { expect, test } from "vitest";
import { loadConfig } from "../../../src/loaders/config/load-config.js";
import { loadPack } from "../../../src/loaders/load-pack.js";
import { places, plugins, problemsOf, withFiles } from "../support/plugins.js";
import type { Files } from "../support/plugins.js";

const rule = "id: own.rule\ntitle: Own\nseverity: low\nevaluator: watcher\nwith: { events: { source: x } }\n";
const template = "id: own.template\ntitle: Own\nseverity: low\nevaluator: watcher\ntemplate: true\n";

type Mistake = readonly [
  title: string,
  text: string,
  expected: readonly string[],
  hint?: string | undefined,
  files?: Files,
];

// what is wrong | the config | codes and places | a word of the first hint | other files
const mistakes: readonly Mistake[] = [
  ["a misspelt key", "pack: [logging-monitoring]", ["unknown-key 1:1"], '"packs"'],
  ["a misspelt severity", "failOn: hihg", ["bad-value 1:9"], '"high"'],
  ["a truth in words", "allowUnknown: no", ["wrong-type 1:15"], "false"],
  ["a misspelt pack", "packs: [logging-monitorin]", ["unknown-pack 1:9"], '"logging-monitoring"'],
  ["a pack twice", "packs: [logging-monitoring, logging-monitoring]", ["duplicate-item 1:29"]],
  ["a misspelt format", "formats: [txt]", ["unknown-format 1:11"], '"text"'],
  ["a misspelt format with a file", "formats:\n  - jsn=report.json", ["unknown-format 2:5"], '"json"'],
  ["a format whose file is missing", 'formats: ["json="]', ["bad-value 1:11"]],
  ["a misspelt region", "regions: { include: [us-eats-1] }", ["unknown-region 1:22"], '"us-east-1"'],
  ["a region without its number", "regions: { include: [eu-central] }", ["unknown-region 1:22"]],
  [
    "a region with the country's letters swapped",
    "regions: { include: [ue-west-1] }",
    ["unknown-region 1:22"],
    '"eu-west-1"',
  ],
  [
    "an excluded region without a reason",
    "regions:\n  exclude:\n    - region: us-east-1",
    ["missing-key 3:7"],
    "reason",
  ],
  [
    "a misspelt excluded region",
    "regions:\n  exclude:\n    - { region: us-est-1, reason: x }",
    ["unknown-region 3:17"],
    '"us-east-1"',
  ],
  [
    "an account of an audit twice",
    'audit:\n  accounts:\n    - { id: "111122223333", profile: a }\n    - { id: "111122223333", profile: b }',
    ["duplicate-item 4:13"],
  ],
  [
    "an account of an audit with profile and role",
    'audit:\n  accounts:\n    - { id: "111122223333", profile: a, role: b }',
    ["not-allowed-here 3:41"],
    "role_arn",
  ],
  [
    "an external id beside a profile",
    'audit:\n  accounts:\n    - { id: "111122223333", profile: a, externalId: abc }',
    ["not-allowed-here 3:41"],
    "external_id",
  ],
  [
    "a role of another account",
    'audit:\n  accounts:\n    - { id: "111122223333", role: "arn:aws:iam::444455556666:role/Audit" }',
    ["bad-value 3:35"],
    "through",
  ],
  [
    "a role's ARN that is none",
    'audit:\n  accounts:\n    - { id: "111122223333", role: "arn:aws:iam::111122223333:user/x" }',
    ["bad-value 3:35"],
    "arn:aws:iam::111122223333:role/",
  ],
  [
    "a role's name that is none",
    'audit:\n  accounts:\n    - { id: "111122223333", role: "a b" }',
    ["bad-value 3:35"],
    "letters",
  ],
  [
    "a misspelt region of an account",
    'audit:\n  accounts:\n    - { id: "111122223333", profile: a, regions: [us-eats-1] }',
    ["unknown-region 3:51"],
    '"us-east-1"',
  ],
  [
    "an ARN as the name of the common role",
    'audit:\n  organization: {}\n  role: { name: "arn:aws:iam::111122223333:role/x/Audit" }',
    ["bad-value 3:17"],
    '"x/Audit"',
  ],
  [
    "a long session in a chain of roles",
    'audit:\n  organization: {}\n  role:\n    name: Audit\n    durationSeconds: 7200\n    through: ["arn:aws:iam::111122223333:role/Hub"]',
    ["bad-value 5:22"],
    "3600",
  ],
  [
    "a role on the way that is none",
    "audit:\n  organization: {}\n  role: { name: Audit, through: [Hub] }",
    ["bad-value 3:34"],
    "arn:aws:iam",
  ],
  [
    "a role for listing that is none",
    "audit:\n  organization: { from: Hub }\n  role: { name: Audit }",
    ["bad-value 2:25"],
    "arn:aws:iam",
  ],
  ["an organization without a role", "audit:\n  organization: {}", ["missing-key 2:3"], "role: { name"],
  [
    "two accounts and no way into one of them",
    'audit:\n  accounts:\n    - { id: "111122223333" }\n    - { id: "444455556666" }',
    ["missing-key 4:7"],
    "audit.role",
  ],
  [
    "an override of a misspelt rule",
    "overrides:\n  - { rule: cloudtrail.shiped-events, severity: low }",
    ["unknown-rule 2:13"],
    '"cloudtrail.shipped-events"',
  ],
  [
    "an override of a rule without its service",
    "overrides:\n  - { rule: shipped-events, severity: low }",
    ["unknown-rule 2:13"],
    '"cloudtrail.shipped-events"',
  ],
  [
    "an override whose pattern matches nothing",
    "overrides:\n  - { rule: cloudtrial.*, severity: low }",
    ["unknown-rule 2:13"],
    "list rules",
  ],
  ["an override that changes nothing", "overrides:\n  - rule: cloudtrail.*", ["missing-key 2:5"]],
  [
    "an override switched off without words",
    "overrides:\n  - { rule: cloudtrail.*, off: true }",
    ["wrong-type 2:32"],
  ],
  [
    "an override of options by region",
    "overrides:\n  - { rule: cloudtrail.any-trail, regions: [us-east-1], with: { world: open } }",
    ["not-allowed-here 2:63"],
  ],
  [
    "an override for a misspelt region",
    "overrides:\n  - { rule: cloudtrail.any-trail, regions: [us-east1], off: x }",
    ["unknown-region 2:45"],
    '"us-east-1"',
  ],
  [
    "an account number that YAML takes as a number",
    "overrides:\n  - { rule: cloudtrail.any-trail, accounts: [012345678901], off: x }",
    ["wrong-type 2:46"],
    '"012345678901"',
  ],
  [
    "an account number with a digit too few",
    'overrides:\n  - { rule: cloudtrail.any-trail, accounts: ["12345678901"], off: x }',
    ["bad-value 2:46"],
  ],
  [
    "a misspelt option in an override",
    "overrides:\n  - rule: cloudtrail.shipped-events\n    with: { wolrd: open }",
    ["unknown-key 3:13"],
    '"world"',
  ],
  [
    "a bad option in an override by pattern is told once",
    "overrides:\n  - rule: cloudtrail.*\n    with: { world: opne }",
    ["bad-value 3:20"],
    '"open"',
  ],
  [
    "an override that takes away what an option needs",
    "overrides:\n  - rule: cloudtrail.any-trail\n    with: { events: { names: [a] } }",
    ["missing-key 3:13"],
  ],
  [
    "a template that is none",
    "use:\n  - { template: cloudtrail.any-trail, id: a, with: {} }",
    ["not-a-template 2:17"],
    "overrides",
  ],
  [
    "a misspelt template",
    "use:\n  - { template: cloudtrail.servce-events, id: a, with: {} }",
    ["unknown-template 2:17"],
    '"cloudtrail.service-events"',
  ],
  [
    "a use without an option that its template needs",
    "use:\n  - { template: cloudtrail.service-events, id: a, with: { world: open } }",
    ["missing-key 2:51"],
    "events",
  ],
  [
    "a use with a misspelt option",
    "use:\n  - template: cloudtrail.service-events\n    id: a\n    with:\n      events: { source: x, nmes: [a] }",
    ["unknown-key 5:28"],
    '"names"',
  ],
  [
    "a use without an id",
    "use:\n  - template: cloudtrail.service-events\n    with: { events: { source: x } }",
    ["missing-key 2:5"],
  ],
  [
    "two uses with one id",
    "use:\n  - { template: cloudtrail.service-events, id: a, with: { events: { source: x } } }\n  - { template: cloudtrail.service-events, id: a, with: { events: { source: y } } }",
    ["duplicate-id 2:48", "duplicate-id 3:48"],
  ],
  [
    "a use with a built-in id",
    "use:\n  - { template: cloudtrail.service-events, id: cloudtrail.any-trail, with: { events: { source: x } } }",
    ["built-in-id 2:48"],
  ],
  [
    "a use with the id of an own rule",
    "rules: [rules]\nuse:\n  - { template: own.template, id: own.rule, with: { events: { source: x } } }",
    ["duplicate-id 3:35"],
    "rule.yaml:1:1",
    { "rules/rule.yaml": rule, "rules/template.yaml": template },
  ],
  [
    "a folder of rules that is not there",
    "rules: [polices]",
    ["no-such-file 1:9"],
    '"policies"',
    { "policies/rule.yaml": rule },
  ],
  ["a folder without rules", "rules:\n  - empty", ["no-rules 2:5"], undefined, { empty: null }],
  [
    "a mistake in a rule that the config names hides no other, and is no unknown rule",
    "rules: [own]\nfailOn: never\noverrides: [{ rule: own.rule, severity: low }]",
    ["bad-value 2:9", "bad-value 3:11"],
    undefined,
    { "own/rule.yaml": rule.replace("low", "lwo") },
  ],
  ["a pack file that is not there", "packs: [own.yaml]", ["no-such-file 1:9"]],
  [
    "a pack file with a misspelt rule",
    "packs: [own.yaml]",
    ["unknown-rule 3:9"],
    '"cloudtrail.any-trail"',
    { "own.yaml": "id: own\ntitle: Own\nrules: [cloudtrail.any-trial]\n" },
  ],
  ["a config that is a list", "- packs", ["wrong-type 1:1"]],
];

test.each(mistakes.map(([title, ...row]) => [title, row] as const))(
  "config: %s",
  async (_, [text, expected, hint, files = {}]) => {
    const found = await withFiles({ ...files, "watchproof.yaml": `${text}\n` }, async (folder) =>
      problemsOf(await loadConfig(`${folder}/watchproof.yaml`, { plugins })),
    );
    expect([...places(found)].sort()).toEqual([...expected].sort());
    if (hint !== undefined) expect(found.map((problem) => problem.hint ?? "").join("\n")).toContain(hint);
  },
);

test.each([
  [
    "where its variable belongs",
    "audit:\n  notify:\n    - webhook: https://hooks.slack.com/services/T0/B0/s3cret",
  ],
  ["as a channel", "audit:\n  notify: [https://hooks.slack.com/services/T0/B0/s3cret]"],
  ["as the only channel", "audit:\n  notify: 'https://hooks.slack.com/services/T0/B0/s3cret'"],
  [
    "under a misspelt key",
    "audit:\n  notify:\n    - { webhok: https://hooks.slack.com/services/T0/B0/s3cret }",
  ],
])("a webhook's URL %s is told of without the URL", async (_, text) => {
  const found = await withFiles({ "watchproof.yaml": `${text}\n` }, async (folder) =>
    problemsOf(await loadConfig(`${folder}/watchproof.yaml`, { plugins })),
  );
  expect(found).not.toEqual([]);
  expect(JSON.stringify(found)).toContain("https://***");
  expect(JSON.stringify(found)).not.toMatch(/s3cret|hooks\.slack/u);
});

const packMistakes: readonly Mistake[] = [
  ["neither rules nor controls", "id: own\ntitle: Own", ["missing-key 1:1"]],
  [
    "a misspelt rule",
    "id: own\ntitle: Own\nrules:\n  - cloudtrail.any-trail\n  - cloudtrail.shipped-event",
    ["unknown-rule 5:5"],
    '"cloudtrail.shipped-events"',
  ],
  ["a pattern that matches nothing", "id: own\ntitle: Own\nrules: [alarm.*]", ["unknown-rule 3:9"]],
  [
    "a template",
    "id: own\ntitle: Own\nrules: [cloudtrail.service-events]",
    ["template-in-pack 3:9"],
    "config",
  ],
  [
    "a pattern that only templates match",
    "id: own\ntitle: Own\nrules: [cloudtrail.service-*]",
    ["unknown-rule 3:9"],
  ],
  ["a star without quotes", "id: own\ntitle: Own\nrules:\n  - *", ["bad-alias 4:5"], '"*"'],
  [
    "a misspelt rule of a control",
    'id: own\ntitle: Own\ncontrols:\n  "3.1":\n    title: T\n    rules: [cloudtrail.any-trial]',
    ["unknown-rule 6:13"],
    '"cloudtrail.any-trail"',
  ],
  [
    "a control without a title",
    'id: own\ntitle: Own\ncontrols:\n  "3.1":\n    rules: [cloudtrail.any-trail]',
    ["missing-key 4:3"],
  ],
  ["no controls at all", "id: own\ntitle: Own\ncontrols: {}", ["empty-value 3:11"]],
  ["a misspelt key", "id: own\ntitel: Own\nrules: [cloudtrail.*]", ["unknown-key 2:1"], '"title"'],
  ["a built-in pack's id", "id: logging-monitoring\ntitle: Own\nrules: [cloudtrail.*]", ["built-in-id 1:5"]],
  [
    "a rule twice",
    "id: own\ntitle: Own\nrules: [cloudtrail.any-trail, cloudtrail.any-trail]",
    ["duplicate-item 3:31"],
  ],
];

test.each(packMistakes.map(([title, ...row]) => [title, row] as const))(
  "pack: %s",
  async (_, [text, expected, hint]) => {
    const found = await withFiles({ "own.yaml": `${text}\n` }, async (folder) =>
      problemsOf(await loadPack(`${folder}/own.yaml`, { plugins })),
    );
    expect([...places(found)].sort()).toEqual([...expected].sort());
    if (hint !== undefined) expect(found[0]?.hint).toContain(hint);
  },
);

test("a whole config is loaded with its rules, templates and packs", async () => {
  const text = [
    "rules: [own/]",
    "packs: [pack.yaml, logging-monitoring]",
    "use:",
    "  - { template: own.template, id: made, severity: high, with: { events: { source: x } } }",
    "overrides:",
    '  - { rule: "*", accounts: ["012345678901"], off: not ours }',
    "  - { rule: made, with: { world: closed } }",
    "regions: { include: [us-east-1, us-east-3, nz-north-1], exclude: [{ region: us-west-2, reason: empty }] }",
    "formats: [text, json=a=b.json]",
    "failOn: medium",
    "",
  ].join("\n");
  const files = {
    "watchproof.yaml": text,
    "own/rule.yaml": rule,
    "own/deep/template.yml": template,
    "pack.yaml":
      'id: p\ntitle: P\ncontrols: { 3.10: { title: T, rules: [own.rule, "cloudtrail.*", made] } }\n',
  };
  await withFiles(files, async (folder) => {
    const loaded = await loadConfig(`${folder}/watchproof.yaml`, { plugins });
    expect(problemsOf(loaded)).toEqual([]);
    if (!loaded.ok) throw new Error();
    expect(
      loaded.value.rules.map(({ rule: { id, severity, template: isTemplate } }) => [
        id,
        severity,
        isTemplate,
      ]),
    ).toEqual([
      ["own.template", "low", true],
      ["own.rule", "low", undefined],
      ["made", "high", false],
    ]);
    expect(loaded.value.packs.map(({ controls }) => Object.keys(controls ?? {}))).toEqual([["3.10"]]);
    expect(loaded.value.packNames).toEqual(["p", "logging-monitoring"]);
    expect(loaded.value.config.failOn).toBe("medium");
  });
});
