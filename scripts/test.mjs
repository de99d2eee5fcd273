// npm test [-- WORDS]: builds what is stale, and runs the tests; words are vitest's, and --slowest lists the files that took longest.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const given = process.argv.slice(2);
const words = given.filter((word) => word !== "--slowest");
const listing =
  words.length === given.length ? [] : ["--reporter=default", "--reporter=./scripts/slowest-tests.mjs"];

run("scripts/build.mjs", "--if-stale");
run("node_modules/vitest/vitest.mjs", "run", ...listing, ...words);

function run(script, ...args) {
  const { status } = spawnSync(process.execPath, [join(root, script), ...args], {
    cwd: root,
    stdio: "inherit",
  });
  if (status !== 0) process.exit(status ?? 1);
}
