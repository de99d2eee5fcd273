// Writes src/core/formats.ts: the TypeScript types of schemas/*.schema.json, all members readonly.
import { compile } from "json-schema-to-typescript";
import ts from "typescript";
import { readSchema, schemaNames } from "./schema-files.mjs";

const banner =
  '// Generated from schemas/*.schema.json by `npm run generate`. Do not edit.\nimport type { JsonObject, JsonValue } from "./json.js";\n';

/** The text of src/core/formats.ts. */
export async function formatTypes(root) {
  const parts = [];
  for (const name of schemaNames(root)) parts.push(await typesOf(root, name));
  return `${banner}\n${parts.join("\n").trim()}\n`;
}

async function typesOf(root, name) {
  const schema = readSchema(root, name, typed);
  const text = await compile(schema, schema.title, {
    bannerComment: "",
    additionalProperties: false,
    ignoreMinAndMaxItems: true,
    style: { printWidth: 120 },
  });
  return readonlyMembers(text);
}

// Conditions say nothing that a type could hold, but for a choice between two forms; free-form members are JSON.
const conditional = ["if", "then", "else", "anyOf"];
function typed(key, value) {
  if (value?.then && value.else && !value.type)
    return { description: value.description, oneOf: [value.then, value.else] };
  if (key === "value" && value && !value.type) return { ...value, tsType: "JsonValue" };
  if (value === null || typeof value !== "object" || Array.isArray(value) || typeof value.type !== "string")
    return value;
  if (value.type !== "object") return value;
  const free =
    value.additionalProperties === true || (!value.properties && value.additionalProperties === undefined);
  return free
    ? { ...value, tsType: "JsonObject" }
    : Object.fromEntries(Object.entries(value).filter(([keyword]) => !conditional.includes(keyword)));
}

function readonlyMembers(text) {
  const file = ts.createSourceFile("formats.ts", text, ts.ScriptTarget.Latest, true);
  const inserts = [];
  const visit = (node) => {
    if ((ts.isPropertySignature(node) || ts.isIndexSignatureDeclaration(node)) && !node.modifiers?.length)
      inserts.push(node.getStart());
    if (ts.isArrayTypeNode(node) || ts.isTupleTypeNode(node)) inserts.push(node.getStart());
    ts.forEachChild(node, visit);
  };
  visit(file);
  return inserts
    .sort((a, b) => b - a)
    .reduce((result, at) => `${result.slice(0, at)}readonly ${result.slice(at)}`, text);
}
