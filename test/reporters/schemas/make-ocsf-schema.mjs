// Makes the JSON Schema (2020-12) of one OCSF event class from OCSF's compiled schema. See README.md.
//   node make-ocsf-schema.mjs ocsf-1.8.0.json > ocsf-1.8.0-compliance-finding.schema.json
import { readFileSync } from "node:fs";

const CLASS = "compliance_finding";
const PROFILE = "cloud";

const compiled = JSON.parse(readFileSync(process.argv[2], "utf8"));
const types = compiled.dictionary.types.attributes;
const basics = {
  boolean_t: "boolean",
  integer_t: "integer",
  long_t: "integer",
  float_t: "number",
  string_t: "string",
};
const defs = new Map();

const root = objectSchema(compiled.classes[CLASS]);
const lines = [...defs]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([name, schema]) => `${JSON.stringify(name)}:${JSON.stringify(schema)}`);
const head = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $comment: `OCSF ${compiled.version} ${CLASS}, profile ${PROFILE}; made by make-ocsf-schema.mjs`,
  ...root,
};
process.stdout.write(`${JSON.stringify(head).slice(0, -1)},\n"$defs":{\n${lines.join(",\n")}\n}}\n`);

// What is deprecated, and what only other profiles bring, is not allowed.
function objectSchema({ attributes, constraints = {} }) {
  const allowed = Object.entries(attributes)
    .filter(
      ([, attribute]) =>
        attribute["@deprecated"] === undefined &&
        (!Array.isArray(attribute.profiles) || attribute.profiles.includes(PROFILE)),
    )
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const required = allowed.filter(([, { requirement }]) => requirement === "required").map(([name]) => name);
  const one = (names) => names.map((name) => ({ required: [name] }));
  return {
    type: "object",
    // The bare "object" is free-form.
    ...(allowed.length === 0
      ? {}
      : {
          properties: Object.fromEntries(
            allowed.map(([name, attribute]) => [name, attributeSchema(attribute)]),
          ),
          additionalProperties: false,
        }),
    ...(required.length === 0 ? {} : { required }),
    ...(constraints.at_least_one === undefined ? {} : { anyOf: one(constraints.at_least_one) }),
    ...(constraints.just_one === undefined ? {} : { oneOf: one(constraints.just_one) }),
  };
}

function attributeSchema(attribute) {
  const item = attribute.type === "object_t" ? reference(attribute.object_type) : valueSchema(attribute);
  return attribute.is_array === true ? { type: "array", items: item } : item;
}

function reference(name) {
  const key = name.replaceAll("/", "."); // win/win_service; a slash in a $ref would be a step.
  if (!defs.has(key)) {
    defs.set(key, {});
    defs.set(key, objectSchema(compiled.objects[name]));
  }
  return { $ref: `#/$defs/${key}` };
}

function valueSchema({ type, enum: values }) {
  if (type === "json_t") return {};
  const { type: base = type, regex, max_len: maxLength, range } = types[type] ?? {};
  const kind = basics[base] ?? basics[type];
  if (kind === undefined) throw new Error(`no JSON type for ${type}`);
  return {
    type: kind,
    ...(values === undefined
      ? {}
      : { enum: Object.keys(values).map((key) => (kind === "integer" ? Number(key) : key)) }),
    ...(regex === undefined ? {} : { pattern: regex }),
    ...(maxLength === undefined ? {} : { maxLength }),
    ...(range === undefined ? {} : { minimum: range[0], maximum: range[1] }),
  };
}
