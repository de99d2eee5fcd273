import { Command, Option } from "commander";
import { check, decideGate, planRun, severities } from "../../index.js";
import { acceptanceReads, addAcceptanceOptions, prepareAccepting, tellNotes } from "../acceptance.js";
import type { AcceptanceWords } from "../acceptance.js";
import { addDeclarationOptions, isDeclared } from "../declaration-options.js";
import type { DeclarationWords } from "../declaration-options.js";
import { readFormats, writeReport } from "../formats.js";
import type { CommandContext } from "../command-context.js";
import { checkDeclared } from "./check-declared.js";
import { addSelectionOptions, collectWord, configFile, openSource, prepare } from "../options.js";
import type { SelectionOptions } from "../options.js";
import { cdnSecretOf } from "../probe.js";
import { writePlan } from "../plan-text.js";
import { placesInRepository } from "../repository.js";

type CheckWords = SelectionOptions &
  AcceptanceWords &
  DeclarationWords & {
    readonly format: readonly string[];
    readonly color?: boolean;
    readonly plan?: boolean;
  };

/** `watchproof check`: judges an account and says so in the formats that were asked for. */
export function checkCommand(context: CommandContext): Command {
  return addDeclarationOptions(addAcceptanceOptions(addSelectionOptions(new Command("check"))))
    .description("judge an account, live or recorded; or a template or plan alone")
    .option("--snapshot <file>", "judge a recorded snapshot instead of the live account")
    .option(
      "--format <format[=file]>",
      "text, json, …; repeatable; without a file it goes to stdout",
      collectWord,
      [],
    )
    .addOption(
      new Option("--fail-on <severity>", "the lowest severity that fails the run (default: low)").choices(
        severities,
      ),
    )
    .option("--allow-unknown", "what could not be judged does not change the exit code")
    .option("--plan", "show the calls and permissions that a live run would need, without making them")
    .option("--color", "colours, wherever the output goes")
    .option("--no-color", "no colours")
    .action((paths: readonly string[], words: CheckWords) => run(paths, words, context));
}

async function run(paths: readonly string[], words: CheckWords, context: CommandContext): Promise<void> {
  const { terminal, finish } = context;
  if (isDeclared(words)) {
    await checkDeclared(paths, words, context);
    return;
  }
  if (words.plan === true) {
    const planned = await prepare(paths, words);
    await writePlan(await planRun({ ...planned, ...cdnSecretOf(words, planned.config) }), terminal);
    return;
  }
  const prepared = await prepareAccepting(paths, words);
  const { config, plugins } = prepared;
  const reads = [
    ...paths,
    words.snapshot,
    await configFile(words.config),
    ...(await acceptanceReads(words, config)),
  ];
  const outputs = await readFormats(words.format.length > 0 ? words.format : (config.formats ?? ["text"]), {
    plugins,
    reads,
  });
  const report = await check({
    ...prepared,
    source: await openSource({ ...words, plugins, settings: config }, terminal),
  });
  const gate = decideGate(report, prepared.gate);
  tellNotes(report, terminal);
  await writeReport(report, outputs, {
    gate,
    color: words.color ?? terminal.hasColor,
    newOnly: prepared.gate.newOnly === true,
    places: await placesInRepository(prepared.places),
    terminal,
  });
  if (gate.exitCode === 2) terminal.err(`watchproof: ${gate.because}\n`);
  finish(gate.exitCode);
}
