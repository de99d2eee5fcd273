import { Command } from "commander";
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { loadSnapshot, predict, writeSnapshot } from "../../index.js";
import { plural } from "../../inner.js";
import type { CommandContext } from "../command-context.js";
import { addDeclarationOptions, declarationOf, tellDeclared } from "../declaration-options.js";
import type { DeclarationWords } from "../declaration-options.js";
import { collectWord } from "../options.js";
import { DiagnosticsError } from "../usage-error.js";

type PredictWords = DeclarationWords & { readonly snapshot: string; readonly out: string };

/** `watchproof predict`: writes the snapshot that a deployment would leave. */
export function predictCommand({ terminal, finish }: CommandContext): Command {
  return addDeclarationOptions(new Command("predict"))
    .description("write the snapshot that a template or plan would leave, for check, diff and explain")
    .option(
      "--region <region>",
      "the region in which what is declared will live (default: the input's own, else the snapshot's)",
      collectWord,
      [],
    )
    .option("--stack <file>", "with --template: what the stack holds now, so that what goes is seen, too")
    .requiredOption("--snapshot <file>", "the account before")
    .requiredOption("--out <file>", "where the account after goes")
    .action(async (words: PredictWords) => {
      const loaded = await loadSnapshot(words.snapshot);
      if (!loaded.ok) throw new DiagnosticsError(loaded.diagnostics);
      const { declaration } = await declarationOf(words, loaded.value);
      const { snapshot, notes, changed } = predict(loaded.value, declaration);
      await mkdir(dirname(words.out), { recursive: true });
      await writeSnapshot(words.out, snapshot);
      tellDeclared(notes, terminal);
      terminal.err(
        `watchproof: ${plural(changed, "resource")} of account ${snapshot.account.id} would be new, changed or gone\n`,
      );
      finish(0);
    });
}
