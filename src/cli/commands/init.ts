import { Command } from "commander";
import { printable, withoutCommands } from "../../inner.js";
import type { CommandContext } from "../command-context.js";
import { scaffoldLines, writeScaffold } from "../scaffold-files.js";

/** `watchproof init`: a config, one rule with its cases, and a workflow; what is there already stays. */
export function initCommand({ terminal, finish }: CommandContext): Command {
  return new Command("init")
    .description("write a config, a rule with its cases, and a CI workflow")
    .argument("[folder]", "where", ".")
    .option("--force", "write over files that are there already")
    .action(async (folder: string, { force = false }: { readonly force?: boolean }) => {
      const { projectFiles } = await import("../scaffold-project.js");
      const scaffolded = await writeScaffold(folder, projectFiles(), { force });
      const go = folder === "." ? [] : [`  cd ${folder}`];
      const lines = [...scaffoldLines(scaffolded), "", "Next:", ...go, ...steps];
      await terminal.out(withoutCommands(`${lines.map(printable).join("\n")}\n`));
      finish(0);
    });
}

const steps = [
  "  npm install --save-dev watchproof          so that editors complete and check rules by its schemas",
  "  npx watchproof test                        runs the rule's cases, offline",
  "  npx watchproof permissions > policy.json   the exact IAM policy that a check needs",
  "  npx watchproof check                       judges the account of your AWS credentials",
  "In rules/log-archive.yaml, name the buckets of your log archive. .github/workflows/watchproof.yml says what it needs.",
];
