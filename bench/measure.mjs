// Runs a command in a process of its own, several times, and tells what it takes.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const usage = fileURLToPath(new URL("usage.cjs", import.meta.url));

/** One run: `{ exitCode, stdout, stderr, wall, cpu, rss }`; wall and cpu in milliseconds, rss (the peak) in megabytes. */
export async function runOnce(args, { folder, env = {} }) {
  const usageFile = join(folder, "usage.json");
  const started = performance.now();
  const child = spawn(process.execPath, ["--require", usage, ...args], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      AWS_EC2_METADATA_DISABLED: "true",
      BENCH_USAGE_FILE: usageFile,
      ...env,
    },
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => (stdout += chunk));
  child.stderr.on("data", (chunk) => (stderr += chunk));
  const exitCode = await new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
  const wall = performance.now() - started;
  return { exitCode, stdout, stderr, wall, ...JSON.parse(readFileSync(usageFile, "utf8")) };
}

/** The medians of some runs; the first is thrown away, since it fills the disk cache. */
export async function measure(args, { runs = 7, accept = [0], ...options }) {
  const results = [];
  for (let run = 0; run <= runs; run += 1) {
    const result = await runOnce(args, options);
    if (!accept.includes(result.exitCode))
      throw new Error(`${args.join(" ")} ended with ${result.exitCode}: ${result.stderr}`);
    if (run > 0) results.push(result);
  }
  return { wall: median(results, "wall"), cpu: median(results, "cpu"), rss: median(results, "rss") };
}

function median(results, key) {
  const sorted = results.map((result) => result[key]).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
