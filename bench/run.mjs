#!/usr/bin/env node
// Prints what the built command takes, beside its budgets. Run `npm run build` first.
//   node bench/run.mjs [budgets] [install] [calls] [adversaries] [audit] [--runs 7] [--accounts 100,300,1000]
// Default: all but adversaries, and audit, which takes ten minutes.
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { adversaries } from "./adversaries.mjs";
import { liveAudit, manyAccounts } from "./audits.mjs";
import { dependencies, packed } from "./install-size.mjs";
import { measure, runOnce } from "./measure.mjs";
import { midSizeAccount } from "./mid-size-account.mjs";
import { VERDICTS, bin, environment, withEndpoint } from "./simulated.mjs";
import { fact, row, table } from "./table.mjs";

const LATENCY = 60;
const text = { type: "string" };
const { values, positionals } = parseArgs({
  options: { runs: { ...text, default: "7" }, accounts: { ...text, default: "100,300,1000" } },
  allowPositionals: true,
});
const runs = Number(values.runs);
const sizes = values.accounts.split(",").map(Number);
const parts = { budgets, install, calls, adversaries: held, audit };
const chosen = positionals.length > 0 ? positionals : ["budgets", "install", "calls"];
const unknown = positionals.find((name) => !Object.hasOwn(parts, name));

if (!existsSync(bin)) {
  console.error(`${bin} does not exist: npm run build makes it`);
  process.exit(2);
}
if (unknown !== undefined) {
  console.error(
    `${unknown} is no part of the bench: known are ${Object.keys(parts).join(", ")}; default: budgets, install and calls`,
  );
  process.exit(2);
}
const folder = await mkdtemp(join(tmpdir(), "watchproof-bench-"));
try {
  for (const name of chosen) await parts[name]();
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function budgets() {
  table("Budgets", [
    ...(await startUp()),
    ...(await recorded(await builtInRules())),
    ...(await coldRule()),
    ...(await live()),
  ]);
}

function install() {
  table("Install", installRows());
}

async function calls() {
  table("Calls of each rule alone (account tricky, 17 regions)", await callsPerRule(await builtInRules()));
}

async function audit() {
  table(
    "Audits: recorded accounts, varied, 8 at a time, all built-in rules",
    await manyAccounts({ folder, sizes }),
  );
  table(
    `Audits: 40 live accounts, ${LATENCY} ms latency, beside the longest of them alone`,
    await liveAudit({ folder, latency: LATENCY }),
  );
}

async function held() {
  const judge = async (snapshot) => {
    await writeFile(join(folder, "held.json"), JSON.stringify(snapshot));
    const args = [bin, "check", "--snapshot", "held.json", "--format", "json"];
    return measure(args, { folder, runs: 1, accept: [0, 1, 3] });
  };
  const plain = await judge(midSizeAccount());
  const rows = [];
  for (const [what, make] of Object.entries(adversaries)) {
    const { cpu, rss } = await judge(make());
    rows.push(row(what, cpu - plain.cpu, "ms CPU", 2_000), row("  memory", rss - plain.rss, "MB", 50));
  }
  table("Adversaries: what each costs beyond the mid-size account", rows);
}

async function builtInRules() {
  const { stdout } = await runOnce([bin, "list", "rules", "--format", "json"], { folder });
  return JSON.parse(stdout).map(({ id }) => id);
}

async function startUp() {
  const bare = await measure(["-e", ""], { folder, runs });
  const version = await measure([bin, "--version"], { folder, runs });
  return [
    row("--version, CPU beyond bare node", version.cpu - bare.cpu, "ms", 15),
    fact("bare node, CPU", bare.cpu, "ms"),
  ];
}

async function recorded(rules) {
  await writeFile(join(folder, "account.json"), JSON.stringify(midSizeAccount()));
  const { wall, rss, cpu } = await measure([bin, "check", "--snapshot", "account.json", "--format", "json"], {
    folder,
    runs,
    accept: VERDICTS,
  });
  const what = `check --snapshot, ${rules.length} rules, 1,000 alarms, 1,000 log groups, 200 buckets`;
  return [
    row(`${what}: wall`, wall, "ms", 300),
    row("  peak memory", rss, "MB", 100),
    fact("  CPU", cpu, "ms"),
  ];
}

async function coldRule() {
  return withEndpoint({}, async (endpoint) => {
    const args = [bin, "check", "--rule", "cloudtrail.glacier-events", "--format", "json"];
    const { cpu, rss } = await measure(args, { folder, runs, accept: VERDICTS, env: environment(endpoint) });
    return [row("one rule live, cold: CPU", cpu, "ms", 400), row("  peak memory", rss, "MB", 100)];
  });
}

async function live() {
  return withEndpoint({ latency: LATENCY }, async (endpoint) => {
    const { wall } = await runOnce([bin, "check", "--format", "json"], {
      folder,
      env: environment(endpoint),
    });
    const { total, repeated, missed, wallMs, maxInFlight } = endpoint.stats();
    const chain = dependentChain(endpoint.calls());
    return [
      row(
        `live, all rules, ${LATENCY} ms latency: first request to last answer`,
        wallMs,
        "ms",
        1.5 * LATENCY * chain.length,
      ),
      fact(`  longest chain of dependent calls: ${chain[0]} → … → ${chain.at(-1)}`, chain.length, "calls"),
      fact("  the whole command, wall", wall, "ms"),
      fact("  calls made", total, "calls"),
      row("  calls made twice", repeated, "calls", 0),
      fact("  calls in flight at most", maxInFlight, "calls"),
      row("  calls that the recording could not answer", missed, "calls", 0),
    ];
  });
}

function installRows() {
  const { files, packedBytes, unpackedBytes } = packed();
  const { direct, all, bytes } = dependencies();
  return [
    fact("the package: download", packedBytes / 1e3, "kB"),
    fact("  unpacked", unpackedBytes / 1e3, "kB"),
    fact("  files", files, "files"),
    fact("dependencies that package.json names", direct, "packages"),
    fact("  with theirs", all, "packages"),
    fact("  unpacked", bytes / 1e3, "kB"),
    fact("node_modules after an install", (unpackedBytes + bytes) / 1e3, "kB"),
  ];
}

async function callsPerRule(rules) {
  return withEndpoint({}, async (endpoint) => {
    const rows = [];
    for (const rule of rules) {
      endpoint.reset();
      await runOnce([bin, "check", "--rule", rule, "--format", "json"], {
        folder,
        env: environment(endpoint),
      });
      const { total, repeated, byOperation } = endpoint.stats();
      const operations = Object.entries(byOperation)
        .sort()
        .map(([operation, times]) => `${operation} ${times}`)
        .join(", ");
      rows.push({ rule, calls: total, twice: repeated, operations });
    }
    return rows;
  });
}

/**
 * The longest row of operations of which each was first asked after the one before had first been answered. Where
 * nothing makes calls wait for each other but their inputs, that is the longest chain of dependent calls.
 */
function dependentChain(calls) {
  const first = new Map();
  for (const { operation, from, to } of calls)
    if (!first.has(operation) || from < first.get(operation).from)
      first.set(operation, { operation, from, to });
  const byEnd = [...first.values()].sort((a, b) => a.to - b.to);
  const chain = [];
  for (const call of byEnd) if (chain.length === 0 || call.from >= chain.at(-1).to) chain.push(call);
  return chain.map(({ operation }) => operation);
}
