// Builds dist/: the library (ESM, unbundled, with types) by tsc; the command line and the GitHub Action (each bundled, split into chunks that load when
// needed) by esbuild.
// --if-stale builds only where something has changed since the last build.
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const stamp = new URL("../dist/.built", import.meta.url);
const sources = [
  "src",
  "rules",
  "schemas",
  "scripts",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
  "tsconfig.build.json",
];
process.chdir(root);

// Node finds the named exports of a CommonJS module that is imported with import(), esbuild gives it a default export only. They are listed for it.
const namesOfLazyCommonJs = {
  name: "names-of-lazy-commonjs",
  setup({ onResolve, onLoad, resolve }) {
    onResolve({ filter: /^[^./]/ }, async ({ path, kind, resolveDir, pluginData }) => {
      if (kind !== "dynamic-import" || path.startsWith("node:") || pluginData === "seen") return undefined;
      const target = await resolve(path, { kind, resolveDir, pluginData: "seen" });
      return target.external || isModule(target.path)
        ? undefined
        : { path: target.path, namespace: "lazy-commonjs" };
    });
    onLoad({ filter: /./, namespace: "lazy-commonjs" }, async ({ path }) => {
      const names = Object.keys(await import(pathToFileURL(path))).filter(
        (name) => /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) && name !== "default",
      );
      const contents = `import all from ${JSON.stringify(path)};\nexport default all;\nexport const { ${names.join(", ")} } = all;\n`;
      return { contents, resolveDir: root };
    });
  },
};

if (process.argv.includes("--if-stale") && isFresh()) process.exit(0);
rmSync("dist", { recursive: true, force: true });
step("generate", () => run(process.execPath, ["scripts/generate.mjs"]));
step("library", () =>
  run(process.execPath, [
    createRequire(import.meta.url).resolve("typescript/bin/tsc"),
    "-p",
    "tsconfig.build.json",
  ]),
);
step("generated modules", copyGenerated);
step("types", dropInnerTypes);
// The handler of Lambda does what the command line does: they share their chunks.
const shared = await bundle(
  "command line, lambda",
  { in: "src/cli/bin.ts", out: "cli/bin" },
  { in: "src/lambda/handler.ts", out: "lambda/index" },
);
writeFileSync("dist/cli/LICENSES.txt", licences(shared));
writeFileSync(
  "dist/lambda/index.d.ts",
  'import type { Handler } from "./events.js";\nexport type * from "./events.js";\nexport declare const handler: Handler;\n',
);
chmodSync("dist/cli/bin.js", 0o755);
writeFileSync(
  "dist/action/LICENSES.txt",
  licences(await bundle("action", { in: "src/action/bin.ts", out: "action/index" })),
);
// Node takes it for ESM wherever the folder stands.
writeFileSync("dist/action/package.json", `${JSON.stringify({ type: "module" })}\n`);
writeFileSync(stamp, "");

function step(name, work) {
  const started = performance.now();
  work();
  console.error(`build: ${name} ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

function run(command, args) {
  try {
    execFileSync(command, args, { stdio: ["ignore", 2, 2] });
  } catch {
    process.exit(1);
  }
}

// tsc reads the generated modules' types, but neither copies them nor their code.
function copyGenerated() {
  mkdirSync("dist/generated", { recursive: true });
  cpSync("src/generated", "dist/generated", { recursive: true });
}

// Types that no exported type leads to are nobody's business, and name what only the build needs (json-schema-to-ts).
function dropInnerTypes() {
  const reached = new Set();
  const visit = (file) => {
    if (reached.has(file)) return;
    reached.add(file);
    for (const [, name] of readFileSync(file, "utf8").matchAll(/(?:from|import\()\s*"(\.[^"]+)\.js"/g))
      visit(join(dirname(file), `${name}.d.ts`));
  };
  for (const entry of ["index.d.ts", "plugin.d.ts", "lambda/events.d.ts"]) visit(join("dist", entry));
  for (const name of readdirSync("dist", { recursive: true }).map(String)) {
    const file = join("dist", name);
    if (name.endsWith(".d.ts") && !reached.has(file)) rmSync(file);
  }
}

function isModule(path) {
  return path.endsWith(".mjs") || /^\s*(?:import|export)\b/mu.test(readFileSync(path, "utf8"));
}

// The chunks of a bundle stand in the folder of its first entry point.
async function bundle(title, ...entryPoints) {
  const started = performance.now();
  const { metafile } = await build({
    entryPoints,
    outdir: "dist",
    chunkNames: `${dirname(entryPoints[0].out)}/chunks/[name]-[hash]`,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    // ESM builds of the SDK are smaller; identifiers stay, because error names are read.
    mainFields: ["module", "main"],
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: "none",
    metafile: true,
    plugins: [namesOfLazyCommonJs],
    logLevel: "warning",
    // CommonJS dependencies ask for Node's modules with require, which ESM does not have.
    banner: {
      js: 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);',
    },
  });
  console.error(`build: ${title} ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return metafile;
}

// What is bundled brings its licence along.
function licences({ inputs }) {
  const folders = new Set(
    Object.keys(inputs)
      .filter((path) => !path.startsWith("lazy-commonjs:"))
      .flatMap((path) => path.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/u) ?? []),
  );
  const parts = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/iu.test(entry));
    return `${name} ${version} (${license})\n\n${file === undefined ? "" : readFileSync(`${folder}/${file}`, "utf8").trim()}\n`;
  });
  return `This bundle contains these packages.\n\n${parts.join(`\n${"-".repeat(80)}\n\n`)}`;
}

function isFresh() {
  if (!existsSync(stamp) || !existsSync("src/generated")) return false;
  const built = statSync(stamp).mtimeMs;
  return sources.filter((path) => existsSync(path)).every((path) => newest(path) <= built);
}

function newest(path) {
  const { mtimeMs } = statSync(path);
  // The generator writes there during a build.
  if (path === "src/generated" || !statSync(path).isDirectory())
    return path === "src/generated" ? 0 : mtimeMs;
  return readdirSync(path).reduce((latest, entry) => Math.max(latest, newest(`${path}/${entry}`)), mtimeMs);
}
