import type { Need } from "../core/need.js";
import type { Plugins } from "../core/plugins.js";
import { parentsOf } from "./plan.js";
import type { Collectors } from "./plan.js";

/** Loads the collectors that these needs lead to, and no others: of the types they name, of those that refer to them, and of their parents. */
export async function loadCollectors(
  lazy: Plugins["collectors"],
  needs: readonly Need[],
): Promise<Collectors> {
  const loaded = new Map<string, Awaited<ReturnType<Plugins["collectors"][string]>>>();
  let wanted = [
    ...new Set(needs.flatMap(({ type, only }) => (only === undefined ? [type] : [type, only.referencedBy]))),
  ];
  while (wanted.length > 0) {
    const loading = wanted.filter((type) => Object.hasOwn(lazy, type)).map(async (type) => lazy[type]?.());
    const found = await Promise.all(loading);
    for (const collector of found) if (collector !== undefined) loaded.set(collector.type, collector);
    const parents = found.flatMap((collector) => parentsOf(collector?.list?.at));
    wanted = parents.filter((type) => !loaded.has(type));
  }
  return loaded;
}
