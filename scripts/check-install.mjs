// Checks the package as people install it: npm puts the packed package into an empty project, and it is used from ESM, CommonJS, TypeScript and the command line.
// The tests try the same with linked dependencies (test/package); this asks the registry.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { trials, tryOut, writeConsumer } from "../test/package/consumer.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "watchproof-install-"));
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
try {
  const started = performance.now();
  const tarball = pack();
  writeConsumer(folder);
  npm(["install", "--prefer-offline", "--no-audit", "--no-fund", tarball], folder);
  console.log(`check:install: installed in ${((performance.now() - started) / 1000).toFixed(0)} s`);
  for (const trial of [
    ...trials(version),
    { title: "npx", words: ["npx", "--no-install", "watchproof", "--version"], prints: version },
  ])
    attempt(trial);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

// --ignore-scripts: dist/ is built already, and packing must not build it again.
function pack() {
  // A list or, from newer ones, an object by name.
  const [{ filename }] = Object.values(
    JSON.parse(npm(["pack", "--ignore-scripts", "--json", "--pack-destination", folder], root)),
  );
  return join(folder, filename);
}

function npm(args, cwd) {
  try {
    return execFileSync("npm", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    throw new Error(`npm ${args[0]} failed: ${error.stderr}`);
  }
}

function attempt(trial) {
  try {
    const printed = tryOut(trial, folder);
    if (printed === (trial.prints ?? ""))
      return console.log(`check:install: ${trial.title}: as it should be`);
    console.error(
      `check:install: ${trial.title}: printed ${JSON.stringify(printed)} instead of ${JSON.stringify(trial.prints ?? "")}`,
    );
  } catch (error) {
    console.error(`check:install: ${trial.title}: ${error.stdout ?? ""}${error.stderr ?? error.message}`);
  }
  process.exitCode = 1;
}
