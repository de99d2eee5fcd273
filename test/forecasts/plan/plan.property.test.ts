import fc from "fast-check";
import { expect, test } from "vitest";
import { TERRAFORM_TYPES } from "../../../src/mappings/terraform-types.js";
import { attributesOf } from "../../../src/mappings/terraform.js";
import { sourceText } from "../../../src/loaders/diagnostics/source-text.js";
import { readConfiguration } from "../../../src/forecasts/plan/configuration.js";
import { parsePlan } from "../../../src/forecasts/plan/load-plan.js";
import { declarePlan } from "../../../src/forecasts/plan/read-plan.js";
import { parseExpression } from "../../../src/forecasts/plan/source/expression.js";
import { scanBlocks } from "../../../src/forecasts/plan/source/scan.js";
import { declared, planJson } from "./build.js";

const types = Object.keys(TERRAFORM_TYPES);
const attributes = [
  ...new Set(
    Object.values(TERRAFORM_TYPES).flatMap(({ properties }) =>
      Object.values(properties).flatMap(attributesOf),
    ),
  ),
  "arn",
  "id",
  "region",
];

const json = fc.jsonValue({ maxDepth: 3 });
const values = fc.dictionary(fc.constantFrom(...attributes), fc.oneof(json, fc.array(json)), { maxKeys: 8 });
const marks = fc.oneof(
  fc.boolean(),
  fc.dictionary(fc.constantFrom(...attributes), fc.oneof(fc.boolean(), fc.array(fc.boolean()), json)),
);
const reference = fc.oneof(
  fc.constantFrom("var.x", "local.y", "each.value", "module.m.out", "data.aws_iam_policy_document.d.json"),
  fc
    .tuple(fc.constantFrom(...types), fc.constantFrom(...attributes))
    .map(([type, name]) => `${type}.this.${name}`),
  fc.string(),
);
const expression = fc.oneof(json, fc.record({ references: fc.array(reference, { maxLength: 3 }) }));
const row = fc.record({
  type: fc.constantFrom(...types),
  actions: fc.constantFrom<readonly string[]>(
    ["create"],
    ["update"],
    ["delete"],
    ["no-op"],
    ["read"],
    ["forget"],
    ["delete", "create"],
    ["create", "forget"],
    [],
    ["dance"],
  ),
  before: fc.oneof(fc.constant(null), values),
  after: fc.oneof(fc.constant(null), values),
  unknown: marks,
  sensitive: marks,
  written: fc.dictionary(fc.constantFrom(...attributes), expression, { maxKeys: 6 }),
});

test("whatever stands in a plan, it declares something or is refused, and never throws", () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 6 }), fc.dictionary(fc.string(), json), (rows, rest) => {
      const text = JSON.stringify({ ...rest, ...planJson({ rows }) });
      const plan = parsePlan(sourceText("p.json", text));
      if (!plan.ok) return;
      const configuration = readConfiguration(plan.value);
      const declaration = declarePlan(plan.value, { file: "p.json", configuration });
      expect(declaration.worlds).toHaveLength(1);
    }),
  );
});

test("any JSON with a format version is read or refused", () => {
  fc.assert(
    fc.property(
      fc.dictionary(
        fc.constantFrom("resource_changes", "configuration", "prior_state", "variables", "values"),
        json,
      ),
      (root) => {
        const plan = parsePlan(sourceText("p.json", JSON.stringify({ format_version: "1.2", ...root })));
        if (plan.ok)
          declarePlan(plan.value, { file: "p.json", configuration: readConfiguration(plan.value) });
      },
    ),
  );
});

// Every attribute that is read holds the secret, and is marked: as a whole, or each value in it.
const SECRET = "hunter2-s3cr3t";
const secrets = Object.fromEntries(attributes.map((name) => [name, SECRET]));
const lists = Object.fromEntries(attributes.map((name) => [name, [SECRET, { [SECRET]: SECRET }]]));
const all = (mark: unknown): Record<string, unknown> =>
  Object.fromEntries(attributes.map((name) => [name, mark]));

test.each<readonly [string, Record<string, unknown>, unknown]>([
  ["texts, each marked", secrets, all(true)],
  ["lists, each marked", lists, all(true)],
  ["lists, each value marked", lists, all([true, true])],
  ["the whole resource marked", lists, true],
])("a secret never comes through: %s", (_how, after, sensitive) => {
  const rows = types.map((type) => ({ type, actions: ["update"], before: after, after, sensitive }));
  const json = planJson({
    rows: [...rows, ...types.map((type) => ({ type, name: "new", after, sensitive }))],
    rest: {
      variables: { password: { value: SECRET } },
      output_changes: { out: { after: SECRET, after_sensitive: true } },
      prior_state: {
        values: {
          root_module: {
            resources: [
              {
                mode: "data",
                type: "aws_secretsmanager_secret_version",
                name: "x",
                values: { secret_string: SECRET },
                sensitive_values: { secret_string: true },
              },
            ],
          },
        },
      },
    },
  });
  const text = JSON.stringify(json).replaceAll(
    '"before_sensitive":false',
    `"before_sensitive":${JSON.stringify(sensitive)}`,
  );
  const plan = parsePlan(sourceText("p.json", text));
  if (!plan.ok) throw new Error(plan.diagnostics[0]?.message);
  const declaration = declarePlan(plan.value, {
    file: "p.json",
    configuration: readConfiguration(plan.value),
  });
  expect(declaration.worlds[0]?.resources.length).toBeGreaterThan(60);
  expect(JSON.stringify(declaration).includes(SECRET)).toBe(false);
});

test("an attribute that no property is made of is never read, marked or not", () => {
  const after = {
    name: "topic",
    http_target: SECRET,
    environment: [{ variables: { A: SECRET } }],
    tags: { A: SECRET },
  };
  const declaration = declared({ rows: types.map((type) => ({ type, after })) });
  expect(JSON.stringify(declaration).includes(SECRET)).toBe(false);
});

test("any text is scanned and parsed as HCL, and nothing throws or hangs", () => {
  const piece = fc.constantFrom(
    '"',
    "${",
    "}",
    "{",
    "[",
    "]",
    "(",
    ")",
    "=",
    "a",
    ".",
    "\n",
    "<<EOF\n",
    "#",
    "/*",
    "\\",
    ",",
    "1",
    " ",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const text = pieces.join("");
      scanBlocks(sourceText("x.tf", `resource "a" "b" {\n${text}\n}`));
      parseExpression(text);
    }),
  );
});

test("deep nesting ends", () => {
  const deep = "[".repeat(5000) + "]".repeat(5000);
  expect(parseExpression(deep).kind).toBe("list");
  scanBlocks(sourceText("x.tf", "a {\n".repeat(5000)));
  const json = JSON.stringify(planJson({ rows: [{ type: "aws_sns_topic", after: { name: "DEEP" } }] }));
  const plan = parsePlan(sourceText("p.json", json.replace('"DEEP"', deep)));
  if (!plan.ok) throw new Error(plan.diagnostics[0]?.message);
  const configuration = readConfiguration(plan.value);
  expect(declarePlan(plan.value, { file: "p.json", configuration }).worlds[0]?.resources).toHaveLength(1);
});
