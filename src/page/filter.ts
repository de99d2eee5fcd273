import type { Entry } from "./finding-index.js";

/** What a person asked for: words that must all occur, and for each attribute the values that are let through. */
export type Filter = {
  readonly words: readonly string[];
  readonly wanted: Readonly<Record<string, readonly string[]>>;
};

const groupAttributes = new Set(["rule", "service"]);

/** Reads the form. Nothing chosen in a field lets everything through. */
export function readFilter(form: HTMLFormElement): Filter {
  const data = new FormData(form);
  const texts = (name: string): readonly string[] =>
    data
      .getAll(name)
      .filter((value) => typeof value === "string" && value !== "")
      .map(String);
  const wanted: Record<string, readonly string[]> = {};
  for (const name of ["severity", "status", "acceptance", "account", "region", "frameworks"])
    if (texts(name).length > 0) wanted[name] = texts(name);
  // The value names its attribute, too: "service 3" or "rule 12".
  for (const [attribute, value] of texts("rule").map((text) => text.split(" ")))
    if (attribute !== undefined && value !== undefined) wanted[attribute] = [value];
  return {
    words: texts("search")
      .join(" ")
      .toLowerCase()
      .split(/\s+/u)
      .filter((word) => word !== ""),
    wanted,
  };
}

/** Whether anything was asked for at all. */
export function isNarrow({ words, wanted }: Filter): boolean {
  return words.length > 0 || Object.keys(wanted).length > 0;
}

/** Whether a finding is what was asked for. */
export function matches({ words, wanted }: Filter, entry: Entry): boolean {
  for (const [name, values] of Object.entries(wanted)) {
    const own = (groupAttributes.has(name) ? entry.group : entry.element).dataset[name] ?? "";
    if (!own.split(" ").some((value) => values.includes(value))) return false;
  }
  return words.every((word) => entry.words().includes(word));
}
