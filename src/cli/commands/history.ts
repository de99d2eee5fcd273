import { Command, Option } from "commander";
import { addReport, loadReport, readLives, readTrends, verifyHistory } from "../../index.js";
import {
  findingLifeJson,
  historyJson,
  plural,
  printable,
  printableJson,
  pruneRuns,
  readHistory,
  renderFindingLife,
  renderHistory,
  renderHistoryCheck,
  renderTrends,
  trendKeys,
  trendsJson,
} from "../../inner.js";
import type { FindingLife, Keep } from "../../index.js";
import type { TextOptions, TrendKey } from "../../inner.js";
import type { CommandContext } from "../command-context.js";
import { addStoreOptions, auditSettings, chooseStore, readPositive } from "../store.js";
import type { StoreWords } from "../store.js";
import type { Terminal } from "../terminal.js";
import { DiagnosticsError, UsageError } from "../usage-error.js";
import { historyReportCommand } from "./history-report.js";

type ShowWords = StoreWords & { readonly format: "text" | "json"; readonly color?: boolean };
type TrendWords = ShowWords & { readonly by: TrendKey; readonly last: number };
type PruneWords = StoreWords & { readonly keepRuns?: number; readonly keepDays?: number };

/** `watchproof history`: what the audits of a store say together. */
export function historyCommand(context: CommandContext): Command {
  return new Command("history")
    .description(
      "what the reports of a store say together: runs, findings' lives, trends; and the proof that none was altered",
    )
    .addCommand(
      showing("list", "the runs, the newest first").action((words: ShowWords) => list(words, context)),
      { isDefault: true },
    )
    .addCommand(
      showing("verify", "prove that no entry or report was altered, inserted, moved or removed")
        .option(
          "--head <hash>",
          "a head that was noted before and kept elsewhere: proves that nothing was cut off since",
        )
        .action((words: ShowWords & { readonly head?: string }) => verify(words, context)),
    )
    .addCommand(
      showing("show", "a finding's life: first seen, fixed, came back, days open")
        .argument("<finding>", "a finding's id, or its first characters")
        .action((id: string, words: ShowWords) => show(id, words, context)),
    )
    .addCommand(trendsCommand(context))
    .addCommand(historyReportCommand(context))
    .addCommand(addCommand(context))
    .addCommand(pruneCommand(context));
}

function showing(name: string, description: string): Command {
  return addStoreOptions(new Command(name).description(description))
    .addOption(new Option("--format <format>", "how").choices(["text", "json"]).default("text"))
    .option("--color", "colours, wherever the output goes")
    .option("--no-color", "no colours");
}

function trendsCommand(context: CommandContext): Command {
  return showing("trends", "how many failures were open in each run")
    .addOption(
      new Option("--by <what>", "what they are counted by").choices([...trendKeys]).default("severity"),
    )
    .option("--last <runs>", "the newest runs only", readPositive, 90)
    .action((words: TrendWords) => trends(words, context));
}

function addCommand({ terminal, finish }: CommandContext): Command {
  return addStoreOptions(
    new Command("add").description("keep a report that `check --format json=FILE` wrote"),
  )
    .argument("<report>", "the report")
    .option("--run <id>", "what the run is called (default: when its first account was read)")
    .action(async (file: string, words: StoreWords & { readonly run?: string }) => {
      const report = await loadReport(file);
      if (!report.ok) throw new DiagnosticsError(report.diagnostics);
      const { keep } = await auditSettings(words.config);
      const store = await chooseStore(words);
      const entry = await addReport(store, report.value, {
        ...(words.run === undefined ? {} : { run: words.run }),
        ...(keep === undefined ? {} : { keep }),
      });
      terminal.err(printable(`watchproof: run ${entry.run} is kept in ${store.location}`) + "\n");
      finish(0);
    });
}

function pruneCommand({ terminal, finish }: CommandContext): Command {
  return addStoreOptions(
    new Command("prune").description(
      "remove the reports that need not be kept; their entries stay, so that the history can still be verified",
    ),
  )
    .option(
      "--keep-runs <number>",
      "keep so many of the newest (default: the config's audit.keep)",
      readPositive,
    )
    .option(
      "--keep-days <number>",
      "keep those that began so many days before the newest, or later",
      readPositive,
    )
    .action(async (words: PruneWords) => {
      const removed = await pruneRuns(
        await chooseStore(words),
        await keeping(words),
        new Date().toISOString(),
      );
      terminal.err(
        `watchproof: ${plural(removed.length, "report")} removed${removed.length === 0 ? "" : `: ${printable(removed.join(", "))}`}\n`,
      );
      finish(0);
    });
}

async function keeping({ keepRuns, keepDays, config }: PruneWords): Promise<Keep> {
  const { keep } = await auditSettings(config);
  const named = {
    ...(keepRuns === undefined ? {} : { runs: keepRuns }),
    ...(keepDays === undefined ? {} : { days: keepDays }),
  };
  if (Object.keys(named).length > 0) return named;
  if (keep === undefined)
    throw new UsageError(
      "nothing says what is to be kept: give --keep-runs or --keep-days, or set audit.keep in the config",
    );
  return keep;
}

async function list(words: ShowWords, { terminal, finish }: CommandContext): Promise<void> {
  const store = await chooseStore(words);
  const { history } = await readHistory(store);
  if (history.entries.length === 0)
    throw new UsageError(
      `there is no history in ${printable(store.location)}; \`watchproof history add\` keeps a report there`,
    );
  await terminal.out(
    words.format === "json" ? json(historyJson(history)) : renderHistory(history, page(words, terminal)),
  );
  finish(0);
}

async function verify(
  words: ShowWords & { readonly head?: string },
  { terminal, finish }: CommandContext,
): Promise<void> {
  if (words.head !== undefined && !/^[0-9a-f]{64}$/u.test(words.head))
    throw new UsageError(
      `--head ${printable(words.head)}: a head is the 64 hex digits that \`history verify\` prints`,
    );
  const found = await verifyHistory(
    await chooseStore(words),
    words.head === undefined ? {} : { head: words.head },
  );
  await terminal.out(
    words.format === "json"
      ? json({ format: "watchproof-history-check/1", ...found })
      : renderHistoryCheck(found, page(words, terminal)),
  );
  finish(found.problems.length === 0 ? 0 : 1);
}

async function show(id: string, words: ShowWords, { terminal, finish }: CommandContext): Promise<void> {
  if (!/^[0-9a-f]{4,32}$/iu.test(id))
    throw new UsageError(
      `"${printable(id)}" is not the id of a finding: 32 hex digits, or the first 4 or more of them, as \`check --format json\` has them in "findings[].id"`,
    );
  const store = await chooseStore(words);
  const { lives, removed } = await readLives(store, id);
  const life = oneLife(lives, id, store.location);
  await terminal.out(
    words.format === "json"
      ? json(findingLifeJson(life, removed))
      : renderFindingLife(life, { ...page(words, terminal), removed }),
  );
  finish(0);
}

function oneLife(lives: readonly FindingLife[], id: string, location: string): FindingLife {
  const [life, other] = lives;
  if (life === undefined)
    throw new UsageError(
      `no report that is kept in ${printable(location)} has a finding whose id begins with "${id}"`,
    );
  if (other !== undefined)
    throw new UsageError(
      `${lives.length.toString()} findings begin with "${id}"; give more characters: ${lives
        .slice(0, 5)
        .map(({ finding }) => finding.id)
        .join(", ")}`,
    );
  return life;
}

async function trends(words: TrendWords, { terminal, finish }: CommandContext): Promise<void> {
  const series = await readTrends(await chooseStore(words), { by: words.by, last: words.last });
  if (series.runs.length === 0) throw new UsageError("the store holds no run, so there is no trend");
  await terminal.out(
    words.format === "json" ? json(trendsJson(series)) : renderTrends(series, page(words, terminal)),
  );
  finish(0);
}

function json(value: unknown): string {
  return printableJson(`${JSON.stringify(value, undefined, 2)}\n`);
}

function page({ color }: ShowWords, { hasColor, width }: Terminal): TextOptions {
  return { color: color ?? hasColor, ...(width === undefined ? {} : { width }) };
}
