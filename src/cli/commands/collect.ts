import { Command } from "commander";
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { besides, collect, writeSnapshot } from "../../index.js";
import type { Resource } from "../../index.js";
import { plural } from "../../inner.js";
import type { CommandContext } from "../command-context.js";
import { declarationOf, kindOfInput } from "../declaration-options.js";
import { addSelectionOptions, collectWord, openSource, prepare } from "../options.js";
import type { SelectionOptions } from "../options.js";

type CollectWords = SelectionOptions & { readonly out: string; readonly with: readonly string[] };

/** `watchproof collect`: writes a snapshot of what the chosen rules need. */
export function collectCommand(context: CommandContext): Command {
  return addSelectionOptions(new Command("collect"))
    .description("read what the rules need and write it to a snapshot")
    .requiredOption("--out <file>", "where the snapshot goes")
    .option(
      "--with <file|dir>",
      "read also what this template, CDK assembly or plan refers to, for what-if and predict; repeatable",
      collectWord,
      [],
    )
    .action((paths: readonly string[], words: CollectWords) => run(paths, words, context));
}

async function run(
  paths: readonly string[],
  words: CollectWords,
  { terminal, finish }: CommandContext,
): Promise<void> {
  const prepared = await prepare(paths, words);
  const { plugins, config: settings } = prepared;
  const source = await openSource({ ...words, plugins, settings }, terminal);
  const inputs = await Promise.all(words.with.map(kindOfInput));
  for (const input of inputs) await declarationOf(input);
  const snapshot = await collect({
    ...prepared,
    source,
    beside: async (whose) => {
      const read: (readonly Resource[])[] = [];
      for (const input of inputs)
        read.push(await besides({ ...prepared, ...(await declarationOf(input, whose)) }));
      return read.flat();
    },
  });
  await mkdir(dirname(words.out), { recursive: true });
  await writeSnapshot(words.out, snapshot);
  const calls = Object.values(snapshot.calls).reduce((sum, count) => sum + count, 0);
  const unread = snapshot.resources.filter(({ unreadable }) => unreadable !== undefined).length;
  const gaps = snapshot.gaps.length + unread;
  const missing =
    gaps === 0
      ? ""
      : `; ${plural(gaps, "thing")} could not be read, and ${gaps === 1 ? "stands" : "stand"} in it as such`;
  terminal.err(
    `watchproof: ${plural(snapshot.resources.length, "resource")} of account ${snapshot.account.id} in ${plural(snapshot.regions.length, "region")}, ${plural(calls, "call")}${missing}\n`,
  );
  // A snapshot with gaps is a good snapshot: whoever judges it is told. One with nothing but gaps is not.
  finish(snapshot.resources.length === 0 && gaps > 0 ? 3 : 0);
}
