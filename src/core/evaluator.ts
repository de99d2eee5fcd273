import type { Account } from "./account.js";
import type { Judgement } from "./judgement.js";
import type { JsonObject, JsonSchema } from "./json.js";
import type { Need } from "./need.js";
import type { PropertyShapes } from "./property-shape.js";

/** A value, or a promise of it where code must be loaded first. */
export type Awaitable<T> = T | Promise<T>;

/**
 * A way to decide. Pure: no file, clock, network or environment; the same state gives the same judgements in the same order.
 *
 * `options` is the JSON Schema of a rule's `with`, checked with line and column when the rule loads, so that `needs`
 * and `evaluate` can rely on it. Absence is a judgement about the account or a region, never an empty list.
 * Most evaluators answer at once; a promise is for one that loads an engine only when its options ask for it.
 */
export type Evaluator<
  Options = JsonObject,
  Needs = Awaitable<readonly Need[]>,
  Judgements = Awaitable<readonly Judgement[]>,
> = {
  readonly contract: 1;
  /** Kebab-case; the file is named after it. */
  readonly id: string;
  /** One line for lists. */
  readonly summary: string;
  readonly options: JsonSchema;
  /** Problems of options that a schema cannot see, such as a misspelt property. Called when a rule loads. */
  review?(options: Options, types: KnownTypes): Promise<readonly OptionProblem[]>;
  needs(options: Options): Needs;
  evaluate(account: Account, options: Options): Judgements;
};

/** Declares an evaluator; `Options` is derived from the schema (`FromSchema<typeof options>`). */
export function defineEvaluator<Options, Needs = readonly Need[], Judgements = readonly Judgement[]>(
  evaluator: Omit<Evaluator<Options, Needs, Judgements>, "contract">,
): Evaluator<Options, Needs, Judgements> {
  return { contract: 1, ...evaluator };
}

/** What is known of resource types when a rule loads: each type's property names, and what may stand below them. */
export type KnownTypes = {
  readonly names: readonly string[];
  /** undefined for a type that nobody collects. */
  propertiesOf(type: string): Promise<readonly string[] | undefined>;
  /** What may stand below its properties; {} where nothing is known of that. A test's own types may do without. */
  shapesOf?(type: string): Promise<PropertyShapes>;
};

/** A problem at a place within a rule's `with`. */
export type OptionProblem = {
  readonly code: "bad-expression" | "unknown-property" | "unknown-type" | "bad-value";
  /** Keys and indexes from `with` down to the value. */
  readonly path: readonly (string | number)[];
  /** Within the value's text, counted in characters from 0. */
  readonly offset?: number;
  readonly length?: number;
  readonly message: string;
  readonly hint?: string;
};
