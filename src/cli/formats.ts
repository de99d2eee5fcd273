import { mkdir, realpath } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { builtins } from "../index.js";
import { nearest, writeFileAtomically } from "../inner.js";
import type { Plugins, RenderOptions, Report, Reporter } from "../index.js";
import type { Terminal } from "./terminal.js";
import { UsageError } from "./usage-error.js";

/** One `--format FORMAT[=FILE]`. */
export type Output = { readonly reporter: Reporter; readonly file?: string };

/** Where formats come from, and the files that the run reads: none of them is written over. */
export type FormatContext = { readonly plugins?: Plugins; readonly reads?: readonly (string | undefined)[] };

/** Reads `FORMAT[=FILE]` words and loads their reporters. @throws UsageError for what cannot be written, or would be lost by it. */
export async function readFormats(
  words: readonly string[],
  { plugins = builtins, reads = [] }: FormatContext = {},
): Promise<readonly Output[]> {
  const outputs = await Promise.all(words.map((word) => readFormat(word, plugins)));
  const toStdout = outputs.filter(({ file }) => file === undefined);
  if (toStdout.length > 1)
    throw new UsageError(
      `only one format can go to stdout, but ${toStdout.map(({ reporter }) => reporter.id).join(" and ")} were asked for; give the others a file: --format json=report.json`,
    );
  await refuseLosses(
    outputs.flatMap(({ file }) => (file === undefined ? [] : [file])),
    reads.filter((file) => file !== undefined),
  );
  return outputs;
}

// The same file, by whatever path or link it is named.
async function refuseLosses(files: readonly string[], reads: readonly string[]): Promise<void> {
  const places = await Promise.all(files.map(placeOf));
  const twice = files.find((_, at) => places.indexOf(places[at] ?? "") !== at);
  if (twice !== undefined)
    throw new UsageError(
      `--format: ${twice} is named for more than one format, and would hold the last one alone; give each a file of its own`,
    );
  const inputs = new Set(await Promise.all(reads.map(placeOf)));
  const read = files.find((_, at) => inputs.has(places[at] ?? ""));
  if (read !== undefined)
    throw new UsageError(`--format: this run reads ${read}, so that no report goes there; name another file`);
}

function placeOf(file: string): Promise<string> {
  return realpath(file).catch(() => resolve(file));
}

/** `newOnly` and `places` are not to be forgotten: formats would be red where the gate is green, or point nowhere. */
type Writing = Omit<RenderOptions, "width"> &
  Required<Pick<RenderOptions, "newOnly" | "places">> & { readonly terminal: Terminal };

/** Renders a report in every format that was asked for. */
export async function writeReport(
  report: Report,
  outputs: readonly Output[],
  { terminal, ...options }: Writing,
): Promise<void> {
  const { width } = terminal;
  for (const { reporter, file } of outputs) {
    if (file === undefined)
      for (const piece of piecesOf(reporter, report, {
        ...options,
        ...(width === undefined ? {} : { width }),
      }))
        await terminal.out(piece);
    else {
      await mkdir(dirname(file), { recursive: true });
      await writeFileAtomically(file, piecesOf(reporter, report, { ...options, color: false }));
    }
  }
}

function piecesOf(reporter: Reporter, report: Report, options: RenderOptions): Iterable<string> {
  return reporter.pieces?.(report, options) ?? [reporter.render(report, options)];
}

async function readFormat(word: string, plugins: Plugins): Promise<Output> {
  const at = word.indexOf("=");
  const id = at < 0 ? word : word.slice(0, at);
  const file = at < 0 ? undefined : word.slice(at + 1);
  const known = Object.keys(plugins.reporters);
  const load = Object.hasOwn(plugins.reporters, id) ? plugins.reporters[id] : undefined;
  if (load === undefined)
    throw new UsageError(
      `--format ${word}: there is no format "${id}"; known are ${known.join(", ")}${suggestion(id, known)}`,
    );
  if (file === "") throw new UsageError(`--format ${word}: the file name is missing after "="`);
  return { reporter: await load(), ...(file === undefined ? {} : { file }) };
}

/** " (did you mean …?)" where a known name is near, else nothing. */
export function suggestion(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  return near === undefined ? "" : ` (did you mean ${near}?)`;
}
