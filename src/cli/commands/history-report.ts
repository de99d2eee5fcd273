import { Command } from "commander";
import { decideGate, readRun } from "../../index.js";
import { readHistory, trendOf } from "../../inner.js";
import type { CommandContext } from "../command-context.js";
import { readFormats, writeReport } from "../formats.js";
import { collectWord, prepare } from "../options.js";
import { placesInRepository } from "../repository.js";
import { addStoreOptions, chooseStore } from "../store.js";
import type { StoreWords } from "../store.js";

type ReportWords = StoreWords & { readonly format: readonly string[]; readonly color?: boolean };

/** `watchproof history report`: a stored run in any format. */
export function historyReportCommand({ terminal, finish }: CommandContext): Command {
  return addStoreOptions(
    new Command("report").description("a run's report in any format; exit code 0 whatever it says"),
  )
    .argument("[run]", "a run's id, latest or previous", "latest")
    .option("--format <format[=file]>", "as for check; repeatable (default: text)", collectWord, [])
    .option("--color", "colours, wherever the output goes")
    .option("--no-color", "no colours")
    .action(async (run: string, words: ReportWords) => {
      const { gate, plugins, places } = await prepare([], words);
      const outputs = await readFormats(words.format.length === 0 ? ["text"] : words.format, { plugins });
      const store = await chooseStore(words);
      const { report } = await readRun(store, run);
      const { history } = await readHistory(store);
      const rendering = {
        gate: decideGate(report, gate),
        newOnly: gate.newOnly === true,
        places: await placesInRepository(places),
      };
      await writeReport(report, outputs, {
        terminal,
        ...rendering,
        color: words.color ?? terminal.hasColor,
        trend: trendOf(history),
      });
      finish(0);
    });
}
