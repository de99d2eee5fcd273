import { Command, Option } from "commander";
import {
  besides,
  collect,
  renderWhatIf,
  severities,
  whatIf,
  whatIfJson,
  whatIfMarkdown,
  whatIfReport,
} from "../../index.js";
import type { PreparedRun, Snapshot, WhatIf } from "../../index.js";
import { acceptanceReads, addWaiverOption, prepareAccepting } from "../acceptance.js";
import type { AcceptanceWords } from "../acceptance.js";
import type { CommandContext } from "../command-context.js";
import { addDeclarationOptions, declarationOf } from "../declaration-options.js";
import type { DeclarationWords } from "../declaration-options.js";
import { readFormats } from "../formats.js";
import type { Output } from "../formats.js";
import { addSelectionOptions, collectWord, configFile, openSource } from "../options.js";
import type { SelectionOptions } from "../options.js";
import { placesInRepository, writeDeclared } from "../repository.js";
import type { Terminal } from "../terminal.js";

type WhatIfWords = SelectionOptions &
  AcceptanceWords &
  DeclarationWords & {
    readonly wholeAccount?: boolean;
    readonly format: readonly string[];
    readonly color?: boolean;
  };

/** `watchproof what-if`: judges the account as it would be after a deployment, and says what that brings. */
export function whatIfCommand(context: CommandContext): Command {
  return addDeclarationOptions(addWaiverOption(addSelectionOptions(new Command("what-if"))))
    .description(
      "judge the account as a template or plan would leave it: what would fail, and by which change",
    )
    .option("--snapshot <file>", "lay it over a recorded snapshot instead of the live account")
    .option("--stack <file>", "with --template: what the stack holds now, so that what goes is seen, too")
    .option("--whole-account", "the input is all that there is in the account")
    .option(
      "--format <format[=file]>",
      "text, json, markdown, sarif, …; repeatable; without a file it goes to stdout",
      collectWord,
      [],
    )
    .addOption(
      new Option(
        "--fail-on <severity>",
        "the lowest severity of a new failure that fails the run (default: low)",
      ).choices(severities),
    )
    .option("--allow-unknown", "what could not be judged any more or yet does not change the exit code")
    .option("--color", "colours, wherever the output goes")
    .option("--no-color", "no colours")
    .action((paths: readonly string[], words: WhatIfWords) => run(paths, words, context));
}

async function run(
  paths: readonly string[],
  words: WhatIfWords,
  { terminal, finish }: CommandContext,
): Promise<void> {
  const prepared = await prepareAccepting(paths, { ...words, region: [] });
  const outputs = await outputsOf(paths, words, prepared);
  const before =
    words.wholeAccount === true && words.snapshot === undefined
      ? undefined
      : await stateOf(words, prepared, terminal);
  const { declaration, target } = await declarationOf(words, before);
  const result = await whatIf({
    ...prepared,
    declaration,
    target,
    ...(before === undefined ? {} : { snapshot: before }),
    ...(words.wholeAccount === true ? { wholeAccount: true } : {}),
    takenAt: new Date().toISOString(),
    source: words.snapshot === undefined ? "live" : "recorded",
  });
  await write(result, outputs, { words, prepared, terminal });
  if (result.exitCode === 2) terminal.err(`watchproof: ${result.because}\n`);
  finish(result.exitCode);
}

async function outputsOf(
  paths: readonly string[],
  words: WhatIfWords,
  { config, plugins }: PreparedRun,
): Promise<readonly Output[]> {
  const reads = [
    ...paths,
    ...words.template,
    words.planFile,
    words.changeSet,
    words.stack,
    words.snapshot,
    await configFile(words.config),
    ...(await acceptanceReads(words, config)),
  ];
  return readFormats(words.format.length > 0 ? words.format : ["text"], { plugins, reads });
}

async function stateOf(words: WhatIfWords, prepared: PreparedRun, terminal: Terminal): Promise<Snapshot> {
  const { plugins, config: settings } = prepared;
  // What is wrong with the input is told before the first call.
  if (words.snapshot === undefined) await declarationOf(words);
  return collect({
    ...prepared,
    source: await openSource({ ...words, region: [], plugins, settings }, terminal),
    beside: async (whose) => besides({ ...prepared, ...(await declarationOf(words, whose)) }),
  });
}

// Three formats tell of the difference; those for reports show what the deployment brings.
async function write(
  result: WhatIf,
  outputs: readonly Output[],
  {
    words,
    prepared,
    terminal,
  }: { readonly words: WhatIfWords; readonly prepared: PreparedRun; readonly terminal: Terminal },
): Promise<void> {
  const own = { text: renderWhatIf, markdown: whatIfMarkdown, json: whatIfJson };
  const { exitCode, because } = result;
  const told = outputs.map((output) => {
    const { id } = output.reporter;
    if (id !== "text" && id !== "markdown" && id !== "json") return output;
    const render = own[id];
    const reporter: Output["reporter"] = {
      contract: 1,
      id,
      summary: output.reporter.summary,
      render: (_, options) => render(result, options),
    };
    return { ...output, reporter };
  });
  await writeDeclared(whatIfReport(result, prepared.rules.length), told, {
    gate: { exitCode, because },
    color: words.color ?? terminal.hasColor,
    newOnly: prepared.gate.newOnly === true,
    places: await placesInRepository(prepared.places),
    terminal,
  });
}
