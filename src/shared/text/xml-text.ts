import { printable } from "./terminal-text.js";

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text fit for the content or an attribute of XML and HTML: markup is escaped, and characters that XML 1.0 forbids are spelled out. */
export function escapeMarkup(text: string): string {
  return printable(text).replace(/[&<>"']/gu, (character) => entities[character] ?? character);
}
