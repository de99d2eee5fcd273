import { isDeepStrictEqual } from "node:util";
import { isSeq, parseDocument, stringify } from "yaml";
import type { ParsedNode, YAMLSeq } from "yaml";
import type { Waiver } from "../core/waiver.js";
import { parseWaivers } from "./load-waivers.js";

/**
 * The text of a waiver file with one more waiver at its end; without a text, a new file. What stands there stays as it was written,
 * comments and order too; only a list in brackets is set anew. The text must be a valid file of waivers.
 */
export async function appendWaiver(text: string | undefined, waiver: Waiver): Promise<string> {
  if (text === undefined) return `waivers:\n${entryText(waiver, "  ")}`;
  const wanted = [...(await waiversIn(text)), { ...waiver }];
  for (const candidate of [insertText(text, waiver), setAnew(text, waiver)]) {
    if (candidate !== undefined && isDeepStrictEqual(await waiversIn(candidate), wanted)) return candidate;
  }
  throw new Error("a waiver could not be added to a valid file of waivers");
}

async function waiversIn(text: string): Promise<readonly Waiver[]> {
  const loaded = await parseWaivers(text, "waivers");
  return loaded.ok ? loaded.value.map(({ waiver }) => waiver) : [];
}

// Inserted as text, since a YAML library that writes a whole document sets spaces and quotes in its own way.
function insertText(text: string, waiver: Waiver): string | undefined {
  const list: unknown = parseDocument(text).get("waivers", true);
  if (!isSeq<ParsedNode>(list)) return undefined;
  const [start = 0, end = 0] = list.range ?? [];
  if (list.items.length === 0)
    return `${text.slice(0, start).trimEnd()}\n${entryText(waiver, "  ")}${text.slice(end).replace(/^[ \t]*\r?\n/u, "")}`;
  return list.flow === true ? undefined : insertAfterLast(text, list, waiver);
}

function insertAfterLast(text: string, { items }: YAMLSeq<ParsedNode>, waiver: Waiver): string | undefined {
  const last = items.at(-1);
  if (last === undefined) return undefined;
  const dash = text.lastIndexOf("-", last.range[0] - 1);
  const indent = text.slice(text.lastIndexOf("\n", dash) + 1, dash);
  const end = last.range[1];
  const lineEnd = text[end - 1] === "\n" ? end : text.indexOf("\n", end) + 1;
  const [before, after] = lineEnd === 0 ? [`${text}\n`, ""] : [text.slice(0, lineEnd), text.slice(lineEnd)];
  return before + entryText(waiver, indent) + after;
}

function setAnew(text: string, waiver: Waiver): string {
  const document = parseDocument(text);
  document.addIn(["waivers"], waiver);
  return document.toString({ lineWidth: 0 });
}

function entryText(waiver: Waiver, indent: string): string {
  const lines = stringify(waiver, { lineWidth: 0 }).trimEnd().split("\n");
  return lines
    .map((line, at) => (line === "" ? "\n" : `${indent}${at === 0 ? "- " : "  "}${line}\n`))
    .join("");
}
