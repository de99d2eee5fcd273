// Writes src/run/builtins.ts: the list of everything that ships, found by looking, loaded only when asked for.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const kinds = [
  { folder: "evaluators", define: "defineEvaluator", key: "id", named: true },
  { folder: "collectors", define: "(?:defineCollector|declared)", key: "type", named: false },
  { folder: "reporters", define: "defineReporter", key: "id", named: true },
];

/** What ships of one kind, sorted by key: its file below src/<folder>/, its export, its key, the name of its page. */
export function findPlugins(root, folder) {
  const { define, key, named } = kinds.find((kind) => kind.folder === folder);
  const path = join(root, "src", folder);
  const found = sourceFiles(path).flatMap((file) =>
    scan(readFileSync(join(path, `${file}.ts`), "utf8"), { define, key }).map((plugin) => ({
      file,
      page: named ? plugin.key : hyphenated(file),
      ...plugin,
    })),
  );
  const misnamed = (named ? found : []).find((plugin) => !namesOf(plugin.file).includes(plugin.key));
  if (misnamed !== undefined)
    throw new Error(`src/${folder}/${misnamed.file}.ts: the id "${misnamed.key}" is not the file's name`);
  return found
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map((plugin, at, all) => unique(plugin, all[at - 1], folder));
}

/** Every TypeScript file below a folder, without its ending, with slashes. */
function sourceFiles(path) {
  if (!existsSync(path)) return [];
  return readdirSync(path, { recursive: true })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"))
    .map((file) => file.replace(/\.ts$/, ""))
    .sort();
}

// alarm/covers.ts may hold "covers" or "alarm-covers".
function namesOf(file) {
  return [file.split("/").at(-1), hyphenated(file)];
}

function hyphenated(file) {
  return file.replaceAll("/", "-");
}

function scan(text, { define, key }) {
  const declaration = new RegExp(`^export const (\\w+)[^=]*?=\\s+${define}(?:<[^(]*>)?\\(\\s*\\{`, "gm");
  return [...text.matchAll(declaration)].map((match) => ({
    name: match[1],
    key: memberText(text.slice(match.index + match[0].length), key, match[1]),
  }));
}

function memberText(body, key, name) {
  const found = new RegExp(`(?:^|[\\s,{])${key}: "([^"]+)"`).exec(body);
  if (found === null) throw new Error(`${name}: write its ${key} as a literal text`);
  return found[1];
}

function unique(plugin, before, folder) {
  if (before?.key === plugin.key)
    throw new Error(`src/${folder}: ${before.file}.ts and ${plugin.file}.ts both declare "${plugin.key}"`);
  return plugin;
}

/** The text of src/run/builtins.ts. */
export function builtinsText(root) {
  const lists = kinds.map(({ folder }) =>
    `  ${folder}: {\n${findPlugins(root, folder)
      .map((plugin) => entry(folder, plugin))
      .join("")}  },\n`.replace("{\n  }", "{}"),
  );
  return `// Generated from src/evaluators, src/collectors and src/reporters by \`npm run generate\`. Do not edit.
import type { Plugins } from "../core/plugins.js";

/** Everything that ships, each piece loaded when it is first asked for. */
export const builtins: Plugins = {
${lists.join("")}  rules: async () => (await import("../generated/rules.js")).readRules(),
  packs: async () => (await import("../generated/rules.js")).readPacks(),
};
`;
}

function entry(folder, { key, file, name }) {
  const label = /^[a-z]\w*$/.test(key) ? key : JSON.stringify(key);
  return `    ${label}: async () => (await import("../${folder}/${file}.js")).${name},\n`;
}
