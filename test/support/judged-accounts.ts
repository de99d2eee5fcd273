import type { Report } from "../../src/core/report.js";
import { readReport } from "./report.js";
import { inFolder, runCli } from "./run-cli.js";
import { accounts, startSimulatedAws } from "./simulated-aws.js";
import type { Miss, Stats } from "./simulated-aws.js";

/** What the command said of a recorded account, and what it asked. */
export type JudgedAccount = {
  readonly report: Report;
  readonly stats: Stats;
  readonly misses: readonly Miss[];
};

/** Judges every recorded account live by some rules, in a folder with these files; by account id. */
export async function judgeAccounts(
  rules: readonly string[],
  files: Readonly<Record<string, string>> = {},
): Promise<ReadonlyMap<string, JudgedAccount>> {
  const judged = new Map<string, JudgedAccount>();
  for (const account of Object.values(accounts)) {
    const aws = await startSimulatedAws();
    try {
      const { stdout, stderr } = await inFolder(files, (cwd) =>
        runCli(["check", ...rules.flatMap((rule) => ["--rule", rule]), "--format", "json"], {
          env: aws.env(account),
          cwd,
        }),
      );
      if (stdout === "") throw new Error(stderr);
      judged.set(account, { report: readReport(stdout), stats: aws.stats(), misses: aws.misses() });
    } finally {
      await aws.stop();
    }
  }
  return judged;
}
