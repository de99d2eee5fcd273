// Checks the package as people get it: packed, unpacked, linted, imported and run.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const bin = (name) => join(root, "node_modules", ".bin", name);
const folder = mkdtempSync(join(tmpdir(), "watchproof-package-"));
try {
  const tarball = pack();
  run(bin("publint"), ["run", tarball, "--strict"]);
  run(bin("attw"), [tarball, "--profile", "esm-only", "--no-definitely-typed", "--format", "ascii"]);
  const unpacked = unpack(tarball);
  checkFiles(unpacked);
  checkImports(unpacked);
  checkRuns(unpacked);
  console.log("check:package: the packed package can be imported and run");
} finally {
  rmSync(folder, { recursive: true, force: true });
}

// --ignore-scripts: dist/ is built already, and packing must not build it again.
function pack() {
  const text = execFileSync("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", folder], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  const answer = JSON.parse(text);
  const [{ filename, unpackedSize }] = Array.isArray(answer) ? answer : Object.values(answer);
  console.log(`check:package: ${filename}, ${(unpackedSize / 1e6).toFixed(1)} MB unpacked`);
  return join(folder, filename);
}

function unpack(tarball) {
  run("tar", ["-xzf", tarball, "-C", folder]);
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  return join(folder, "package");
}

function checkFiles(unpacked) {
  const shipped = readdirSync(unpacked).sort();
  const wanted = ["CHANGELOG.md", "LICENSE", "README.md", "dist", "package.json", "rules", "schemas"];
  if (JSON.stringify(shipped) !== JSON.stringify(wanted))
    fail(`the package holds ${shipped.join(", ")}; it should hold ${wanted.join(", ")}`);
}

// A consumer has the dependencies, and nothing else: neither code nor types may name more.
function checkImports(unpacked) {
  const { name, dependencies } = JSON.parse(readFileSync(join(unpacked, "package.json"), "utf8"));
  const known = new Set([name, ...Object.keys(dependencies), ...builtinModules]);
  const files = readdirSync(join(unpacked, "dist"), { recursive: true }).map(String);
  for (const file of files.filter((path) => /\.(?:js|d\.ts)$/u.test(path) && !path.startsWith("cli"))) {
    const text = readFileSync(join(unpacked, "dist", file), "utf8");
    for (const [, statement, effect, lazy] of text.matchAll(
      /^(?:import|export)\b[^;"']*?\bfrom\s*["']([^."'][^"']*)["']|^import\s*["']([^."'][^"']*)["']|\bimport\(["']([^."'][^"']*)["']\)/gmu,
    )) {
      const specifier = statement ?? effect ?? lazy;
      const module = specifier.replace(/^node:/u, "").match(/^(?:@[^/]+\/)?[^/]+/u)?.[0];
      if (!known.has(module)) fail(`dist/${file} names ${specifier}, which is no dependency`);
    }
  }
}

function checkRuns(unpacked) {
  const { version } = JSON.parse(readFileSync(join(unpacked, "package.json"), "utf8"));
  const said = execFileSync(process.execPath, [join(unpacked, "dist/cli/bin.js"), "--version"], {
    encoding: "utf8",
  }).trim();
  if (said !== version) fail(`--version says ${said}; package.json says ${version}`);
  writeFileSync(
    join(unpacked, "try.mjs"),
    'const names = Object.keys(await import("watchproof")); if (names.length === 0) throw new Error("nothing is exported");\n',
  );
  run(process.execPath, [join(unpacked, "try.mjs")]);
}

function run(command, args) {
  try {
    execFileSync(command, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
  } catch {
    fail(`${command} ${args.join(" ")} failed`);
  }
}

function fail(message) {
  rmSync(folder, { recursive: true, force: true });
  console.error(`check:package: ${message}`);
  process.exit(1);
}
