import { Hole } from "../../core/declared.js";
import type { Given } from "../../core/declared.js";
import type { JsonObject, JsonValue } from "../../core/json.js";
import { decide } from "./conditions.js";
import { strictFunctions } from "./functions.js";
import { expandLoops, isLoop } from "./loops.js";
import { refer, referAttribute } from "./refer.js";
import { mistake } from "./scope.js";
import type { Scope } from "./scope.js";
import { substitute } from "./substitute.js";
import { own } from "./template.js";
import { elementsOf, isArray, isList, isObject, joinHoles, REMOVED, textOf, written } from "./values.js";
import type { TemplatePath, Value } from "./values.js";

/**
 * What an expression stands for in this world. Total: a mistake is reported to the scope and leaves a hole. `at` is its place in
 * the template as it is written.
 */
export function evaluate(node: JsonValue, at: TemplatePath, scope: Scope): Value {
  if (!scope.session.step()) return new Hole("a template of this size");
  if (typeof node === "string") return written(node);
  if (typeof node !== "object" || node === null) return node;
  if (isArray(node))
    return node
      .map((item: JsonValue, index) => evaluate(item, [...at, index], scope))
      .filter((item): item is Given => item !== REMOVED);
  if (!isObject(node)) return null;
  return isCall(node) ? call(node, at, scope) : members(node, at, scope);
}

/** Makes a scope in which nothing is decided yet. */
export function openScope(parts: Omit<Scope, "decided" | "evaluate">): Scope {
  return { ...parts, decided: new Map(), evaluate };
}

/** The same, where what is taken away is null. */
export function evaluateGiven(node: JsonValue, at: TemplatePath, scope: Scope): Given {
  const value = evaluate(node, at, scope);
  return value === REMOVED ? null : value;
}

function isCall(node: JsonObject): boolean {
  const [key, ...more] = Object.keys(node);
  if (key === undefined || more.length > 0) return false;
  return key === "Ref" || (key.startsWith("Fn::") && !isLoop(key));
}

function members(node: JsonObject, at: TemplatePath, scope: Scope): Given {
  if (Object.hasOwn(node, "Fn::Transform")) return transformed(own(node, "Fn::Transform") ?? null);
  const { entries, open } = Object.keys(node).some(isLoop)
    ? expandLoops(node, at, scope)
    : {
        entries: Object.entries(node).map(([key, value]) => ({ key, node: value, at: [...at, key] })),
        open: [],
      };
  const hole = joinHoles(open.map(({ cause }) => new Hole(cause)));
  if (hole !== undefined) return hole;
  const found: [string, Given][] = [];
  for (const entry of entries) {
    const value = evaluate(entry.node, entry.at, scope);
    if (value !== REMOVED) found.push([entry.key, value]);
  }
  // fromEntries defines own properties, so that a key such as __proto__ is data like any other.
  return Object.fromEntries(found);
}

/** What stands in the place of what a macro makes. */
export function transformed(arg: JsonValue): Hole {
  const name = isObject(arg) ? textOf(own(arg, "Name") ?? null) : undefined;
  return new Hole(name === undefined ? "Fn::Transform" : `the transform ${name}`);
}

type Lazy = (arg: JsonValue, at: TemplatePath, scope: Scope) => Value;

function call(node: JsonObject, at: TemplatePath, scope: Scope): Value {
  const [key = ""] = Object.keys(node);
  const arg = own(node, key) ?? null;
  const inside = [...at, key];
  const lazy = Object.hasOwn(LAZY, key) ? LAZY[key] : undefined;
  if (lazy !== undefined) return lazy(arg, inside, scope);
  const strict = Object.hasOwn(strictFunctions, key) ? strictFunctions[key] : undefined;
  if (strict === undefined) return new Hole(key);
  return strict(evaluateGiven(arg, inside, scope), inside, scope);
}

const LAZY: Readonly<Record<string, Lazy>> = {
  Ref: reference,
  "Fn::GetAtt": attribute,
  "Fn::Sub": filled,
  "Fn::If": branch,
  "Fn::Transform": transformed,
};

function reference(arg: JsonValue, at: TemplatePath, scope: Scope): Value {
  const name = evaluateGiven(arg, at, scope);
  if (name instanceof Hole) return name;
  const text = textOf(name);
  if (text !== undefined) return refer(text, at, scope);
  return mistake(scope, { code: "bad-function", path: at, message: "Ref names one parameter or resource" });
}

function attribute(arg: JsonValue, at: TemplatePath, scope: Scope): Value {
  const value = typeof arg === "string" ? arg.split(/\.(.*)/su, 2) : evaluateGiven(arg, at, scope);
  if (value instanceof Hole) return value;
  const parts = isList(value) ? value : [];
  const hole = joinHoles(parts.filter((part) => part instanceof Hole));
  if (hole !== undefined) return hole;
  const [name, ...path] = parts.map(textOf);
  if (name !== undefined && path.length > 0 && !path.includes(undefined))
    return referAttribute([name, path.join(".")], at, scope);
  return mistake(scope, {
    code: "bad-function",
    path: at,
    message: "Fn::GetAtt names a resource and one of its attributes",
  });
}

function branch(arg: JsonValue, at: TemplatePath, scope: Scope): Value {
  const [condition, yes, no] = elementsOf(arg);
  if (typeof condition !== "string" || yes === undefined || no === undefined)
    return mistake(scope, {
      code: "bad-function",
      path: at,
      message: "Fn::If names a condition, and what stands if it is true, and if it is false",
    });
  const truth = decide(condition, [...at, 0], scope);
  if (truth instanceof Hole) return truth;
  return truth ? evaluate(yes, [...at, 1], scope) : evaluate(no, [...at, 2], scope);
}

function filled(arg: JsonValue, at: TemplatePath, scope: Scope): Value {
  const [text, names] = isArray(arg) ? arg : [arg];
  if (typeof text !== "string")
    return mistake(scope, { code: "bad-function", path: at, message: "Fn::Sub fills a text" });
  const own = isObject(names) ? names : {};
  return substitute(text, (name) => {
    if (Object.hasOwn(own, name)) return evaluateGiven(own[name] ?? null, [...at, 1, name], scope);
    const dot = name.indexOf(".");
    const value =
      dot < 0 ? refer(name, at, scope) : referAttribute([name.slice(0, dot), name.slice(dot + 1)], at, scope);
    return value === REMOVED ? "" : value;
  });
}
