import { dirname, isAbsolute, join } from "node:path";
import type { Diagnostic } from "../core/diagnostic.js";
import type { Config } from "../core/formats/config.js";
import type { Pack } from "../core/formats/pack.js";
import type { Rule } from "../core/formats/rule.js";
import type { Plugins } from "../core/plugins.js";
import { unknownName } from "./check-names.js";
import type { Fault } from "./diagnostics/fault.js";
import { loadPack } from "./load-pack.js";
import { loadRules } from "./load-rules.js";
import type { LocatedRule } from "./load-rules.js";
import type { WrittenDocument } from "./read-document.js";
import { lineText } from "./diagnostics/source-text.js";

/** The config that names files, and what they are checked against. */
export type Naming = { readonly document: WrittenDocument<Config>; readonly plugins: Plugins };

/** Loads the rule files that a config names, relative to it. A path that leads to nothing is reported where the config names it. */
export async function loadNamedRules(
  entries: readonly string[],
  { document, plugins }: Naming,
): Promise<{ readonly rules: readonly LocatedRule[]; readonly problems: readonly Diagnostic[] }> {
  if (entries.length === 0) return { rules: [], problems: [] };
  const paths = entries.map((entry) => resolve(document, entry));
  const loaded = await loadRules(paths, { plugins });
  if (loaded.ok) return { rules: loaded.value, problems: [] };
  return {
    rules: [],
    problems: loaded.diagnostics.map((problem) => moveToName(problem, { document, paths, at: "rules" })),
  };
}

/** The packs that a config names: the files' content, all ids, and what is wrong. */
export type NamedPacks = {
  readonly packs: readonly Pack[];
  readonly names: readonly string[];
  readonly problems: readonly Diagnostic[];
  readonly faults: readonly Fault[];
};

/** Loads the pack files that a config names, and looks up the names of built-in packs. */
export async function loadNamedPacks(
  entries: readonly string[],
  { document, plugins, known }: Naming & { readonly known: readonly Rule[] },
): Promise<NamedPacks> {
  const shipped = (await plugins.packs()).map(({ id }) => id);
  const all: NamedPacks[] = [];
  for (const [index, entry] of entries.entries()) {
    if (/\.ya?ml$/u.test(entry)) all.push(await loadPackFile(entry, index, { document, plugins, known }));
    else if (shipped.includes(entry)) all.push({ ...none, names: [entry] });
    else
      all.push({
        ...none,
        faults: [
          unknownName(entry, ["packs", index], { code: "unknown-pack", noun: "pack", known: shipped }),
        ],
      });
  }
  return {
    packs: all.flatMap(({ packs }) => packs),
    names: all.flatMap(({ names }) => names),
    problems: all.flatMap(({ problems }) => problems),
    faults: all.flatMap(({ faults }) => faults),
  };
}

const none: NamedPacks = { packs: [], names: [], problems: [], faults: [] };

async function loadPackFile(
  entry: string,
  index: number,
  { document, plugins, known }: Naming & { readonly known: readonly Rule[] },
): Promise<NamedPacks> {
  const path = resolve(document, entry);
  const loaded = await loadPack(path, {
    plugins: { rules: () => Promise.resolve(known), packs: plugins.packs },
  });
  if (loaded.ok) return { ...none, packs: [loaded.value.pack], names: [loaded.value.pack.id] };
  const paths = Array.from({ length: index + 1 }, () => path);
  return {
    ...none,
    problems: loaded.diagnostics.map((problem) => moveToName(problem, { document, paths, at: "packs" })),
  };
}

function resolve({ source }: WrittenDocument<Config>, path: string): string {
  return isAbsolute(path) ? path : join(dirname(source.file), path);
}

type Names = {
  readonly document: WrittenDocument<Config>;
  readonly paths: readonly string[];
  readonly at: "rules" | "packs";
};

const aboutPaths = new Set(["no-such-file", "unreadable-file", "no-rules", "not-a-rule-file"]);

function moveToName(problem: Diagnostic, { document, paths, at }: Names): Diagnostic {
  const index = paths.lastIndexOf(problem.file);
  if (problem.position !== undefined || index < 0 || !aboutPaths.has(problem.code)) return problem;
  const position = document.places.ofValue([at, index]);
  return {
    ...problem,
    file: document.source.file,
    position,
    message: `${problem.file}: ${problem.message}`,
    excerpt: lineText(document.source, position.line),
  };
}
