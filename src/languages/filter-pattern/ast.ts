import type { Automaton } from "../text-automaton.js";

/** A CloudWatch Logs filter pattern. Which family it is follows from its first character. */
export type FilterPattern =
  | { readonly kind: "everything" }
  | { readonly kind: "json"; readonly condition: Condition<Selector> }
  | { readonly kind: "terms"; readonly terms: readonly Term[] }
  | { readonly kind: "fields"; readonly slots: readonly FieldSlot[] };

/** Conditions over places; `parts` has two or more. */
export type Condition<Place> =
  | { readonly kind: "and"; readonly parts: readonly Condition<Place>[] }
  | { readonly kind: "or"; readonly parts: readonly Condition<Place>[] }
  | SimpleCondition<Place>;

/** One condition about one place; `doubt` says what in its text AWS does not document. */
export type SimpleCondition<Place> =
  | {
      readonly kind: "compare";
      readonly place: Place;
      readonly operator: Operator;
      readonly value: FilterValue;
      readonly doubt?: string;
    }
  | { readonly kind: "is"; readonly place: Place; readonly word: boolean | null; readonly doubt?: string }
  | { readonly kind: "not-exists"; readonly place: Place; readonly doubt?: string };

export type Operator = "=" | "!=" | "<" | ">" | "<=" | ">=";

/** Steps from the root of the record, `$`. */
export type Selector = readonly SelectorStep[];
export type SelectorStep =
  | { readonly kind: "name"; readonly name: string; readonly bracketed: boolean }
  | { readonly kind: "index"; readonly index: number }
  | { readonly kind: "all-items" }
  | { readonly kind: "all-members" };

/** What a place is compared with. A `*` in text is a wildcard, quoted or not; `any` is the bare `*`. */
export type FilterValue =
  | { readonly kind: "any" }
  | { readonly kind: "text"; readonly text: string; readonly quoted: boolean }
  | { readonly kind: "number"; readonly text: string }
  | { readonly kind: "regex"; readonly text: string; readonly automaton: Automaton };

/** One word of a term pattern: must be in the line, must not (`-`), or one of several may be (`?`). */
export type Term = {
  readonly role: "required" | "excluded" | "alternative";
  readonly value: Extract<FilterValue, { readonly kind: "text" | "regex" }>;
  readonly doubt?: string;
};

/** One field of a space-delimited pattern; `rest` is `...`. */
export type FieldSlot =
  | { readonly kind: "rest" }
  | { readonly kind: "field"; readonly name: string; readonly condition?: Condition<string> };

/** A value, or why AWS refuses the text and at which offset, from 0. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly at: number; readonly message: string };
