import type { Collector } from "./collector.js";
import type { Evaluator } from "./evaluator.js";
import type { Reporter } from "./reporter.js";

/** What a plugin's module exports under the name `watchproof`. */
export type Plugin = {
  readonly contract: 1;
  readonly evaluators?: readonly Evaluator[];
  readonly collectors?: readonly Collector[];
  readonly reporters?: readonly Reporter[];
};

/** Declares a plugin: `export const watchproof = definePlugin({ evaluators: [...] })`. */
export function definePlugin(plugin: Omit<Plugin, "contract">): Plugin {
  return { contract: 1, ...plugin };
}
