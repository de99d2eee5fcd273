import type { JsonValue } from "../../core/json.js";

const words: Readonly<Record<string, JsonValue>> = {
  "": null,
  "~": null,
  null: null,
  yes: true,
  true: true,
  on: true,
  no: false,
  false: false,
  off: false,
};

/** What a plain scalar is in YAML 1.1, but for dates, which stay text, and numbers that JSON would not keep, which do, too. */
export function plainValue(text: string): JsonValue {
  // Only the spellings `yes`, `Yes` and `YES` count.
  if (text === text.toLowerCase() || text === text.toUpperCase() || text === capitalized(text)) {
    const word = text.toLowerCase();
    if (Object.hasOwn(words, word)) return words[word] ?? null;
  }
  return numberOf(text) ?? text;
}

function capitalized(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1).toLowerCase();
}

function numberOf(text: string): number | undefined {
  const digits = text.replaceAll("_", "");
  if (/^[-+]?0[0-7_]+$/u.test(text)) return exact(Number.parseInt(digits, 8));
  if (/^[-+]?0x[0-9a-fA-F_]+$/u.test(text)) return exact(Number.parseInt(digits, 16));
  if (/^[-+]?(?:0|[1-9][0-9_]*)$/u.test(text)) return exact(Number(digits));
  const isFloat = /^[-+]?(?:\d[\d_]*\.[\d_]*|\.\d[\d_]*|\d[\d_]*(?=[eE]))(?:[eE][-+]?\d+)?$/u.test(text);
  return isFloat && Number.isFinite(Number(digits)) ? Number(digits) : undefined;
}

function exact(value: number): number | undefined {
  return Number.isSafeInteger(value) ? value : undefined;
}
