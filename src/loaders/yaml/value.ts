import { isAlias, isMap, isScalar } from "yaml";
import type { Alias, Pair, ParsedNode, YAMLMap, YAMLSeq } from "yaml";
import type { Diagnostic } from "../../core/diagnostic.js";
import type { JsonValue } from "../../core/json.js";
import { diagnose, lineText, positionOf } from "../diagnostics/source-text.js";
import type { Problem, Range, SourceText } from "../diagnostics/source-text.js";

/** How many values all aliases of a file may stand for together. */
const MAX_ALIASED = 10_000;

/** A composed file as JSON data, and what JSON or a careful reader would not accept. */
export type YamlValue = { readonly value: JsonValue; readonly diagnostics: readonly Diagnostic[] };

/** `size`: how many values it holds once every alias is written out. */
type Built = { readonly value: JsonValue; readonly size: number };
type Building = {
  readonly source: SourceText;
  readonly diagnostics: Diagnostic[];
  /** undefined: the anchor's own value is still being built. */
  readonly anchors: Map<string, Built | undefined>;
  aliased: number;
};

/** Turns a composed document into JSON data. Of a key that stands twice the first counts. The tree's depth must be bounded. */
export function buildValue(root: ParsedNode | null, source: SourceText): YamlValue {
  const building: Building = { source, diagnostics: [], anchors: new Map(), aliased: 0 };
  const { value } = build(building, root);
  return { value, diagnostics: building.diagnostics };
}

const nothing: Built = { value: null, size: 1 };

function build(building: Building, node: ParsedNode | null): Built {
  if (node === null) return nothing;
  if (isAlias(node)) return follow(building, node);
  if (node.anchor === undefined) return buildNode(building, node);
  building.anchors.set(node.anchor, undefined);
  const built = buildNode(building, node);
  building.anchors.set(node.anchor, built);
  return built;
}

function buildNode(building: Building, node: Exclude<ParsedNode, Alias.Parsed>): Built {
  if (isScalar(node)) return { value: scalarValue(building, node.value, rangeOf(node)), size: 1 };
  return isMap(node) ? buildMap(building, node) : buildList(building, node);
}

function scalarValue(building: Building, value: unknown, range: Range): JsonValue {
  if (typeof value === "string" || typeof value === "boolean" || value === null) return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  report(building, range, {
    code: "bad-value",
    message: `${textOf(building.source, range)} is not a finite number`,
    hint: "put it in quotes if it is meant as text",
  });
  return null;
}

function buildList(building: Building, { items }: YAMLSeq.Parsed): Built {
  const built = items.map((item) => build(building, item));
  return { value: built.map(({ value }) => value), size: sizeOf(built) };
}

function buildMap(building: Building, map: YAMLMap.Parsed): Built {
  const entries = new Map<string, Built>();
  const lines = new Map<string, number>();
  for (const pair of map.items) {
    const key = keyOf(pair);
    const range = rangeOf(pair.key);
    const earlier = lines.get(key);
    if (isMergeKey(pair))
      report(building, range, {
        code: "merge-key",
        message: "merge keys (<<) are not accepted",
        hint: "write the keys out",
      });
    const built = build(building, pair.value);
    if (earlier === undefined) entries.set(key, built);
    else
      report(building, range, {
        code: "duplicate-key",
        message: `${key}: this key stands twice`,
        hint: `it is already on line ${earlier.toString()}`,
      });
    if (earlier === undefined) lines.set(key, positionOf(building.source, range).line);
  }
  // fromEntries defines own properties, so that a key such as __proto__ is data like any other.
  return {
    value: Object.fromEntries([...entries].map(([key, { value }]) => [key, value])),
    size: sizeOf([...entries.values()]),
  };
}

function follow(building: Building, alias: Alias.Parsed): Built {
  const range = rangeOf(alias);
  if (!building.anchors.has(alias.source))
    return refuse(building, range, {
      code: "bad-alias",
      message: `nothing before this is anchored as &${alias.source}`,
      hint: `put the value in quotes if it is meant as text: "*${alias.source}"`,
    });
  const target = building.anchors.get(alias.source);
  if (target === undefined)
    return refuse(building, range, {
      code: "bad-alias",
      message: `*${alias.source} stands inside the value that it names`,
    });
  const before = building.aliased;
  building.aliased += target.size;
  if (building.aliased <= MAX_ALIASED) return target;
  if (before > MAX_ALIASED) return nothing;
  return refuse(building, range, {
    code: "alias-bomb",
    message: `the aliases of this file stand for more than ${MAX_ALIASED.toString()} values`,
    hint: "write less by alias",
  });
}

function refuse(building: Building, range: Range, problem: Problem): Built {
  report(building, range, problem);
  return nothing;
}

function report({ source, diagnostics }: Building, range: Range, problem: Problem): void {
  diagnostics.push(diagnose(source, problem, positionOf(source, range)));
}

function sizeOf(children: readonly Built[]): number {
  return children.reduce((sum, { size }) => sum + size, 1);
}

/** The text of a pair's key; the composer has refused keys that are not scalars. */
export function keyOf({ key }: Pair<ParsedNode, ParsedNode | null>): string {
  return isScalar(key) && typeof key.value === "string" ? key.value : "";
}

/** Where a node stands in the text, without the space after it. */
export function rangeOf({ range }: ParsedNode): Range {
  return { start: range[0], end: range[1] };
}

function isMergeKey({ key }: Pair<ParsedNode, ParsedNode | null>): boolean {
  return isScalar(key) && key.value === "<<" && key.type === "PLAIN";
}

function textOf(source: SourceText, range: Range): string {
  const { line, column, length } = positionOf(source, range);
  return lineText(source, line).slice(column - 1, column - 1 + length);
}
