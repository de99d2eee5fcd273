// A process of its own: judges so many varied accounts by the built-in rules, merges them, and prints what each step took.
//   node judge-accounts.mjs ACCOUNTS SNAPSHOTS STORE
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { openStore, prepareRun, runAudit } from "../dist/index.js";
import { accountId, variable } from "./vary-account.mjs";

const [count, snapshots, folder] = process.argv.slice(2);
const recorded = readdirSync(snapshots)
  .sort()
  .map((file) => variable(readFileSync(join(snapshots, file), "utf8")));
const prepared = await prepareRun({});
if (!prepared.ok) throw new Error("the built-in rules hold mistakes");
const { rules, plugins } = prepared.value;
const units = Array.from({ length: Number(count) }, (_, number) => ({
  id: accountId(number),
  partition: "aws",
  entrance: { kind: "own" },
}));
// The snapshot is made when it is asked for, and nothing here keeps it.
const openSource = ({ id }) => ({
  kind: "recorded",
  read: async () => recorded[Number(id) % recorded.length].vary(Number(id) - Number(accountId(0))),
});

const marks = { begun: mark() };
let finished = 0;
const tell = ({ event }) => {
  if (event === "account-finished" && (finished += 1) === units.length) marks.judged = mark();
};
const result = await runAudit({
  judging: { rules, plugins },
  begin: { kind: "new", targets: { units, skipped: [] } },
  openSource,
  store: await openStore(folder),
  tell,
});
marks.ended = mark();
const broken = result.accounts.filter(({ unread }) => unread !== undefined);
if (broken.length > 0) throw new Error(`${broken.length} accounts were not judged: ${broken[0].unread}`);
console.log(
  JSON.stringify({
    ...marks,
    summary: result.summary,
    verdicts: new Set(result.accounts.map(({ counts }) => JSON.stringify(counts))).size,
    bytes: result.gz.length,
  }),
);

/** Times in milliseconds, and the peak memory so far in megabytes. */
function mark() {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  return { wall: performance.now(), cpu: (userCPUTime + systemCPUTime) / 1e3, peak: maxRSS / 1024 };
}
