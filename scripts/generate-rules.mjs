// Checks the built-in rules and packs as a person's are checked, and compiles them to JSON: no YAML is parsed at run time.
import { existsSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { findPlugins } from "./generate-builtins.mjs";
import { importSource } from "./import-source.mjs";

/** The built-in rules, sorted by id, and packs. Throws a `RuleError` when one is wrong. */
export async function shippedRules(root) {
  const { loaders, plugins } = await importSource(entryText(root));
  const rules = await loadAll(root, loaders, plugins);
  return { rules: rules.map(({ rule }) => rule), packs: await loadPacks(root, loaders, rules) };
}

/** The text of src/generated/rules.js and of its declarations. Throws a `RuleError` when a rule or pack is wrong. */
export async function compiledRules(root) {
  const { rules, packs } = await shippedRules(root);
  return { js: moduleText(rules, packs), dts: declarations };
}

/** What is wrong in the built-in rules and packs, ready to be printed. */
export class RuleError extends Error {
  name = "RuleError";
}

async function loadAll(root, loaders, plugins) {
  const context = { plugins: { ...plugins, rules: async () => [] } };
  const loaded = existsSync(join(root, "rules"))
    ? await loaders.loadRules([join(root, "rules")], context)
    : { ok: true, value: [] };
  if (!loaded.ok) throw refusal(root, loaders, loaded.diagnostics);
  const misplaced = loaded.value.filter(
    ({ rule, file }) => rule.id !== idOf(relative(join(root, "rules"), file)),
  );
  if (misplaced.length > 0)
    throw refusal(
      root,
      loaders,
      misplaced.map((rule) => notPath(root, rule)),
    );
  return [...loaded.value].sort((a, b) => (a.rule.id < b.rule.id ? -1 : 1));
}

async function loadPacks(root, loaders, rules) {
  const folder = join(root, "rules", "packs");
  const files = existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => file.endsWith(".yaml"))
        .sort()
    : [];
  const context = { plugins: { rules: async () => rules.map(({ rule }) => rule), packs: async () => [] } };
  const loaded = await Promise.all(files.map((file) => loaders.loadPack(join(folder, file), context)));
  const diagnostics = loaded.flatMap((pack, at) =>
    pack.ok ? misnamed(root, pack.value, files[at]) : pack.diagnostics,
  );
  if (diagnostics.length > 0) throw refusal(root, loaders, diagnostics);
  return loaded.map(({ value }) => value.pack);
}

function idOf(path) {
  return path
    .replace(/\.ya?ml$/, "")
    .split(/[\\/]/)
    .join(".");
}

function notPath(root, { rule, file, at }) {
  const id = idOf(relative(join(root, "rules"), file));
  return {
    code: "id-not-path",
    file,
    position: at,
    message: `id: "${rule.id}" is not the file's path`,
    hint: `write "${id}", or move the file`,
  };
}

function misnamed(root, { pack, file, at }, name) {
  return `${pack.id}.yaml` === name
    ? []
    : [
        {
          code: "id-not-path",
          file,
          position: at,
          message: `id: "${pack.id}" is not the file's name`,
          hint: `write "${idOf(name)}", or rename the file`,
        },
      ];
}

function refusal(root, { renderDiagnostics }, diagnostics) {
  const named = diagnostics.map((diagnostic) => ({ ...diagnostic, file: relative(root, diagnostic.file) }));
  return new RuleError(renderDiagnostics(named, { color: false }));
}

function entryText(root) {
  return `
import { loadRules } from "./src/loaders/load-rules.js";
import { loadPack } from "./src/loaders/load-pack.js";
import { renderDiagnostics } from "./src/loaders/diagnostics/render-diagnostics.js";
export const loaders = { loadRules, loadPack, renderDiagnostics };
export const plugins = { evaluators: ${pluginsText(root, "evaluators")}, collectors: ${pluginsText(root, "collectors")} };
`;
}

/** An object literal of the plugins of one kind, each loaded when it is first asked for. */
export function pluginsText(root, kind) {
  const members = findPlugins(root, kind).map(
    ({ key, file, name }) =>
      `${JSON.stringify(key)}: async () => (await import(${JSON.stringify(join(root, "src", kind, `${file}.ts`))})).${name}`,
  );
  return `{ ${members.join(",\n")} }`;
}

// Text that JSON.parse reads starts faster than an object literal, and costs nothing until it is asked for.
function moduleText(rules, packs) {
  return `// Generated from rules/ by \`npm run generate\`. Do not edit.
const rules = ${JSON.stringify(JSON.stringify(rules))};
const packs = ${JSON.stringify(JSON.stringify(packs))};
export const readRules = () => JSON.parse(rules);
export const readPacks = () => JSON.parse(packs);
`;
}

const declarations = `// Generated from rules/ by \`npm run generate\`. Do not edit.
import type { Pack } from "../core/formats/pack.js";
import type { Rule } from "../core/formats/rule.js";

/** The built-in rules, valid, sorted by id. */
export declare const readRules: () => readonly Rule[];
/** The built-in packs, valid, sorted by id. */
export declare const readPacks: () => readonly Pack[];
`;
