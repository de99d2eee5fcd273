import { spellCommands, spellStart } from "./runner-commands.js";
import { visible } from "./terminal-text.js";

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text fit for the content or an attribute of XML and HTML: markup is escaped, and characters that XML 1.0 forbids are spelled out. */
export function escapeMarkup(text: string): string {
  const escaped = visible(text).replace(/[&<>"']/gu, (character) => entities[character] ?? character);
  return spellStart(spellCommands(escaped, reference), reference);
}

function reference(character: string): string {
  return `&#${(character.codePointAt(0) ?? 0).toString()};`;
}
