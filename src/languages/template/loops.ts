import { Hole } from "../../core/declared.js";
import type { JsonObject, JsonValue } from "../../core/json.js";
import { mistake } from "./scope.js";
import type { Scope } from "./scope.js";
import { own } from "./template.js";
import { elementsOf, isArray, isObject, textOf } from "./values.js";
import type { TemplatePath } from "./values.js";

/** An entry of a mapping, whatever loop made it, and where it is written. */
export type Entry = { readonly key: string; readonly node: JsonValue; readonly at: TemplatePath };

/** A loop whose entries are not known, or a transform that makes some. */
export type OpenEntry = { readonly cause: string; readonly fragment: JsonValue; readonly at: TemplatePath };

/** A mapping with its loops written out. */
export type Expanded = { readonly entries: readonly Entry[]; readonly open: readonly OpenEntry[] };

/** Whether a key begins a loop: Fn::ForEach::Name. */
export function isLoop(key: string): boolean {
  return key.startsWith("Fn::ForEach::");
}

/** Writes out `Fn::ForEach` loops of a mapping, nested ones too. */
export function expandLoops(node: JsonObject, at: TemplatePath, scope: Scope): Expanded {
  const entries: Entry[] = [];
  const open: OpenEntry[] = [];
  for (const [key, value] of Object.entries(node)) {
    const place = [...at, key];
    if (!scope.session.step()) {
      open.push({ cause: "a template of this size", fragment: value, at: place });
      return { entries, open };
    }
    if (!isLoop(key)) entries.push({ key, node: value, at: place });
    else {
      const inner = expandLoop({ key, node: value, at: place }, scope);
      for (const entry of inner.entries) entries.push(entry);
      for (const entry of inner.open) open.push(entry);
    }
  }
  return { entries, open };
}

function expandLoop({ key, node, at }: Entry, scope: Scope): Expanded {
  const [identifier, collection, fragment] = elementsOf(node);
  if (typeof identifier !== "string" || collection === undefined || !isObject(fragment)) {
    const message = `${key} takes an identifier, a list of values, and a mapping`;
    mistake(scope, { code: "bad-function", path: at, message });
    return { entries: [], open: [] };
  }
  const values = valuesOf(scope.evaluate(collection, [...at, 1], scope));
  if (values instanceof Hole)
    return { entries: [], open: [{ cause: `${key} over ${values.cause}`, fragment, at }] };
  const rounds = values.map((value) =>
    expandLoops(bindObject(fragment, { identifier, value }, scope), [...at, 2], scope),
  );
  return {
    entries: rounds.flatMap(({ entries }) => entries).map((entry) => unbound(entry, fragment, at)),
    open: rounds.flatMap(({ open: opened }) => opened),
  };
}

function valuesOf(collection: unknown): readonly string[] | Hole {
  if (collection instanceof Hole) return collection;
  const values: readonly unknown[] = Array.isArray(collection) ? collection.flat() : [];
  const hole = values.find((value) => value instanceof Hole);
  if (hole instanceof Hole) return hole;
  return values.flatMap((value) =>
    ["string", "number", "boolean"].includes(typeof value) ? String(value) : [],
  );
}

// The place of an entry is that of the key as it is written, before the identifier was put in.
function unbound(entry: Entry, fragment: JsonObject, at: TemplatePath): Entry {
  const depth = at.length + 1;
  const step = entry.at[depth];
  if (typeof step !== "string" || Object.hasOwn(fragment, step)) return entry;
  const key = Object.keys(fragment).find((pattern) => matches(pattern, step));
  return key === undefined
    ? entry
    : { ...entry, at: [...entry.at.slice(0, depth), key, ...entry.at.slice(depth + 1)] };
}

function matches(pattern: string, text: string): boolean {
  const parts = pattern.split(/[$&]\{[^}]*\}/u);
  let from = 0;
  for (const part of parts) {
    const found = text.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  return text.startsWith(parts[0] ?? "") && text.endsWith(parts.at(-1) ?? "");
}

type Binding = { readonly identifier: string; readonly value: string };

function bindObject(node: JsonObject, binding: Binding, scope: Scope): JsonObject {
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [bindText(key, binding), bind(value, binding, scope)]),
  );
}

function bind(node: JsonValue, binding: Binding, scope: Scope): JsonValue {
  if (!scope.session.step()) return null;
  if (typeof node === "string") return bindText(node, binding);
  if (isArray(node)) return node.map((item: JsonValue) => bind(item, binding, scope));
  if (!isObject(node)) return node;
  const isOwn = own(node, "Ref") === binding.identifier && Object.keys(node).length === 1;
  return isOwn ? binding.value : bindObject(node, binding, scope);
}

function bindText(text: string, { identifier, value }: Binding): string {
  return text
    .replaceAll(`\${${identifier}}`, () => value)
    .replaceAll(`&{${identifier}}`, () => value.replaceAll(/[^A-Za-z0-9]/gu, ""));
}

/** The types of resources that a fragment names; "*" where a transform could make any. */
export function typesIn(fragment: JsonValue): readonly string[] | "*" {
  const types = new Set<string>();
  const visit = (node: JsonValue): void => {
    if (isArray(node)) node.forEach(visit);
    if (!isObject(node)) return;
    const type = textOf(own(node, "Type") ?? null);
    if (type?.includes("::") === true) types.add(type);
    if (type?.includes("${") === true || Object.hasOwn(node, "Fn::Transform")) types.add("*");
    Object.values(node).forEach(visit);
  };
  visit(fragment);
  return types.has("*") ? "*" : [...types];
}
