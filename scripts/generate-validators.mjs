// Compiles schemas/*.schema.json to src/generated/validators.js: plain functions that need nothing of ajv at run time.
import { createRequire } from "node:module";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import standaloneCode from "ajv/dist/standalone/index.js";
import { build } from "esbuild";
import { readSchema, schemaNames } from "./schema-files.mjs";

// What a program writes is told by its first fault; what a person writes, by all of them.
const written = ["rule", "pack", "config", "cases", "waivers"];

/** The text of src/generated/validators.js and of its declarations. */
export async function validators(root) {
  const schemas = Object.fromEntries(schemaNames(root).map((name) => [name, readSchema(root, name)]));
  const code = Object.entries(schemas).map(([name, schema]) => [
    name,
    validatorCode(schema, written.includes(name)),
  ]);
  return { js: await bundle(code), dts: declarations(schemas) };
}

function validatorCode(schema, allErrors) {
  const ajv = new Ajv2020({
    allErrors,
    verbose: true,
    strict: true,
    strictRequired: false,
    code: { source: true, esm: true },
  });
  addFormats.default(ajv, ["date-time"]);
  const toCode = standaloneCode.default ?? standaloneCode;
  return toCode(ajv, ajv.compile(schema));
}

// ajv's code requires small pieces of ajv; esbuild takes them in, and everything is one file.
async function bundle(code) {
  const texts = new Map(code);
  const entry = [...texts.keys()]
    .map((name) => `import { validate as ${name} } from "validator:${name}";`)
    .join("\n");
  const result = await build({
    stdin: {
      contents: `${entry}\nexport const validators = { ${[...texts.keys()].join(", ")} };`,
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    write: false,
    format: "esm",
    platform: "neutral",
    mainFields: ["main"],
    minify: true,
    legalComments: "none",
    plugins: [{ name: "validators", setup: (it) => provide(it, texts) }],
  });
  return `// Generated from schemas/*.schema.json by \`npm run generate\`. Do not edit.\n${result.outputFiles[0].text}`;
}

function provide(it, texts) {
  const require = createRequire(import.meta.url);
  it.onResolve({ filter: /^validator:/ }, ({ path }) => ({
    path: path.slice("validator:".length),
    namespace: "validator",
  }));
  it.onResolve({ filter: /^ajv/, namespace: "validator" }, ({ path }) => ({ path: require.resolve(path) }));
  it.onLoad({ filter: /.*/, namespace: "validator" }, ({ path }) => ({
    contents: texts.get(path),
    resolveDir: import.meta.dirname,
  }));
}

function declarations(schemas) {
  const names = Object.keys(schemas).map((name) => [name, schemas[name].title]);
  const imports = names.map(([name, title]) => `import type { ${title} } from "../core/formats/${name}.js";`);
  return `// Generated from schemas/*.schema.json by \`npm run generate\`. Do not edit.
${imports.join("\n")}
import type { SchemaError } from "../loaders/diagnostics/schema-error.js";

/** Checks data against a format; after false, \`errors\` says why. */
type Validator<T> = { (data: unknown): data is T; readonly errors?: readonly SchemaError[] | null };

/** A validator for each format. */
export declare const validators: {
${names.map(([name, title]) => `  readonly ${name}: Validator<${title}>;`).join("\n")}
};
`;
}
