import { Command } from "commander";
import { plural } from "../../inner.js";
import type { CommandContext } from "../command-context.js";
import { prepare } from "../options.js";

/** `watchproof validate`: every problem of rule files, packs and the config, with its place. */
export function validateCommand({ terminal, finish }: CommandContext): Command {
  return new Command("validate")
    .description("check rule files and the config, without reading any account")
    .argument("[rules...]", "rule files or folders (default: the config's)")
    .option("--config <file>", "default ./watchproof.yaml, if it is there")
    .action(async (paths: readonly string[], words: { readonly config?: string }) => {
      const { rules } = await prepare(paths, words);
      await terminal.out(`${plural(rules.length, "rule")}, no problem\n`);
      finish(0);
    });
}
