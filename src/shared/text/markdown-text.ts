import { visible } from "./terminal-text.js";

/** Text fit for a cell, or for the inside of a line, of Markdown (CommonMark, GitHub): nothing in it is markup, a link, a mention or HTML. */
export function escapeMarkdown(text: string): string {
  return visible(text)
    .replace(/[\\`*_[\]!|~<>&$]/gu, (character) => `&#${(character.codePointAt(0) ?? 0).toString()};`)
    .replaceAll("@", "&#64;")
    .replace(/:\/\//gu, "&#58;//")
    .replace(/\bwww\./giu, (start) => `${start.slice(0, -1)}&#46;`);
}

/** A Markdown table; cells are escaped here. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escapeMarkdown).join(" | ")} |`;
  return [line(head), `|${head.map(() => "---|").join("")}`, ...rows.map(line)].join("\n");
}
