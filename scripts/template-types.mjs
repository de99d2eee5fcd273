// Writes src/loaders/template-types.json: of the types that mappings know, what a changed property replaces, and which properties are
// booleans, numbers and texts. Run it when a mapping is new, with the folder of @aws-cdk/aws-service-spec installed
// (`npm install --prefix DIR @aws-cdk/aws-service-spec`):
//   node scripts/template-types.mjs DIR
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const folder = process.argv[2];
const require = createRequire(join(folder, "package.json"));
const { loadAwsServiceSpec } = require("@aws-cdk/aws-service-spec");
const db = await loadAwsServiceSpec();

const sources = ["src/mappings", "src/collectors"].flatMap((from) =>
  readdirSync(join(root, from), { recursive: true })
    .filter((file) => file.endsWith(".ts") && !file.includes("identities") && !file.startsWith("terraform"))
    .map((file) => readFileSync(join(root, from, file), "utf8")),
);
const types = new Set(sources.flatMap((text) => text.match(/AWS::\w+::\w+/gu) ?? []));

const plain = {
  boolean: "boolean",
  number: "number",
  integer: "number",
  string: "text",
  "date-time": "text",
};

function kindOf(type, seen) {
  if (Object.hasOwn(plain, type.type)) return plain[type.type];
  if (type.type === "array") return listOf(kindOf(type.element, seen));
  // A union of one shape and of texts, as policies are, is whatever stands there.
  if (type.type !== "ref" || seen.includes(type.reference.$ref)) return undefined;
  const { properties } = db.get("typeDefinition", type.reference.$ref);
  return membersOf(properties, [...seen, type.reference.$ref]);
}

const listOf = (kind) => (kind === undefined ? undefined : [kind]);

function membersOf(properties, seen = []) {
  const kinds = Object.entries(properties)
    .map(([name, { type }]) => [name, kindOf(type, seen)])
    .filter(([, kind]) => kind !== undefined);
  return kinds.length === 0 ? undefined : Object.fromEntries(kinds.sort(([a], [b]) => (a < b ? -1 : 1)));
}

const entries = db
  .all("resource")
  .filter(({ cloudFormationType }) => types.has(cloudFormationType))
  .map(({ cloudFormationType, properties }) => {
    const replaces = Object.entries(properties).filter(
      ([, { causesReplacement }]) => causesReplacement === "yes",
    );
    return [
      cloudFormationType,
      { fixed: replaces.map(([name]) => name).sort(), kinds: membersOf(properties) ?? {} },
    ];
  })
  .sort(([a], [b]) => (a < b ? -1 : 1));
const lines = entries.map(([type, known]) => `${JSON.stringify(type)}:${JSON.stringify(known)}`);
writeFileSync(join(root, "src/loaders/template-types.json"), `{\n${lines.join(",\n")}\n}\n`);
