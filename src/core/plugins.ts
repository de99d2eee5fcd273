import type { Collector } from "./collector.js";
import type { Evaluator } from "./evaluator.js";
import type { Pack } from "./formats/pack.js";
import type { Rule } from "./formats/rule.js";
import type { Reporter } from "./reporter.js";

/** Named things that are loaded when first asked for. */
export type Lazy<T> = { readonly [name: string]: () => Promise<T> };

/** All that can be plugged in. Engine and sources receive it as an argument; only `builtins.ts` names what ships. */
export type Plugins = {
  readonly evaluators: Lazy<Evaluator>;
  /** By resource type. */
  readonly collectors: Lazy<Collector>;
  readonly reporters: Lazy<Reporter>;
  /** The rules that ship, and those of rule packages; valid. */
  readonly rules: () => Promise<readonly Rule[]>;
  readonly packs: () => Promise<readonly Pack[]>;
  /** Where what does not ship comes from. */
  readonly origins?: Origins;
};

/** The plugin or rule package, as the config names it, of each thing that does not ship; by id. */
export type Origins = {
  readonly [Kind in "evaluators" | "collectors" | "reporters" | "rules" | "packs"]?: {
    readonly [id: string]: string;
  };
};
