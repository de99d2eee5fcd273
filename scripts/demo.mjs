// `npm start`: judges a recorded example account. A demonstration, so it exits 0 and says what a gate would have exited with.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const [snapshot] = readdirSync("examples", { recursive: true })
  .map(String)
  .filter((path) => path.endsWith("snapshot.json"))
  .sort();
if (!existsSync("dist/cli/bin.js")) fail("there is no build; run npm ci, or npm run build");
if (snapshot === undefined) fail("examples/ holds no snapshot.json");

const args = [
  "check",
  "--snapshot",
  `examples/${snapshot}`,
  "--config",
  `examples/${snapshot.replace("snapshot.json", "watchproof.yaml")}`,
  ...process.argv.slice(2),
];
console.log(`$ watchproof ${args.join(" ")}\n`);
const { status } = spawnSync(process.execPath, ["dist/cli/bin.js", ...args], {
  stdio: ["ignore", "inherit", "inherit"],
});
if (status !== 0 && status !== 1 && status !== 3)
  fail(`the demonstration itself did not run (exit code ${status})`);
console.log(
  `\nThis was a demonstration on a recorded account, so it exits 0. In a build, the gate would have exited with ${status}: ${meaning(status)}.`,
);

function meaning(code) {
  return { 0: "clean", 1: "there are open failures", 3: "something could not be judged" }[code];
}

function fail(message) {
  console.error(`demo: ${message}`);
  process.exit(2);
}
