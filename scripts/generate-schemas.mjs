// Writes the published schemas of rules and configs: what stands in schemas/source/, and for each evaluator its options, so that
// editors complete and check them.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { readSchema } from "./schema-files.mjs";

const comment =
  "Generated from schemas/source and the evaluators' options by `npm run generate`. Do not edit.";

/** The published schemas: path → text. `evaluators` as `{ id, options }`, sorted by id. */
export function publishedSchemas(root, { evaluators, rules }) {
  const makers = { rule: ruleSchema, config: configSchema };
  const names = Object.keys(makers).filter((name) =>
    existsSync(join(root, "schemas", "source", `${name}.schema.json`)),
  );
  return Object.fromEntries(
    names.map((name) => [
      `schemas/${name}.schema.json`,
      textOf(makers[name](readSchema(root, name), { evaluators, rules })),
    ]),
  );
}

function textOf({ $schema, $id, ...schema }) {
  return `${JSON.stringify({ $schema, $id, $comment: comment, ...schema }, undefined, 2)}\n`;
}

// A template's options are completed where it is used: what a rule must have, a template may leave out.
function ruleSchema(schema, { evaluators }) {
  const known = evaluators.map(({ id, options }) => [id, definition(id, options)]);
  const open = evaluators.map(({ id, options }) => [`${id}.partial`, partOf(id, options)]);
  return {
    ...schema,
    $defs: { ...schema.$defs, ...Object.fromEntries([...known, ...open]) },
    allOf: evaluators.map(({ id, options }) => whenDecidedBy(id, options)),
  };
}

function whenDecidedBy(id, { required = [], anyOf }) {
  const needsOptions = required.length > 0 || anyOf !== undefined;
  return {
    if: { required: ["evaluator"], properties: { evaluator: { const: id } } },
    then: {
      if: { required: ["template"], properties: { template: { const: true } } },
      then: { properties: { with: { $ref: `#/$defs/${id}.partial` } } },
      else: {
        ...(needsOptions ? { required: ["with"] } : {}),
        properties: { with: { $ref: `#/$defs/${id}` } },
      },
    },
  };
}

// What a config changes in a rule or adds to a template is a part of the options; the whole is checked when it loads.
function configSchema(schema, { evaluators, rules }) {
  const used = evaluators
    .map(({ id, options }) => ({ id, options, rules: rules.filter((rule) => rule.evaluator === id) }))
    .filter((entry) => entry.rules.length > 0);
  const definitions = used.map(({ id, options }) => [id, definition(id, withoutDemands(options))]);
  const { use, overrides } = schema.properties;
  const properties = {
    ...schema.properties,
    use: itemsWith(use, conditions(used, "template")),
    overrides: itemsWith(overrides, conditions(used, "rule")),
  };
  return { ...schema, $defs: { ...schema.$defs, ...Object.fromEntries(definitions) }, properties };
}

function conditions(used, key) {
  return used.flatMap(({ id, rules }) => {
    const ids = rules.filter((rule) => key === "rule" || rule.template === true).map((rule) => rule.id);
    if (ids.length === 0) return [];
    return [
      {
        if: { required: [key], properties: { [key]: { enum: ids } } },
        then: { properties: { with: { $ref: `#/$defs/${id}` } } },
      },
    ];
  });
}

function itemsWith(list, allOf) {
  return allOf.length === 0 ? list : { ...list, items: { ...list.items, allOf } };
}

const demands = [
  "required",
  "anyOf",
  "oneOf",
  "allOf",
  "if",
  "then",
  "else",
  "minProperties",
  "dependentRequired",
  "not",
];

function withoutDemands(schema) {
  return Object.fromEntries(Object.entries(schema).filter(([keyword]) => !demands.includes(keyword)));
}

// Any of the options, none of them needed.
function partOf(id, { type, additionalProperties, properties = {} }) {
  const members = Object.keys(properties).map((name) => [name, { $ref: `#/$defs/${id}/properties/${name}` }]);
  return { type, additionalProperties, properties: Object.fromEntries(members) };
}

// An evaluator's references start at its own root, which is now one of many definitions.
function definition(id, schema) {
  return moved(schema, `#/$defs/${id}`);
}

function moved(value, root) {
  if (Array.isArray(value)) return value.map((item) => moved(item, root));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      key === "$ref" && typeof member === "string" ? member.replace(/^#/u, root) : moved(member, root),
    ]),
  );
}
