// Writes src/core/formats/: the TypeScript types of each schemas/*.schema.json, all members readonly.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { compile } from "json-schema-to-typescript";
import ts from "typescript";
import { readSchema, schemaNames } from "./schema-files.mjs";

const folder = "src/core/formats";

/** The files of src/core/formats: path → text, undefined for one whose schema has gone. */
export async function formatTypes(root) {
  const names = schemaNames(root);
  const written = await Promise.all(
    names.map(async (name) => [`${folder}/${name}.ts`, await typesOf(root, name)]),
  );
  return { ...goneFrom(root, names), ...Object.fromEntries(written) };
}

function goneFrom(root, names) {
  const present = existsSync(join(root, folder)) ? readdirSync(join(root, folder)) : [];
  const gone = present.filter((file) => !names.includes(file.replace(/\.ts$/u, "")));
  return Object.fromEntries(gone.map((file) => [`${folder}/${file}`, undefined]));
}

async function typesOf(root, name) {
  const schema = readSchema(root, name, typed);
  const text = await compile(schema, schema.title, {
    bannerComment: "",
    additionalProperties: false,
    ignoreMinAndMaxItems: true,
    style: { printWidth: 110 },
  });
  const types = shortComments(readonlyMembers(text)).trim();
  return `${bannerOf(name)}${importsOf(types)}\n${types}\n`;
}

function bannerOf(name) {
  return `// Generated from the schema of ${name}, in schemas/, by \`npm run generate\`. Do not edit.\n`;
}

function importsOf(types) {
  const used = ["JsonObject", "JsonValue"].filter((type) => new RegExp(`\\b${type}\\b`, "u").test(types));
  return used.length === 0 ? "" : `import type { ${used.join(", ")} } from "../json.js";\n`;
}

function shortComments(text) {
  return text.replace(/^( *)\/\*\*\n *\* (.*)\n *\*\/$/gmu, (whole, indent, words) => {
    const line = `${indent}/** ${words} */`;
    return line.length <= 110 ? line : whole;
  });
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
