import type { ConditionOption } from "./condition.js";

/**
 * One side of a part of a condition: `condition` holds for a resource when the part is reached there and is `when`.
 * A part is reached as a reader would: in an `all` after everything before it held, in an `any` after nothing did.
 */
export type Probe = {
  /** Keys and indexes from the condition down to the part. */
  readonly path: readonly (string | number)[];
  /** Within an expression's text, in characters from 0. */
  readonly stretch?: { readonly offset: number; readonly length: number };
  /** The part as it was written, or as it would be. */
  readonly text: string;
  readonly when: "true" | "false";
  readonly condition: ConditionOption;
};
