import { Command, Option } from "commander";
import { collect, fixJson, fixScript, fixTemplates, planFix, renderFix } from "../../index.js";
import type { Fix } from "../../index.js";
import { addWaiverOption, prepareAccepting } from "../acceptance.js";
import type { AcceptanceWords } from "../acceptance.js";
import type { CommandContext } from "../command-context.js";
import { addSelectionOptions, openSource } from "../options.js";
import type { SelectionOptions } from "../options.js";
import type { Terminal } from "../terminal.js";

const formats = ["text", "cli", "cloudformation", "terraform", "json"] as const;

type FixWords = SelectionOptions &
  AcceptanceWords & { readonly format: (typeof formats)[number]; readonly color?: boolean };

/** `watchproof fix`: what to mend first, each change proven on the state. */
export function fixCommand(context: CommandContext): Command {
  return addWaiverOption(addSelectionOptions(new Command("fix")))
    .description(
      "say what to mend first: changes in the order in which they end most failures, each proven on the state",
    )
    .option("--snapshot <file>", "mend a recorded snapshot instead of the live account")
    .addOption(
      new Option("--format <format>", "how the changes are written").choices(formats).default("text"),
    )
    .option("--color", "colours, wherever the output goes")
    .option("--no-color", "no colours")
    .action(async (paths: readonly string[], words: FixWords) => {
      const { terminal, finish } = context;
      const prepared = await prepareAccepting(paths, words);
      const { plugins, config: settings } = prepared;
      const source = await openSource({ ...words, plugins, settings }, terminal);
      const snapshot = await collect({ ...prepared, source });
      const fix = await planFix({ ...prepared, snapshot });
      await terminal.out(formOf(fix, words, terminal));
      finish(0);
    });
}

function formOf(fix: Fix, { format, color }: FixWords, { hasColor, width }: Terminal): string {
  if (format === "json") return fixJson(fix);
  if (format === "cli") return fixScript(fix);
  if (format === "cloudformation" || format === "terraform") return fixTemplates(fix, format);
  return renderFix(fix, { color: color ?? hasColor, ...(width === undefined ? {} : { width }) });
}
