import { Hole } from "../../core/declared.js";
import type { Given } from "../../core/declared.js";
import { joinHoles, isList, textOf, written } from "./values.js";

const NAMED = /\$\{([^}]*)\}/gu;

/** The names that a text for Fn::Sub refers to, in their order. */
export function namesIn(text: string): readonly string[] {
  return [...text.matchAll(NAMED)].flatMap(([, name = ""]) => (name.startsWith("!") ? [] : [name.trim()]));
}

/** Fills `${Name}` from values and leaves `${!Name}` as `${Name}`; a text that depends on a hole is that hole. */
export function substitute(text: string, valueOf: (name: string) => Given): string | Hole {
  const holes: Hole[] = [];
  const filled = text.replaceAll(NAMED, (_, name: string) => {
    if (name.startsWith("!")) return `\${${name.slice(1)}}`;
    const value = valueOf(name.trim());
    if (value instanceof Hole) holes.push(value);
    return textOf(value) ?? (isList(value) ? listText(value, holes) : "");
  });
  return joinHoles(holes) ?? written(filled);
}

function listText(values: readonly Given[], holes: Hole[]): string {
  for (const value of values) if (value instanceof Hole) holes.push(value);
  return values.map((value) => textOf(value) ?? "").join(",");
}
