import type { Account } from "./account.js";
import type { Judgement } from "./judgement.js";
import type { JsonObject, JsonSchema } from "./json.js";
import type { Need } from "./need.js";

/**
 * A way to decide. Pure: no file, clock, network or environment; the same state gives the same judgements in the same order.
 *
 * `options` is the JSON Schema of a rule's `with`, checked with line and column when the rule loads, so that `needs`
 * and `evaluate` can rely on it. Absence is a judgement about the account or a region, never an empty list.
 */
export type Evaluator<Options = JsonObject> = {
  readonly contract: 1;
  /** Kebab-case; the file is named after it. */
  readonly id: string;
  /** One line for lists. */
  readonly summary: string;
  readonly options: JsonSchema;
  needs(options: Options): readonly Need[];
  evaluate(account: Account, options: Options): readonly Judgement[];
};

/** Declares an evaluator; `Options` is derived from the schema (`FromSchema<typeof options>`). */
export function defineEvaluator<Options>(evaluator: Omit<Evaluator<Options>, "contract">): Evaluator<Options> {
  return { contract: 1, ...evaluator };
}
