import { builtins } from "./builtins.js";
import type { Lazy, Plugins } from "./core/plugins.js";
import { byKeys } from "./shared/order.js";

/** What can be listed. */
export const catalogueKinds = ["rules", "packs", "evaluators", "collectors", "reporters"] as const;
export type CatalogueKind = (typeof catalogueKinds)[number];

/** One line of a list; rules and packs also carry what they hold. */
export type CatalogueEntry = {
  readonly id: string;
  readonly summary: string;
  readonly severity?: string;
  readonly evaluator?: string;
  readonly template?: boolean;
  readonly rules?: readonly string[];
};

/** Everything of one kind, sorted by id. */
export async function catalogue(kind: CatalogueKind, plugins: Plugins = builtins): Promise<readonly CatalogueEntry[]> {
  return [...(await listers[kind](plugins))].sort(byKeys<CatalogueEntry>(({ id }) => id));
}

const listers = {
  rules: listRules,
  packs: listPacks,
  evaluators: ({ evaluators }) => listLazy(evaluators, ({ id }) => id),
  collectors: ({ collectors }) => listLazy(collectors, ({ type }) => type),
  reporters: ({ reporters }) => listLazy(reporters, ({ id }) => id),
} satisfies Record<CatalogueKind, (plugins: Plugins) => Promise<readonly CatalogueEntry[]>>;

async function listRules({ rules }: Plugins): Promise<readonly CatalogueEntry[]> {
  return (await rules()).map(({ id, title, severity, evaluator, template }) => ({ id, summary: title, severity, evaluator, ...(template === true ? { template } : {}) }));
}

async function listPacks({ packs }: Plugins): Promise<readonly CatalogueEntry[]> {
  return (await packs()).map(({ id, title, rules = [], controls = {} }) => ({ id, summary: title, rules: [...rules, ...Object.values(controls).flatMap((control) => control.rules)] }));
}

async function listLazy<T extends { readonly summary: string }>(lazy: Lazy<T>, id: (item: T) => string): Promise<readonly CatalogueEntry[]> {
  const items = await Promise.all(Object.values(lazy).map((load) => load()));
  return items.map((item) => ({ id: id(item), summary: item.summary }));
}
