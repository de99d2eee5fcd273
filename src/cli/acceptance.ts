import { InvalidArgumentError } from "commander";
import type { Command } from "commander";
import { dirname, join, isAbsolute } from "node:path";
import { loadBaseline, loadWaivers } from "../index.js";
import { gateOptions, printable } from "../inner.js";
import type { CheckOptions, Config, GateOptions, KnownRules, Loaded, Report, Severity } from "../index.js";
import { configFile } from "./options.js";
import type { Terminal } from "./terminal.js";
import { DiagnosticsError, UsageError } from "./usage-error.js";

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

/** Adds the options that say what a run accepts. */
export function addAcceptanceOptions(command: Command): Command {
  return command
    .option("--waivers <file>", "failures that are accepted until a day (YAML)")
    .option("--baseline <file>", "failures that were known before (JSON, from `baseline update`)")
    .option("--new-only", "failures that the baseline knows do not fail the run")
    .option("--max-fail <number>", "so many open failures are let through", readCount)
    .option(
      "--max-unknown <number>",
      "so many verdicts that are unknown or errors are let through",
      readCount,
    );
}

/** The config of a run, and what it was checked against. */
export type AcceptanceContext = { readonly config: Config; readonly known: KnownRules };

/** Loads waivers and baseline: the command line's word goes before the config's. @throws DiagnosticsError when they hold mistakes. */
export async function loadAcceptance(
  words: AcceptanceWords,
  context: AcceptanceContext,
): Promise<Pick<CheckOptions, "waiving" | "baseline">> {
  const waiving = await readWaivers(words, context);
  const baseline = await readBaseline(words, context);
  const problems = [waiving, baseline].flatMap((loaded) => (loaded.ok ? [] : loaded.diagnostics));
  if (!waiving.ok || !baseline.ok) throw new DiagnosticsError(problems);
  return { ...waiving.value, ...baseline.value };
}

/** The files that say what a run accepts. */
export async function acceptanceFiles(
  words: AcceptanceWords,
  config: Config,
): Promise<{ readonly waivers: string | undefined; readonly baseline: string | undefined }> {
  return {
    waivers: words.waivers ?? (await besideConfig(words, config.waivers)),
    baseline: words.baseline ?? (await besideConfig(words, config.baseline)),
  };
}

async function readWaivers(
  words: AcceptanceWords,
  { config, known }: AcceptanceContext,
): Promise<Loaded<Pick<CheckOptions, "waiving">>> {
  const { waivers: file } = await acceptanceFiles(words, config);
  if (file === undefined) return { ok: true, value: {} };
  const waivers = await loadWaivers(file, { rules: known.rules });
  const limit = config.waiverDays === undefined ? {} : { maxDays: config.waiverDays };
  return waivers.ok
    ? { ok: true, value: { waiving: { waivers: waivers.value, today: today(), ...limit } } }
    : waivers;
}

async function readBaseline(
  words: AcceptanceWords,
  { config }: AcceptanceContext,
): Promise<Loaded<Pick<CheckOptions, "baseline">>> {
  const { baseline: file } = await acceptanceFiles(words, config);
  const isNeeded = words.newOnly ?? config.newOnly ?? false;
  if (file === undefined && isNeeded)
    throw new UsageError(
      "--new-only needs a baseline: --baseline FILE, which `watchproof baseline update` writes",
    );
  if (file === undefined) return { ok: true, value: {} };
  const baseline = await loadBaseline(file);
  return baseline.ok ? { ok: true, value: { baseline: baseline.value } } : baseline;
}

/** What the gate lets through. */
export function chooseGate(
  { failOn, allowUnknown, newOnly, maxFail, maxUnknown }: AcceptanceWords,
  { config, known }: AcceptanceContext,
): GateOptions {
  return gateOptions(config, known, {
    ...(failOn === undefined ? {} : { failOn }),
    ...(allowUnknown === undefined ? {} : { allowUnknown }),
    ...(newOnly === undefined ? {} : { newOnly }),
    ...(maxFail === undefined ? {} : { maxFail }),
    ...(maxUnknown === undefined ? {} : { maxUnknown }),
  });
}

/** Says loudly what is to be mended in waivers and baseline. */
export function tellNotes({ notes = [] }: Report, terminal: Terminal): void {
  for (const { place, message } of notes)
    terminal.err(`watchproof: ${printable(place === undefined ? message : `${place}: ${message}`)}\n`);
}

/** A file that the config names, relative to the config. */
export async function besideConfig(
  { config: named }: { readonly config?: string },
  path: string | undefined,
): Promise<string | undefined> {
  const config = await configFile(named);
  return path === undefined || config === undefined || isAbsolute(path) ? path : join(dirname(config), path);
}

/** The present day in UTC: waivers hold by the day of the run, whenever the account was read. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}

function readCount(word: string): number {
  if (!/^\d{1,9}$/u.test(word)) throw new InvalidArgumentError(`"${word}" is not a whole number.`);
  return Number(word);
}
