import { Command } from "commander";
import { besideConfig, waive } from "../../inner.js";
import type { CommandContext } from "../command-context.js";
import { oneFinding } from "../one-finding.js";
import { configFile, prepare } from "../options.js";
import { DiagnosticsError, UsageError } from "../usage-error.js";

type WaiveWords = {
  readonly report: string;
  readonly reason: string;
  readonly owner: string;
  readonly expires: string;
  readonly ticket?: string;
  readonly waivers?: string;
  readonly config?: string;
};

const DEFAULT_FILE = "waivers.yaml";

/** `watchproof waive`: accepts one failure until a day. */
export function waiveCommand(context: CommandContext): Command {
  return new Command("waive")
    .description("accept a failure until a day: writes a waiver")
    .argument("<finding>", "the finding's id, or its first characters")
    .requiredOption("--report <file>", "the report that holds it (check --format json=FILE)")
    .requiredOption("--reason <text>", "why it is accepted")
    .requiredOption("--owner <name>", "who answers for it")
    .requiredOption("--expires <day>", "the last day on which it holds: YYYY-MM-DD, UTC")
    .option("--ticket <id>", "where the work is tracked")
    .option(
      "--waivers <file>",
      `the file of waivers (default: the config's, else ${DEFAULT_FILE}); it is made where there is none`,
    )
    .option("--config <file>", "default ./watchproof.yaml, if it is there")
    .action((id: string, words: WaiveWords) => run(id, words, context));
}

async function run(id: string, words: WaiveWords, { terminal, finish }: CommandContext): Promise<void> {
  const { finding } = await oneFinding(id, words.report);
  const { config } = await prepare([], words);
  const named = words.waivers ?? besideConfig(await configFile(words.config), config.waivers);
  const file = named ?? DEFAULT_FILE;
  const { reason, owner, expires, ticket } = words;
  const result = await waive({
    finding,
    file,
    reason,
    owner,
    expires,
    today: new Date().toISOString().slice(0, 10),
    ...(ticket === undefined ? {} : { ticket }),
    ...(config.waiverDays === undefined ? {} : { maxDays: config.waiverDays }),
  });
  if (!result.ok)
    throw result.diagnostics === undefined
      ? new UsageError(result.because)
      : new DiagnosticsError(result.diagnostics);
  const hint =
    named === undefined ? `; use it with --waivers ${file}, or \`waivers: ${file}\` in the config` : "";
  terminal.err(
    `watchproof: ${result.waiver.rule} is waived for ${result.waiver.subject} until ${expires} in ${file}${hint}\n`,
  );
  finish(0);
}
