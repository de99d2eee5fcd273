// Writes every generated file: types, validators, the lists of what ships, the compiled built-in rules, the published schemas, the
// documentation of what ships. With --check it writes nothing and fails when a committed one is stale.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { format } from "prettier";
import { builtinsText } from "./generate-builtins.mjs";
import { deployment } from "./generate-deploy.mjs";
import { documentation } from "./generate-docs.mjs";
import { operationsModule } from "./generate-operations.mjs";
import { declaredTypesPage, mappingsText, observedText } from "./generate-mappings.mjs";
import { pageModule } from "./generate-page.mjs";
import { RuleError, compiledRules, pluginsText, shippedRules } from "./generate-rules.mjs";
import { publishedSchemas } from "./generate-schemas.mjs";
import { formatTypes } from "./generate-types.mjs";
import { shapesModule, templateTypesModule } from "./generate-shapes.mjs";
import { validators } from "./generate-validators.mjs";
import { workerModule } from "./generate-worker.mjs";
import { importSource } from "./import-source.mjs";

/** The committed generated files that code is made of: path → text, undefined for one that must go. */
async function committed(root) {
  const code = {
    ...(await formatTypes(root)),
    "src/run/builtins.ts": builtinsText(root),
    "src/mappings/list.ts": mappingsText(root),
  };
  const written = Object.entries(code).map(async ([path, text]) => [path, await formatted(path, text)]);
  return Object.fromEntries(await Promise.all(written));
}

function formatted(filepath, text) {
  return text === undefined ? text : format(text, { printWidth: 110, filepath });
}

/** The committed generated files that are made of the code, and tell of it: path → text, undefined for one that must go. */
async function told(root) {
  const shipped = await shippedRules(root);
  const { plugins, ...tools } = await importSource(toolsText(root));
  const ids = Object.keys(plugins.evaluators).sort();
  const evaluators = await Promise.all(
    ids.map(async (id) => ({ id, options: (await plugins.evaluators[id]()).options })),
  );
  const extra = {
    "docs/declared-types.md": await formatted(
      "declared-types.md",
      await declaredTypesPage(plugins.collectors, {
        undeclared: tools.UNDECLARED,
        terraform: tools.TERRAFORM_TYPES,
        attachments: tools.ATTACHMENTS,
      }),
    ),
  };
  return {
    ...publishedSchemas(root, { evaluators, rules: shipped.rules }),
    ...(await documentation(root, { ...shipped, plugins, tools, extra })),
    ...(await deployment(shipped)),
    "src/mappings/observed.ts": await formatted("observed.ts", await observedText(plugins.collectors)),
  };
}

function toolsText(root) {
  return `
export { explainRule } from "./src/explain/explain-rule.js";
export { describeOptions } from "./src/explain/options.js";
export { TERRAFORM_TYPES } from "./src/mappings/terraform-types.js";
export { oftenText } from "./src/sources/planned-call-text.js";
export { UNDECLARED } from "./src/mappings/undeclared.js";
export { ATTACHMENTS } from "./src/mappings/list.js";
export { actionsOf } from "./src/sources/planned-calls.js";
export const plugins = { ${["evaluators", "collectors", "reporters"].map((kind) => `${kind}: ${pluginsText(root, kind)}`).join(",\n")} };
`;
}

/** The committed generated files that are stale. */
export async function staleFiles(root) {
  const isStale = (texts) => Object.keys(texts).filter((path) => read(join(root, path)) !== texts[path]);
  return [...isStale(await committed(root)), ...isStale(await told(root)).sort(byFolder)];
}

function byFolder(a, b) {
  const rank = (path) => (path.startsWith("schemas/") ? 0 : 1);
  return rank(a) - rank(b) || (a < b ? -1 : 1);
}

/** Writes every generated file that has changed. Rules are checked by code that needs the validators; what tells of the code comes last. */
export async function generate(root) {
  const [texts, checks, worker, page] = await Promise.all([
    committed(root),
    validators(root),
    workerModule(root),
    pageModule(root),
  ]);
  for (const [path, text] of Object.entries(texts)) write(join(root, path), text);
  write(join(root, "src/generated/validators.js"), checks.js);
  write(join(root, "src/generated/validators.d.ts"), checks.dts);
  write(join(root, "src/generated/plugin-worker.js"), worker.js);
  write(join(root, "src/generated/plugin-worker.d.ts"), worker.dts);
  write(join(root, "src/generated/report-page.js"), page.js);
  write(join(root, "src/generated/report-page.d.ts"), page.dts);
  const shapes = shapesModule(root);
  write(join(root, "src/generated/property-shapes.js"), shapes.js);
  write(join(root, "src/generated/property-shapes.d.ts"), shapes.dts);
  const types = templateTypesModule(root);
  write(join(root, "src/generated/template-types.js"), types.js);
  write(join(root, "src/generated/template-types.d.ts"), types.dts);
  const operations = operationsModule(root);
  write(join(root, "src/generated/operations.js"), operations.js);
  write(join(root, "src/generated/operations.d.ts"), operations.dts);
  const rules = await compiledRules(root);
  write(join(root, "src/generated/rules.js"), rules.js);
  write(join(root, "src/generated/rules.d.ts"), rules.dts);
  for (const [path, text] of Object.entries(await told(root))) write(join(root, path), text);
}

function read(path) {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

// By way of a rename, so that nobody who reads meanwhile sees half a file.
function write(path, text) {
  if (read(path) === text) return;
  if (text === undefined) return rmSync(path);
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.tmp`;
  writeFileSync(draft, text);
  renameSync(draft, path);
}

async function main(root, isCheck) {
  if (!isCheck) return await generate(root);
  const stale = await staleFiles(root);
  if (stale.length === 0) return undefined;
  console.error(`stale: ${stale.join(", ")}; run \`npm run generate\``);
  process.exitCode = 1;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(join(import.meta.dirname, ".."), process.argv.includes("--check")).catch((error) => {
    // A wrong rule is its author's business, a broken generator ours.
    if (!(error instanceof RuleError)) throw error;
    process.stderr.write(error.message);
    process.exitCode = 1;
  });
}
