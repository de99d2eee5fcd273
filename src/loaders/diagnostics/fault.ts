import type { Problem } from "./source-text.js";

/** The way from a document's root to a value: keys and list indexes. */
export type Path = readonly (string | number)[];

/**
 * A problem in data, and where: at a key, at a value, or at a stretch of a value's text, counted in characters from 0. A missing key
 * is reported at its parent's key.
 */
export type Fault = Problem & { readonly path: Path; readonly at: "key" | "value" | Stretch };

/** Part of a text. */
export type Stretch = { readonly offset: number; readonly length: number };

/** How a scalar was written; undefined where that is not known. */
export type TextOf = (path: Path) => string | undefined;
