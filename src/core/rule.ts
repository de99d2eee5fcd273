import type { Pack } from "./formats/pack.js";
import type { Rule } from "./formats/rule.js";
import type { JsonObject } from "./json.js";
import type { Severity } from "./severity.js";

/** A rule that is in the run, with its options complete. `with` is valid against its evaluator's schema. */
export type SelectedRule = Omit<Rule, "with" | "severity"> & {
  readonly with: JsonObject;
  readonly severity: Severity;
  /** Where the rule was written; absent for a built-in rule. */
  readonly file?: string;
};

/** Every rule and pack that could be named, in the run or not. */
export type KnownRules = { readonly rules: readonly Rule[]; readonly packs: readonly Pack[] };

export type { Pack, Rule };
