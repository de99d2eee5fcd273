import type { JsonObject, JsonValue } from "../../core/json.js";
import type { Evidence } from "../../core/verdict.js";
import { byText } from "../../shared/order.js";
import { sortedJson } from "../../shared/report/sorted-json.js";
import { html, preformatted } from "./markup.js";
import type { Markup } from "./markup.js";

// Longer JSON is easier to read when it is laid out; what a cell can show without breaking a line. Both in characters.
const mostInLine = 80;
const cellWidth = 40;
// What is indented further is no longer read for its layout.
const deepest = 40;

/** The observed values, and where each was read. */
export function evidenceTable(evidence: readonly Evidence[]): Markup | undefined {
  if (evidence.length === 0) return undefined;
  const rows = evidence.map(
    ({ path, value, from }) =>
      html`<tr><th scope="row">${path}</th><td>${valueMarkup(value)}</td><td>${from}</td></tr>\n`,
  );
  return html`<table class="evidence"><caption>Evidence: what was read, its value, by which call and where</caption><tbody>
${rows}</tbody></table>`;
}

/** An object's members by name, sorted, as a list of descriptions. */
export function memberList(members: JsonObject): Markup {
  const items = Object.entries(members)
    .sort(([a], [b]) => byText(a, b))
    .map(
      ([name, value]) =>
        html`<div><dt>${name}</dt><dd>${typeof value === "string" ? value : valueMarkup(value)}</dd></div>`,
    );
  return html`<dl class="members">${items}</dl>`;
}

// In evidence, null means that AWS says it is not set.
function valueMarkup(value: JsonValue): Markup | string {
  if (value === null) return html`<i>not set</i>`;
  const document = typeof value === "string" ? documentIn(value) : undefined;
  if (document !== undefined) return html`<pre>${preformatted(document)}</pre>`;
  const sorted = sortedJson(value);
  const line = JSON.stringify(sorted);
  return line.length <= mostInLine || typeof value !== "object"
    ? line
    : html`<pre>${preformatted(laidOut(sorted, 0))}</pre>`;
}

// A policy is a text that holds JSON, in the order in which somebody wrote it.
function documentIn(text: string): string | undefined {
  if (text.length <= mostInLine || !/^\s*[{[]/u.test(text)) return undefined;
  try {
    return laidOut(JSON.parse(text) as JsonValue, 0); // JSON.parse gives nothing else.
  } catch {
    // No JSON, or so deep that nothing could show it.
    return undefined;
  }
}

// What fits into a line stays on it, so that a list of selectors takes a few lines and not a page. `depth`: how far it is indented.
function laidOut(value: JsonValue, depth: number): string {
  const line = JSON.stringify(value);
  if (typeof value !== "object" || value === null || line.length + depth <= cellWidth || depth >= deepest)
    return line;
  const inside = " ".repeat(depth + 2);
  const isArray = Array.isArray(value);
  const members = Object.entries(value).map(
    ([name, member]) => `${inside}${isArray ? "" : `${JSON.stringify(name)}: `}${laidOut(member, depth + 2)}`,
  );
  return `${isArray ? "[" : "{"}\n${members.join(",\n")}\n${" ".repeat(depth)}${isArray ? "]" : "}"}`;
}
