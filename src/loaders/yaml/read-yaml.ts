import { Composer, Parser } from "yaml";
import type { CST, Document, YAMLError } from "yaml";
import type { Diagnostic } from "../../core/diagnostic.js";
import type { JsonValue } from "../../core/json.js";
import { inspectTokens } from "./inspect-tokens.js";
import type { TokenFindings } from "./inspect-tokens.js";
import { diagnose, positionOf, sourceText } from "../diagnostics/source-text.js";
import type { Problem, Range, SourceText } from "../diagnostics/source-text.js";
import { placesOf } from "./places.js";
import type { Places } from "./places.js";
import { buildValue } from "./value.js";
import { explainYaml } from "./words.js";

/** How deep lists and mappings may be nested. */
const MAX_DEPTH = 64;

/** A YAML file as JSON data with the places of its values, or without them where the text cannot be understood. */
export type YamlReading = {
  readonly source: SourceText;
  readonly diagnostics: readonly Diagnostic[];
  readonly content?: YamlContent;
};

/** What a YAML file holds, and where. */
export type YamlContent = { readonly value: JsonValue; readonly places: Places };

/**
 * Reads YAML 1.2 (core schema: dates and `no` stay text). Keys are text. Never throws: whatever is wrong is a diagnostic.
 * Duplicate keys, aliases that lead nowhere and the like leave a content that can still be checked further.
 */
export function readYaml(text: string, file: string): YamlReading {
  const { source, diagnostics, document } = composeYaml(text, file, "core");
  return document === undefined ? { source, diagnostics } : contentOf(document, source);
}

/** One composed document, or why there is none. "failsafe": every scalar is text. */
export function composeYaml(
  text: string,
  file: string,
  schema: "core" | "failsafe",
): Omit<YamlReading, "content"> & { readonly document?: Document.Parsed } {
  const source = sourceText(file, text);
  const tokens = [...new Parser().parse(source.text)];
  const { tooDeep, unclosed, directive } = inspectTokens(tokens, MAX_DEPTH);
  const fail = (range: Range, problem: Problem): YamlReading => ({
    source,
    diagnostics: [diagnose(source, problem, positionOf(source, range))],
  });
  if (tooDeep !== undefined)
    return fail(point(tooDeep), {
      code: "too-deep",
      message: `lists and mappings are nested more than ${MAX_DEPTH.toString()} deep`,
    });
  if (directive !== undefined) return fail(point(directive), explainYaml("BAD_DIRECTIVE"));
  const [first, second] = compose(tokens, source, schema);
  const fault = first?.errors[0];
  if (fault !== undefined) {
    const { range, problem } = explainFault(fault, unclosed, source.text);
    return fail(range, problem);
  }
  if (second !== undefined)
    return fail(point(second.range[0]), {
      code: "several-documents",
      message: "one file holds one document, and here begins another",
      hint: "put each into a file of its own",
    });
  if (first === undefined || isEmpty(first))
    return {
      source,
      diagnostics: [diagnose(source, { code: "empty-file", message: "there is nothing in this file" })],
    };
  return { source, diagnostics: [], document: first };
}

type Parsed = Document.Parsed;

function contentOf(document: Parsed, source: SourceText): YamlReading {
  const { value, diagnostics } = buildValue(document.contents, source);
  const tags = document.warnings.map(({ pos, code }) =>
    diagnose(source, explainYaml(code), positionOf(source, { start: pos[0], end: pos[1] })),
  );
  return {
    source,
    diagnostics: [...tags, ...diagnostics],
    content: { value, places: placesOf(document.contents, source) },
  };
}

// uniqueKeys is off because its check is quadratic; buildValue checks in linear time, and knows both places.
function compose(
  tokens: readonly CST.Token[],
  source: SourceText,
  schema: "core" | "failsafe",
): readonly Parsed[] {
  const composer = new Composer({
    version: "1.2",
    schema,
    stringKeys: true,
    uniqueKeys: false,
    resolveKnownTags: false,
    prettyErrors: false,
    logLevel: "silent",
  });
  return [...composer.compose(tokens, true, source.text.length)];
}

function isEmpty({ contents }: Parsed): boolean {
  return contents === null || contents.range[0] === contents.range[1];
}

function point(offset: number): Range {
  return { start: offset, end: offset + 1 };
}

// The parser notices at the end of the text that a quote or bracket was never closed; a person needs to see where it was opened.
function explainFault(
  { code, pos }: YAMLError,
  unclosed: TokenFindings["unclosed"],
  text: string,
): { readonly range: Range; readonly problem: Problem } {
  const isAboutClosing = code === "MISSING_CHAR" || code === "BAD_INDENT";
  if (unclosed === undefined || !isAboutClosing)
    return { range: faultRange(code, pos, text), problem: explainYaml(code) };
  const message =
    unclosed.kind === "quote"
      ? "this quote is never closed"
      : "this bracket is never closed, or what it holds is not indented";
  return { range: point(unclosed.offset), problem: { code: "yaml-syntax", message } };
}

// What stands in the wrong column is the first word of the line, not the space before it.
function faultRange(code: YAMLError["code"], [start, end]: YAMLError["pos"], text: string): Range {
  if (code !== "BAD_INDENT") return { start, end };
  const word = /[^ \t]/gu;
  word.lastIndex = start;
  return point(word.exec(text)?.index ?? start);
}
