import { Hole } from "../../core/declared.js";
import type { JsonValue } from "../../core/json.js";
import { decide } from "./conditions.js";
import { isLoop } from "./loops.js";
import type { Entry } from "./loops.js";
import type { Scope } from "./scope.js";
import { namesIn } from "./substitute.js";
import { own } from "./template.js";
import { elementsOf, isArray, isObject } from "./values.js";
import type { TemplatePath } from "./values.js";

/** A name that an expression refers to, and where. */
export type Reference = { readonly name: string; readonly at: TemplatePath };

type Look = {
  readonly found: Reference[];
  /** Names that a loop or the map of a Fn::Sub binds. */
  readonly bound: ReadonlySet<string>;
  /** Given, only the branch of a decided condition counts. */
  readonly scope?: Scope;
};

/** What an expression refers to by Ref, Fn::GetAtt and Fn::Sub; names that are expressions themselves are left out. */
export function referencesIn(node: JsonValue, at: TemplatePath, scope?: Scope): readonly Reference[] {
  const found: Reference[] = [];
  look(node, at, { found, bound: new Set(), ...(scope === undefined ? {} : { scope }) });
  return found;
}

function look(node: JsonValue, at: TemplatePath, into: Look): void {
  if (isArray(node)) {
    for (const [index, item] of node.entries()) look(item, [...at, index], into);
    return;
  }
  if (!isObject(node)) return;
  for (const [key, value] of Object.entries(node)) {
    const isAlone = Object.keys(node).length === 1;
    const special = isAlone && Object.hasOwn(SPECIAL, key) ? SPECIAL[key] : undefined;
    if (special !== undefined) special(value, [...at, key], into);
    else if (isLoop(key)) lookInLoop(value, [...at, key], into);
    else look(value, [...at, key], into);
  }
}

type Special = (value: JsonValue, at: TemplatePath, into: Look) => void;

const SPECIAL: Readonly<Record<string, Special>> = {
  Ref: (value, at, into) => {
    if (typeof value === "string") add(value, at, into);
    else look(value, at, into);
  },
  "Fn::GetAtt": (value, at, into) => {
    const name: JsonValue | undefined = isArray(value) ? value[0] : value;
    if (typeof name === "string") add(name.split(".")[0] ?? name, at, into);
    else look(value, at, into);
  },
  "Fn::Sub": (value, at, into) => {
    const [text, names] = isArray(value) ? value : [value];
    const own: readonly string[] = isObject(names) ? Object.keys(names) : [];
    if (typeof text === "string")
      for (const name of namesIn(text)) if (!own.includes(name)) add(name.split(".")[0] ?? name, at, into);
    if (names !== undefined) look(names, [...at, 1], into);
  },
  "Fn::If": (value, at, into) => {
    const [condition] = elementsOf(value);
    const truth =
      into.scope === undefined || typeof condition !== "string"
        ? undefined
        : decide(condition, at, into.scope);
    const skipped = truth === undefined || truth instanceof Hole ? 0 : truth ? 2 : 1;
    if (!isArray(value)) look(value, at, into);
    else for (const [index, item] of value.entries()) if (index !== skipped) look(item, [...at, index], into);
  },
};

function lookInLoop(value: JsonValue, at: TemplatePath, into: Look): void {
  const [identifier] = elementsOf(value);
  const bound = typeof identifier === "string" ? new Set([...into.bound, identifier]) : into.bound;
  look(value, at, { ...into, bound });
}

function add(name: string, at: TemplatePath, { found, bound }: Look): void {
  if (!bound.has(name) && !name.includes("${") && !name.includes("&{")) found.push({ name, at });
}

/** What a resource waits for: what it refers to in this world, and what its DependsOn names. */
export function needsOf({ node, at }: Entry, scope: Scope): readonly Reference[] {
  if (!isObject(node)) return [];
  const references = ["Properties", "Metadata"].flatMap((part) =>
    referencesIn(own(node, part) ?? null, [...at, part], scope),
  );
  const named = own(node, "DependsOn") ?? [];
  const depends = (Array.isArray(named) ? named : [named]).filter((name) => typeof name === "string");
  return [...references, ...depends.map((name) => ({ name, at: [...at, "DependsOn"] }))];
}

/** A chain of resources that wait for each other, the first repeated at its end; undefined where there is none. */
export function findCycle(needs: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const waiting = new Map([...needs].map(([name, of]) => [name, of.filter((needed) => needs.has(needed))]));
  for (let free = freeOf(waiting); free.length > 0; free = freeOf(waiting))
    for (const name of free) waiting.delete(name);
  const [start] = waiting.keys();
  if (start === undefined) return undefined;
  const chain: string[] = [];
  for (let name: string | undefined = start; name !== undefined;) {
    const met = chain.indexOf(name);
    if (met >= 0) return [...chain.slice(met), name];
    chain.push(name);
    name = waiting.get(name)?.find((needed) => waiting.has(needed));
  }
  return undefined;
}

function freeOf(waiting: ReadonlyMap<string, readonly string[]>): readonly string[] {
  return [...waiting].filter(([, needs]) => !needs.some((name) => waiting.has(name))).map(([name]) => name);
}
