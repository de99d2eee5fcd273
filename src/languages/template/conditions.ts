import { Hole } from "../../core/declared.js";
import type { JsonValue } from "../../core/json.js";
import { expandLoops } from "./loops.js";
import { chooseParameter, mistake, secretValue } from "./scope.js";
import type { Scope, Truth } from "./scope.js";
import { own, refOf } from "./template.js";
import type { ParameterDeclaration } from "./template.js";
import { holesIn, isArray, isObject, joinHoles, REMOVED, sameValue, textOf } from "./values.js";
import type { TemplatePath, Value } from "./values.js";

/** Decides a condition by its name. */
export function decide(name: string, at: TemplatePath, scope: Scope): Truth {
  if (scope.decided.has(name)) {
    const known = scope.decided.get(name);
    if (known !== undefined) return known;
    const message = `condition ${name} depends on itself`;
    return mistake(scope, { code: "cyclic-reference", path: at, message });
  }
  const found = conditionsOf(scope).get(name);
  if (found === undefined)
    return mistake(scope, {
      code: "unknown-name",
      path: at,
      message: `there is no condition ${JSON.stringify(name)} in this template`,
    });
  scope.decided.set(name, undefined);
  const truth = settled(name, truthOf(found.node, found.at, scope), scope);
  scope.decided.set(name, truth);
  return truth;
}

// What no parameter decides is decided by the condition as a whole. A parameter that was asked for comes first, and may decide it.
function settled(name: string, truth: Truth, scope: Scope): Truth {
  if (!(truth instanceof Hole)) return truth;
  const way = (value: boolean) =>
    ({ kind: "truth", value, words: `condition ${name}${scope.whose} is ${value}` }) as const;
  const key = `condition ${name}${scope.whose}`;
  const chosen = scope.session.choose(key, () => [way(true), way(false)]);
  return chosen?.kind === "truth" ? chosen.value : truth;
}

function conditionsOf(scope: Scope): ReadonlyMap<string, { node: JsonValue; at: TemplatePath }> {
  const { conditions } = scope.template;
  return new Map(
    expandLoops(conditions, ["Conditions"], scope).entries.map(({ key, node, at }) => [key, { node, at }]),
  );
}

function truthOf(node: JsonValue, at: TemplatePath, scope: Scope): Truth {
  if (!scope.session.step()) return new Hole("a template of this size");
  if (typeof node === "boolean") return node;
  const [key] = isObject(node) ? Object.keys(node) : [];
  const work = key === undefined || !Object.hasOwn(FUNCTIONS, key) ? undefined : FUNCTIONS[key];
  if (isObject(node) && key !== undefined && work !== undefined)
    return work(own(node, key) ?? null, [...at, key], scope);
  const text = textOf(evaluatedText(node, at, scope));
  if (text === "true" || text === "false") return text === "true";
  const message =
    "this is no condition: a condition is made of Fn::Equals, Fn::And, Fn::Or, Fn::Not and Condition";
  return mistake(scope, { code: "bad-function", path: at, message });
}

function evaluatedText(node: JsonValue, at: TemplatePath, scope: Scope): Value {
  const value = scope.evaluate(node, at, scope);
  return value instanceof Hole ? null : value;
}

type Work = (arg: JsonValue, at: TemplatePath, scope: Scope) => Truth;

const FUNCTIONS: Readonly<Record<string, Work>> = {
  "Fn::Equals": equals,
  "Fn::And": (arg, at, scope) => joined(arg, at, { scope, decides: false }),
  "Fn::Or": (arg, at, scope) => joined(arg, at, { scope, decides: true }),
  "Fn::Not": not,
  Condition: (arg, at, scope) => (typeof arg === "string" ? decide(arg, at, scope) : truthOf(arg, at, scope)),
};

type Joining = { readonly scope: Scope; readonly decides: boolean };

function joined(arg: JsonValue, at: TemplatePath, { scope, decides }: Joining): Truth {
  const parts = isArray(arg) ? arg : [arg];
  const holes: Hole[] = [];
  for (const [index, part] of parts.entries()) {
    const truth = truthOf(part, [...at, index], scope);
    if (truth === decides) return decides;
    if (truth instanceof Hole) holes.push(truth);
  }
  return joinHoles(holes) ?? !decides;
}

function not(arg: JsonValue, at: TemplatePath, scope: Scope): Truth {
  const part: JsonValue | undefined = isArray(arg) ? arg[0] : arg;
  const truth = truthOf(part ?? null, at, scope);
  return truth instanceof Hole ? truth : !truth;
}

function equals(arg: JsonValue, at: TemplatePath, scope: Scope): Truth {
  if (!isArray(arg) || arg.length !== 2)
    return mistake(scope, { code: "bad-function", path: at, message: "Fn::Equals compares two values" });
  const sides = arg.map((node: JsonValue, index) => sideOf(node, [...at, index], scope));
  const [left, right] = sides;
  if (left === undefined || right === undefined) return false;
  const holes = [...holesIn(left.value), ...holesIn(right.value)];
  if (holes.length === 0) return sameValue(left.value, right.value);
  return (
    compared(left, right.value, scope) ??
    compared(right, left.value, scope) ??
    joinHoles(holes) ??
    new Hole("a comparison")
  );
}

type Side = {
  readonly value: Value;
  readonly parameter?: { readonly name: string; readonly declared: ParameterDeclaration };
};

function sideOf(node: JsonValue, at: TemplatePath, scope: Scope): Side {
  const name = refOf(node);
  const declared = name === undefined ? undefined : scope.template.parameters.get(name);
  if (name === undefined || declared === undefined) return { value: scope.evaluate(node, at, scope) };
  const secret = secretValue(name, declared, scope);
  return secret === undefined
    ? { value: scope.evaluate(node, at, scope), parameter: { name, declared } }
    : { value: secret };
}

/** A parameter without a value, and a text: the world says whether they are the same. */
function compared({ value, parameter }: Side, other: Value, scope: Scope): Truth | undefined {
  const text = other === REMOVED ? undefined : textOf(other);
  if (!(value instanceof Hole) || parameter === undefined || text === undefined) return undefined;
  const chosen = chooseParameter(parameter.name, parameter.declared, scope);
  if (chosen?.kind === "value") return chosen.value === text;
  return chosen?.kind === "other" && chosen.not.includes(text) ? false : undefined;
}
