import { Argument, Command, Option } from "commander";
import { catalogue, catalogueKinds } from "../../index.js";
import type { CatalogueEntry, CatalogueKind } from "../../index.js";
import type { CommandContext } from "../command-context.js";

/** `watchproof list`: what there is. */
export function listCommand({ terminal, finish }: CommandContext): Command {
  return new Command("list")
    .description("show the rules, packs, evaluators, collectors or reporters that there are")
    .addArgument(new Argument("<kind>", "what to list").choices(catalogueKinds))
    .addOption(new Option("--format <format>", "how").choices(["text", "json"]).default("text"))
    .action(async (kind: CatalogueKind, { format }: { readonly format: string }) => {
      const entries = await catalogue(kind);
      await terminal.out(format === "json" ? `${JSON.stringify(entries, undefined, 2)}\n` : table(entries));
      finish(0);
    });
}

function table(entries: readonly CatalogueEntry[]): string {
  const width = Math.max(0, ...entries.map(({ id }) => id.length));
  return entries.map(({ id, summary }) => `${id.padEnd(width)}  ${summary}\n`).join("");
}
