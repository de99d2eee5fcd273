import { builtins } from "./builtins.js";
import type { Lazy, Plugins } from "../core/plugins.js";
import type { Severity } from "../core/severity.js";
import { byKeys, sortedUnique } from "../shared/order.js";

/** What can be listed. */
export const catalogueKinds = ["rules", "packs", "evaluators", "collectors", "reporters"] as const;
export type CatalogueKind = (typeof catalogueKinds)[number];

/** One line of a list; rules and packs also carry what they hold. */
export type CatalogueEntry = {
  readonly id: string;
  readonly summary: string;
  /** "built-in", or the plugin or rule package that brings it, as the config names it. */
  readonly from: string;
  readonly severity?: Severity;
  readonly evaluator?: string;
  readonly template?: boolean;
  readonly rules?: readonly string[];
  /** The service that a rule or a resource type is about, in small letters: the first word of its id. */
  readonly service?: string;
  /** The frameworks whose controls a rule helps to meet, or a pack maps. */
  readonly frameworks?: readonly string[];
};

/** What to show of a list. Every condition must hold; those that a kind of entry cannot meet leave nothing. */
export type CatalogueFilter = {
  readonly service?: string;
  readonly severity?: Severity;
  /** A framework's id, or its beginning: "cis-aws" for every version. */
  readonly framework?: string;
  /** Words that all stand in the id or the summary, in any case. */
  readonly words?: readonly string[];
};

/** Everything of one kind, sorted by id. */
export async function catalogue(
  kind: CatalogueKind,
  plugins: Plugins = builtins,
): Promise<readonly CatalogueEntry[]> {
  const origins = plugins.origins?.[kind] ?? {};
  const entries = (await listers[kind](plugins)).map(({ id, summary, ...more }) => ({
    id,
    summary,
    from: Object.hasOwn(origins, id) ? (origins[id] ?? BUILT_IN) : BUILT_IN,
    ...more,
  }));
  return entries.sort(byKeys<CatalogueEntry>(({ id }) => id));
}

const BUILT_IN = "built-in";

/** The entries that meet a filter, in their order. */
export function filterCatalogue(
  entries: readonly CatalogueEntry[],
  { service, severity, framework, words = [] }: CatalogueFilter,
): readonly CatalogueEntry[] {
  return entries.filter((entry) => {
    const text = `${entry.id} ${entry.summary}`.toLowerCase();
    return (
      (service === undefined || entry.service === service.toLowerCase()) &&
      (severity === undefined || entry.severity === severity) &&
      (framework === undefined ||
        (entry.frameworks ?? []).some((id) => id === framework || id.startsWith(`${framework}-`))) &&
      words.every((word) => text.includes(word.toLowerCase()))
    );
  });
}

const listers = {
  rules: listRules,
  packs: listPacks,
  evaluators: ({ evaluators }) => listLazy(evaluators, ({ id, summary }) => ({ id, summary })),
  collectors: ({ collectors }) =>
    listLazy(collectors, ({ type, summary }) => ({
      id: type,
      summary,
      service: (type.split("::")[1] ?? "").toLowerCase(),
    })),
  reporters: ({ reporters }) => listLazy(reporters, ({ id, summary }) => ({ id, summary })),
} satisfies Record<CatalogueKind, (plugins: Plugins) => Promise<readonly Listed[]>>;

type Listed = Omit<CatalogueEntry, "from">;

async function listRules({ rules, packs }: Plugins): Promise<readonly Listed[]> {
  const mapping = (await packs()).filter(({ controls }) => controls !== undefined);
  return (await rules()).map(({ id, title, severity, evaluator, template, controls = {} }) => {
    const mapped = mapping.filter((pack) =>
      Object.values(pack.controls ?? {}).some((control) => control.rules.includes(id)),
    );
    const frameworks = sortedUnique([...Object.keys(controls), ...mapped.map((pack) => pack.id)]);
    return {
      id,
      summary: title,
      severity,
      evaluator,
      ...(template === true ? { template } : {}),
      service: id.split(".")[0] ?? id,
      frameworks,
    };
  });
}

async function listPacks({ packs }: Plugins): Promise<readonly Listed[]> {
  return (await packs()).map(({ id, title, rules = [], controls }) => ({
    id,
    summary: title,
    rules: [...rules, ...Object.values(controls ?? {}).flatMap((control) => control.rules)],
    ...(controls === undefined ? {} : { frameworks: [id] }),
  }));
}

async function listLazy<T>(lazy: Lazy<T>, describe: (item: T) => Listed): Promise<readonly Listed[]> {
  return Promise.all(Object.values(lazy).map(async (load) => describe(await load())));
}
