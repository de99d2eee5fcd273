import { isAlias, isMap, isScalar } from "yaml";
import type { ParsedNode, Scalar, YAMLMap } from "yaml";
import type { Diagnostic } from "../../core/diagnostic.js";
import type { JsonValue } from "../../core/json.js";
import { diagnose, positionOf } from "../diagnostics/source-text.js";
import type { Problem, SourceText } from "../diagnostics/source-text.js";
import { placesOf } from "./places.js";
import { composeYaml } from "./read-yaml.js";
import type { YamlReading } from "./read-yaml.js";
import { longTag } from "./short-tags.js";
import { keyOf, rangeOf } from "./value.js";
import { plainValue } from "./yaml-1.1.js";

type Building = { readonly source: SourceText; readonly diagnostics: Diagnostic[] };

/**
 * Reads YAML as CloudFormation does, and JSON with it: scalars by YAML 1.1, short tags as the functions that they stand for
 * (`!GetAtt a.b.c` as `{ Fn::GetAtt: [a, b.c] }`), neither aliases nor merge keys. Never throws.
 */
export function readTagged(text: string, file: string): YamlReading {
  const { source, diagnostics, document } = composeYaml(text, file, "failsafe");
  if (document === undefined) return { source, diagnostics };
  const building: Building = { source, diagnostics: [] };
  const value = build(building, document.contents);
  return {
    source,
    diagnostics: building.diagnostics,
    content: { value, places: placesOf(document.contents, source) },
  };
}

function build(building: Building, node: ParsedNode | null): JsonValue {
  if (node === null) return null;
  if (isAlias(node)) {
    report(building, node, {
      code: "bad-alias",
      message: "CloudFormation takes no aliases in templates",
      hint: "write the value out; `aws cloudformation package` does so, too",
    });
    return null;
  }
  const value = buildPlain(building, node);
  const { tag } = node;
  if (tag === undefined || !tag.startsWith("!")) return value;
  if (/^![A-Za-z]+$/u.test(tag)) return { [longTag(tag)]: argument(tag, value) };
  report(building, node, {
    code: "unknown-tag",
    message: "CloudFormation knows no such tag",
    hint: "remove it",
  });
  return value;
}

// `!GetAtt a.b.c` splits at its first dot: attributes hold some, names do not.
function argument(tag: string, value: JsonValue): JsonValue {
  if (tag !== "!GetAtt" || typeof value !== "string") return value;
  const dot = value.indexOf(".");
  return dot < 0 ? [value] : [value.slice(0, dot), value.slice(dot + 1)];
}

function buildPlain(
  building: Building,
  node: Exclude<ParsedNode, { readonly source: string; readonly type?: "ALIAS" }>,
): JsonValue {
  if (isScalar(node)) return scalarOf(node);
  if (isMap(node)) return buildMap(building, node);
  return "items" in node ? node.items.map((item) => build(building, item as ParsedNode | null)) : null;
}

const YAML_TAG = "tag:yaml.org,2002:";

function scalarOf(node: Scalar.Parsed): JsonValue {
  const text = typeof node.value === "string" ? node.value : node.source;
  const { tag } = node;
  if (tag === `${YAML_TAG}str` && node.type !== "PLAIN") return text;
  // A short tag's own value is a name or a text: `!Sub 012` is no number.
  return node.type === "PLAIN" && !(tag?.startsWith("!") ?? false) ? plainValue(text) : text;
}

function buildMap(building: Building, map: YAMLMap.Parsed): JsonValue {
  const entries = new Map<string, JsonValue>();
  for (const pair of map.items) {
    const key = keyOf(pair);
    if (key === "<<" && isScalar(pair.key) && pair.key.type === "PLAIN")
      report(building, pair.key, {
        code: "merge-key",
        message: "CloudFormation takes no merge keys (<<)",
        hint: "write the keys out",
      });
    const value = build(building, pair.value);
    if (entries.has(key))
      report(building, pair.key, {
        code: "duplicate-key",
        message: `${key}: this key stands twice`,
        hint: "remove one",
      });
    else entries.set(key, value);
  }
  // fromEntries defines own properties, so that a key such as __proto__ is data like any other.
  return Object.fromEntries(entries);
}

function report({ source, diagnostics }: Building, node: ParsedNode, problem: Problem): void {
  diagnostics.push(diagnose(source, problem, positionOf(source, rangeOf(node))));
}
