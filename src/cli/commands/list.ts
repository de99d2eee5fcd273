import { Argument, Command, Option } from "commander";
import { severities } from "../../index.js";
import {
  greatest,
  catalogue,
  catalogueKinds,
  filterCatalogue,
  printable,
  printableJson,
  withoutCommands,
} from "../../inner.js";
import type { CatalogueEntry, CatalogueFilter, CatalogueKind } from "../../inner.js";
import type { CommandContext } from "../command-context.js";
import { suggestion } from "../formats.js";
import { pluginsOf } from "../options.js";
import { UsageError } from "../usage-error.js";

type ListWords = Omit<CatalogueFilter, "words"> & { readonly format: string; readonly config?: string };

/** `watchproof list`: what there is. */
export function listCommand({ terminal, finish }: CommandContext): Command {
  return new Command("list")
    .description("show the rules, packs, evaluators, collectors or reporters that there are")
    .addArgument(new Argument("<kind>", "what to list").choices(catalogueKinds))
    .argument("[words...]", "only those whose id or summary holds all these words")
    .option("--service <service>", "only rules and collectors of a service, such as cloudtrail")
    .addOption(new Option("--severity <severity>", "only rules of this severity").choices(severities))
    .option(
      "--framework <framework>",
      "only rules and packs of a framework, such as cis-aws or cis-aws-5.0.0",
    )
    .option(
      "--config <file>",
      "with its plugins and rule packages (default: ./watchproof.yaml, if it is there)",
    )
    .addOption(new Option("--format <format>", "how").choices(["text", "json"]).default("text"))
    .action(
      async (kind: CatalogueKind, words: readonly string[], { format, config, ...filter }: ListWords) => {
        const all = await catalogue(kind, await pluginsOf(config));
        const entries = filterCatalogue(all, { ...filter, words });
        if (entries.length === 0 && all.length > 0)
          throw new UsageError(nothing(kind, all, { ...filter, words }));
        await terminal.out(
          format === "json"
            ? printableJson(`${JSON.stringify(entries, undefined, 2)}\n`)
            : withoutCommands(table(entries)),
        );
        finish(0);
      },
    );
}

function nothing(
  kind: CatalogueKind,
  all: readonly CatalogueEntry[],
  { service, framework, words = [] }: CatalogueFilter,
): string {
  const services = [...new Set(all.flatMap((entry) => entry.service ?? []))];
  const frameworks = [...new Set(all.flatMap((entry) => entry.frameworks ?? []))];
  const hints = [
    service === undefined ? "" : suggestion(service, services),
    framework === undefined ? "" : suggestion(framework, frameworks),
    ...words.map((word) =>
      suggestion(
        word,
        all.map(({ id }) => id),
      ),
    ),
  ];
  return `none of the ${all.length.toString()} ${kind} is like that${hints.find((hint) => hint !== "") ?? ""}`;
}

function table(entries: readonly CatalogueEntry[]): string {
  const widthOf = (cell: (entry: CatalogueEntry) => string): number =>
    greatest(
      entries.map((entry) => cell(entry).length),
      0,
    );
  const ids = widthOf(({ id }) => id);
  const gravity = widthOf(({ severity }) => severity ?? "");
  return entries.map((entry) => `${printable(lineOf(entry, { ids, gravity }))}\n`).join("");
}

function lineOf(
  { id, severity, summary, template, from }: CatalogueEntry,
  { ids, gravity }: { readonly ids: number; readonly gravity: number },
): string {
  return `${id.padEnd(ids)}  ${gravity === 0 ? "" : `${(severity ?? "").padEnd(gravity)}  `}${summary}${template === true ? " (template)" : ""}${from === "built-in" ? "" : `  [${from}]`}`;
}
