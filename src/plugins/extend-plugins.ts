import type { Plugin } from "../core/plugin.js";
import type { Lazy, Plugins } from "../core/plugins.js";
import { doubting } from "./watch-lists.js";

/**
 * What there is, and besides it what a program brings itself: for a library's own evaluators, collectors and reporters.
 * They run in line, in this thread. An evaluator that uses a list without looking at its `blind` decides nothing where the list is not complete.
 *
 * @throws Error where an id is taken.
 */
export function extendPlugins(
  base: Plugins,
  { evaluators = [], collectors = [], reporters = [] }: Omit<Plugin, "contract">,
): Plugins {
  return {
    ...base,
    evaluators: withMore(
      base.evaluators,
      evaluators.map((one) => [one.id, doubting(one)] as const),
    ),
    collectors: withMore(
      base.collectors,
      collectors.map((one) => [one.type, one] as const),
    ),
    reporters: withMore(
      base.reporters,
      reporters.map((one) => [one.id, one] as const),
    ),
  };
}

function withMore<T>(base: Lazy<T>, more: readonly (readonly [string, T])[]): Lazy<T> {
  const taken = more.find(
    ([id], index) => Object.hasOwn(base, id) || more.findIndex(([other]) => other === id) !== index,
  );
  if (taken !== undefined) throw new Error(`${taken[0]} is there already; choose another id`);
  return { ...base, ...Object.fromEntries(more.map(([id, one]) => [id, () => Promise.resolve(one)])) };
}
