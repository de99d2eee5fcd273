// What audits take: many recorded accounts judged and merged; and 40 live accounts beside the longest of them alone.
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runOnce } from "./measure.mjs";
import { RECORDED, VERDICTS, bin, environment, withEndpoint } from "./simulated.mjs";
import { accountId } from "./vary-account.mjs";

const child = fileURLToPath(new URL("judge-accounts.mjs", import.meta.url));
const LIVE = 40;
// What is judged live: a rule that asks little, then a service's pack, then all that ships.
const SELECTIONS = {
  "cloudtrail.any-trail-logging": ["--rule", "cloudtrail.any-trail-logging"],
  "all built-in rules": [],
};

/** A row for each size, each from a process of its own, and what the largest takes beside the smallest. */
export async function manyAccounts({ folder, sizes }) {
  const snapshots = await recordSnapshots(folder);
  const runs = [];
  for (const size of sizes) runs.push({ size, ...(await judged(size, { folder, snapshots })) });
  const [first, last] = [runs[0], runs.at(-1)];
  const columns = {
    "accounts per second": ({ size, begun, ended }) => size / ((ended.wall - begun.wall) / 1e3),
    "CPU an account: judged, ms": ({ size, begun, judged: done }) => (done.cpu - begun.cpu) / size,
    "merged, ms": ({ size, judged: done, ended }) => (ended.cpu - done.cpu) / size,
    "peak memory: judged, MB": ({ judged: done }) => done.peak,
    "merged, MB": ({ ended }) => ended.peak,
    "report, MB gzip": ({ bytes }) => bytes / 1e6,
    "different verdicts": ({ verdicts }) => verdicts,
  };
  const rowOf = (accounts, value) =>
    Object.fromEntries([
      ["accounts", accounts],
      ...Object.entries(columns).map(([name, of]) => [name, value(of)]),
    ]);
  const ratio =
    runs.length < 2 ? [] : [rowOf(`${last.size} : ${first.size}`, (of) => (of(last) / of(first)).toFixed(2))];
  return [...runs.map((run) => rowOf(run.size, (of) => rounded(of(run)))), ...ratio];
}

const rounded = (value) => (value < 10 ? value.toFixed(1) : String(Math.round(value)));

async function recordSnapshots(folder) {
  const snapshots = join(folder, "snapshots");
  await mkdir(snapshots);
  await withEndpoint({}, async (endpoint) => {
    for (const account of RECORDED)
      mustBe(
        [0, 3],
        await runOnce([bin, "collect", "--out", join(snapshots, `${account}.json`)], {
          folder,
          env: environment(endpoint, account),
        }),
      );
  });
  return snapshots;
}

async function judged(size, { folder, snapshots }) {
  const store = join(folder, "store");
  const { stdout } = mustBe([0], await runOnce([child, String(size), snapshots, store], { folder }));
  await rm(store, { recursive: true });
  return JSON.parse(stdout);
}

/** For each selection of rules: the audit of 40 accounts, each of which is the twin of a recorded one, and the longest check of one of these. */
export async function liveAudit({ folder, latency }) {
  const accounts = Array.from({ length: LIVE }, (_, number) => accountId(number));
  const twins = Object.fromEntries(accounts.map((id, number) => [id, RECORDED[number % RECORDED.length]]));
  await writeFile(join(folder, "watchproof.yaml"), configOf(accounts));
  return withEndpoint({ latency, twins }, async (endpoint) => {
    const rows = [];
    for (const [rules, words] of Object.entries(SELECTIONS)) {
      const alone = [];
      // Each is entered as in the audit: by the role.
      for (const account of accounts.slice(0, RECORDED.length))
        alone.push(
          await timed(
            ["check", "--role-arn", `arn:aws:iam::${account}:role/Audit`, "--format", "json", ...words],
            { folder, endpoint },
          ),
        );
      for (const concurrency of [8, LIVE])
        rows.push({
          rules,
          concurrency,
          ...compared(
            await timed(["audit", "--concurrency", String(concurrency), ...words], { folder, endpoint }),
            alone,
          ),
        });
    }
    return rows;
  });
}

function configOf(accounts) {
  return `audit:\n  role: { name: Audit }\n  store: store\n  accounts:\n${accounts.map((id) => `    - { id: "${id}" }\n`).join("")}`;
}

async function timed(words, { folder, endpoint }) {
  endpoint.reset();
  const { wall, cpu, rss } = mustBe(
    VERDICTS,
    await runOnce([bin, ...words], { folder, env: environment(endpoint, RECORDED.at(-1)) }),
  );
  const { total, repeated, missed, maxInFlight } = endpoint.stats();
  return { wall, cpu, rss, calls: total, repeated, missed, maxInFlight };
}

function compared(audit, alone) {
  const longest = Math.max(...alone.map(({ wall }) => wall));
  return {
    "wall, s": (audit.wall / 1e3).toFixed(1),
    "longest alone, s": (longest / 1e3).toFixed(1),
    ratio: (audit.wall / longest).toFixed(1),
    "CPU an account, ms": Math.round(audit.cpu / LIVE),
    "peak memory, MB": Math.round(audit.rss),
    calls: audit.calls,
    twice: audit.repeated,
    unanswered: audit.missed,
    "in flight": audit.maxInFlight,
  };
}

function mustBe(accepted, result) {
  if (!accepted.includes(result.exitCode))
    throw new Error(`the process ended with ${result.exitCode}: ${result.stderr}`);
  return result;
}
