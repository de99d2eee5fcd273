import { InvalidArgumentError } from "commander";
import type { Command } from "commander";
import { prepareRun } from "../index.js";
import { acceptanceFiles, printable } from "../inner.js";
import type { Config, PreparedRun, Report, RunRequest, Severity } from "../index.js";
import { configFile, ruleRequest } from "./options.js";
import type { RuleOptions } from "./options.js";
import type { Terminal } from "./terminal.js";
import { DiagnosticsError } from "./usage-error.js";

type GateWords = NonNullable<RunRequest["gate"]>;

/** The options that say what a run accepts. */
export type AcceptanceWords = {
  readonly config?: string;
  readonly waivers?: string;
  readonly baseline?: string;
  readonly newOnly?: boolean;
  readonly failOn?: Severity;
  readonly allowUnknown?: boolean;
  readonly maxFail?: number;
  readonly maxUnknown?: number;
};

/** Adds the option that names waivers: for commands that know no baseline and no budget. */
export function addWaiverOption(command: Command): Command {
  return command.option("--waivers <file>", "failures that are accepted until a day (YAML)");
}

/** Adds the options that say what a run accepts. */
export function addAcceptanceOptions(command: Command): Command {
  return addWaiverOption(command)
    .option("--baseline <file>", "failures that were known before (JSON, from `baseline update`)")
    .option("--new-only", "failures that the baseline knows do not fail the run")
    .option("--max-fail <number>", "so many open failures are let through", readCount)
    .option(
      "--max-unknown <number>",
      "so many verdicts that are unknown or errors are let through",
      readCount,
    );
}

/** Loads the rules that a command was asked for, and what it accepts. @throws DiagnosticsError when files or names hold mistakes. */
export async function prepareAccepting(
  paths: readonly string[],
  words: Partial<RuleOptions> & AcceptanceWords,
): Promise<PreparedRun> {
  const { waivers, baseline } = words;
  const prepared = await prepareRun({
    ...(await ruleRequest(paths, words)),
    gate: gateWords(words),
    ...(waivers === undefined ? {} : { waivers }),
    ...(baseline === undefined ? {} : { baseline }),
  });
  if (!prepared.ok) throw new DiagnosticsError(prepared.diagnostics);
  return prepared.value;
}

function gateWords({ failOn, allowUnknown, newOnly, maxFail, maxUnknown }: AcceptanceWords): GateWords {
  return {
    ...(failOn === undefined ? {} : { failOn }),
    ...(allowUnknown === undefined ? {} : { allowUnknown }),
    ...(newOnly === undefined ? {} : { newOnly }),
    ...(maxFail === undefined ? {} : { maxFail }),
    ...(maxUnknown === undefined ? {} : { maxUnknown }),
  };
}

/** The files that a run reads to know what it accepts. */
export async function acceptanceReads(
  { config: named, waivers, baseline }: AcceptanceWords,
  settings: Config,
): Promise<readonly (string | undefined)[]> {
  const config = await configFile(named);
  return Object.values(acceptanceFiles({ config, waivers, baseline }, settings));
}

/** Says loudly what is to be mended in waivers and baseline. */
export function tellNotes({ notes = [] }: Report, terminal: Terminal): void {
  for (const { place, message } of notes)
    terminal.err(`watchproof: ${printable(place === undefined ? message : `${place}: ${message}`)}\n`);
}

function readCount(word: string): number {
  if (!/^\d{1,9}$/u.test(word)) throw new InvalidArgumentError(`"${word}" is not a whole number.`);
  return Number(word);
}
