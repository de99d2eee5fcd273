import type { DeclaredIdentity } from "../core/declared.js";
import { IDENTITIES } from "./identities.js";

/** Where a named resource lives. */
export type Home = { readonly account: string; readonly region: string; readonly partition: string };

/** The identity of a resource of some type; undefined for a type of which nothing is known. `properties` fill the formula's other braces. */
export function identify(
  type: string,
  name: string,
  { home, properties = {} }: { readonly home: Home; readonly properties?: Readonly<Record<string, string>> },
): DeclaredIdentity | undefined {
  const formula = Object.hasOwn(IDENTITIES, type) ? IDENTITIES[type] : undefined;
  if (formula === undefined) return undefined;
  const words: Record<string, string> = { ...properties, ...home, name };
  const arn = formula.arn === undefined ? undefined : fill(formula.arn, words);
  if (arn !== undefined) words["arn"] = arn;
  return {
    id: fill(formula.id ?? "{name}", words),
    ref: fill(formula.ref ?? "{name}", words),
    ...(arn === undefined ? {} : { arn }),
  };
}

function fill(text: string, words: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/gu, (whole, word: string) => words[word] ?? whole);
}
