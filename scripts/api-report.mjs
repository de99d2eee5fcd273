// Writes what each entry of the package exports to docs/api/, as its users see it (from dist/, so build first).
// --check: says what is not committed there, and fails. Either way an export without docstring fails.
import { Extractor, ExtractorConfig } from "@microsoft/api-extractor";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const entries = { watchproof: "dist/index.d.ts", "watchproof-plugin": "dist/plugin.d.ts" };
const isCheck = process.argv.includes("--check");

const folder = mkdtempSync(join(tmpdir(), "watchproof-api-"));
try {
  for (const [name, file] of Object.entries(entries)) report(name, join(root, file));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function report(name, entry) {
  const problems = [];
  const text = extract(name, entry, problems);
  const path = `docs/api/${name}.api.md`;
  for (const problem of new Set(problems)) fail(`${name}: ${problem}`);
  if (!isCheck) return writeFileSync(join(root, path), text);
  const committed = existsSync(join(root, path)) ? readFileSync(join(root, path), "utf8") : "";
  if (committed !== text)
    fail(
      `${path} is not what the package exports: look at what \`npm run api\` changes, and commit it if it is meant`,
    );
}

function extract(name, entry, problems) {
  const extractorConfig = ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: join(root, "package.json"),
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: entry,
      compiler: { overrideTsconfig: compiler(entry) },
      apiReport: {
        enabled: true,
        reportFileName: `${name}.api.md`,
        reportFolder: folder,
        reportTempFolder: folder,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      newlineKind: "lf",
      messages: {
        compilerMessageReporting: { default: { logLevel: "none" } },
        extractorMessageReporting: {
          default: { logLevel: "none" },
          "ae-undocumented": { logLevel: "warning" },
          "ae-forgotten-export": { logLevel: "warning" },
        },
        tsdocMessageReporting: { default: { logLevel: "none" } },
      },
    },
  });
  const { succeeded } = Extractor.invoke(extractorConfig, {
    localBuild: true,
    messageCallback: (message) => {
      message.handled = true;
      // A type that a signature names and nobody can import.
      if (message.messageId === "ae-forgotten-export") problems.push(message.text);
    },
  });
  if (!succeeded) problems.push("api-extractor failed");
  const text = readFileSync(join(folder, `${name}.api.md`), "utf8");
  // Members of types that come from a schema may speak for themselves; what is exported may not.
  for (const [, id] of text.matchAll(/^\/\/ @public \(undocumented\)\nexport (?:declare )?\w+ (\w+)/gmu))
    problems.push(`${id} has no docstring`);
  return text;
}

// The declarations alone: they need neither Node's types nor the SDK's.
function compiler(entry) {
  return {
    compilerOptions: {
      target: "ES2023",
      lib: ["ES2023", "DOM"],
      module: "NodeNext",
      moduleResolution: "NodeNext",
      strict: true,
      types: [],
      skipLibCheck: true,
    },
    files: [entry],
  };
}

function fail(message) {
  console.error(`api: ${message}`);
  process.exitCode = 1;
}
