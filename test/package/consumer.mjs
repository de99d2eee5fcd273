// A project that uses the package: its files, and what is tried in it. The tests try it with linked dependencies, scripts/check-install.mjs with installed ones.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const tsc = join(root, "node_modules/typescript/bin/tsc");

const judge = (names) => `
async function judge() {
  const { builtins, check, decideGate, loadSnapshot, prepareRun, recordedSource, version } = ${names};
  const run = await prepareRun({ packs: ["glacier-monitoring"] });
  const snapshot = await loadSnapshot("account.json");
  if (!run.ok || !snapshot.ok) throw new Error("the pack or the snapshot cannot be loaded");
  const report = await check({ rules: run.value.rules, source: recordedSource(snapshot.value) });
  const gate = decideGate(report, { failOn: "low", allowUnknown: true });
  const markdown = await builtins.reporters.markdown();
  return [version, gate.exitCode, report.findings.length > 0, markdown.render(report, { gate, color: false }).startsWith("# Watchproof")].join(" ");
}
`;

const types = (start) => `${start}
export function openHigh(report: Report): readonly Finding[] {
  const options: GateOptions = { failOn: "high", allowUnknown: false };
  return report.findings.filter((finding) => isOpenFailure(finding, options));
}
// @ts-expect-error: the types are those of the package, not any.
export const wrong: GateOptions = { failOn: "severe", allowUnknown: 1 };
export const exitCode: ExitCode = decideGate({} as Report, { failOn: "low", allowUnknown: false }).exitCode;
export const seen: string = version;
`;
const imported =
  'import { decideGate, isOpenFailure, version } from "watchproof";\nimport type { ExitCode, Finding, GateOptions, Report } from "watchproof";';
const compilerOptions = { strict: true, noEmit: true, target: "es2022", types: [], skipLibCheck: false };
const project = (options, files) =>
  JSON.stringify({ compilerOptions: { ...compilerOptions, ...options }, files });

const files = {
  "package.json": JSON.stringify({ name: "consumer", private: true }),
  "import.mjs": `import * as watchproof from "watchproof";\n${judge("watchproof")}\nconsole.log(await judge());\n`,
  "require.cjs": `const watchproof = require("watchproof");\n${judge("watchproof")}\nconst { title } = require("watchproof/schemas/report.schema.json");\nif (typeof title !== "string" || require("watchproof/package.json").name !== "watchproof") throw new Error("schemas and package.json cannot be required");\njudge().then(console.log);\n`,
  "esm.mts": types(imported),
  "commonjs.cts": types(imported),
  "bundled.ts": types(imported),
  "tsconfig.node16.json": project({ module: "node16", moduleResolution: "node16" }, ["esm.mts"]),
  "tsconfig.nodenext.json": project({ module: "nodenext", moduleResolution: "nodenext" }, [
    "esm.mts",
    "commonjs.cts",
  ]),
  "tsconfig.bundler.json": project({ module: "esnext", moduleResolution: "bundler" }, ["bundled.ts"]),
};

/** Writes the project into a folder, beside the package that is or will be in its node_modules. */
export function writeConsumer(folder) {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  cpSync(join(root, "examples/account/snapshot.json"), join(folder, "account.json"));
}

/** What is tried: a command, and what it must print, if that matters. `version` is the package's. */
export function trials(version) {
  const node = (...args) => [process.execPath, ...args];
  const command = [join("node_modules", ".bin", "watchproof")];
  return [
    { title: "import", words: node("import.mjs"), prints: `${version} 1 true true` },
    { title: "require", words: node("require.cjs"), prints: `${version} 1 true true` },
    { title: "types, module node16", words: node(tsc, "-p", "tsconfig.node16.json") },
    { title: "types, module nodenext, ESM and CommonJS", words: node(tsc, "-p", "tsconfig.nodenext.json") },
    { title: "types, bundler", words: node(tsc, "-p", "tsconfig.bundler.json") },
    { title: "the command's version", words: [...command, "--version"], prints: version },
    {
      title: "the command, on a snapshot",
      words: [
        ...command,
        "check",
        "--snapshot",
        "account.json",
        "--max-fail",
        "1000",
        "--allow-unknown",
        "--format",
        "json=report.json",
      ],
      prints: "",
    },
  ];
}

/** Runs a trial in the project, and says what it printed. @throws with its output where it fails */
export function tryOut({ words: [file, ...args] }, folder) {
  // Without AWS_EC2_METADATA_DISABLED the SDK would look for credentials on the network.
  const env = {
    PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
    HOME: folder,
    AWS_EC2_METADATA_DISABLED: "true",
    NO_COLOR: "1",
  };
  return execFileSync(file, args, {
    cwd: folder,
    env,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  }).trim();
}
