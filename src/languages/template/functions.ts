import { Hole } from "../../core/declared.js";
import type { Given } from "../../core/declared.js";
import { mistake } from "./scope.js";
import type { Scope, TemplateFault } from "./scope.js";
import { holesIn, isGivenObject, isList, joinHoles, textOf, written } from "./values.js";
import type { TemplatePath } from "./values.js";

/** A function of a template whose argument is evaluated first. */
type Strict = (arg: Given, at: TemplatePath, scope: Scope) => Given;

/** The functions of templates that need nothing but their arguments, and those that ask other stacks. */
export const strictFunctions: Readonly<Record<string, Strict>> = {
  "Fn::Join": join,
  "Fn::Split": split,
  "Fn::Select": select,
  "Fn::FindInMap": findInMap,
  "Fn::ImportValue": importValue,
  "Fn::GetStackOutput": stackOutput,
  "Fn::Base64": base64,
  "Fn::Length": length,
  "Fn::ToJsonString": toJson,
  "Fn::Cidr": () => new Hole("Fn::Cidr"),
  "Fn::GetAZs": () => new Hole("the availability zones of the region"),
};

function bad(at: TemplatePath, scope: Scope, message: string): Hole {
  const fault: TemplateFault = { code: "bad-function", path: at, message };
  return mistake(scope, fault);
}

function join(arg: Given, at: TemplatePath, scope: Scope): Given {
  if (arg instanceof Hole) return arg;
  const [delimiter, parts] = isList(arg) ? arg : [];
  const hole = joinHoles([...top(delimiter), ...top(parts)]);
  if (hole !== undefined) return hole;
  const glue = textOf(delimiter);
  if (glue === undefined || !isList(parts ?? null)) return bad(at, scope, "Fn::Join joins a list of texts");
  const texts = (isList(parts ?? null) ? (parts as readonly Given[]) : []).map(textOf);
  if (texts.includes(undefined))
    return bad(at, scope, "Fn::Join joins texts, and this list holds something else");
  return written(texts.join(glue));
}

/** The holes that a value is, or that stand in its list. */
function top(value: Given | undefined): readonly Hole[] {
  if (value instanceof Hole) return [value];
  return isList(value ?? null) ? (value as readonly Given[]).filter((part) => part instanceof Hole) : [];
}

function split(arg: Given, at: TemplatePath, scope: Scope): Given {
  if (arg instanceof Hole) return arg;
  const [delimiter, text] = isList(arg) ? arg : [];
  const hole = joinHoles([...top(delimiter), ...top(text)]);
  if (hole !== undefined) return hole;
  const [glue, whole] = [textOf(delimiter), textOf(text)];
  if (glue === undefined || glue === "" || whole === undefined)
    return bad(at, scope, "Fn::Split splits a text at a delimiter");
  return whole.split(glue);
}

function select(arg: Given, at: TemplatePath, scope: Scope): Given {
  if (arg instanceof Hole) return arg;
  const [index, list] = isList(arg) ? arg : [];
  if (index instanceof Hole) return index;
  if (list instanceof Hole) return list;
  const number = Number(textOf(index));
  if (list === undefined || !isList(list) || !Number.isInteger(number) || number < 0)
    return bad(at, scope, "Fn::Select takes a number and a list");
  const chosen = list[number];
  if (chosen !== undefined) return chosen;
  return bad(at, scope, `Fn::Select takes element ${number} of a list that has ${list.length}`);
}

function findInMap(arg: Given, at: TemplatePath, scope: Scope): Given {
  if (arg instanceof Hole) return arg;
  const [map, first, second, options] = isList(arg) ? arg : [];
  const hole = joinHoles([map, first, second].filter((part) => part instanceof Hole));
  if (hole !== undefined) return hole;
  const [name, top, key] = [map, first, second].map((part) => textOf(part));
  if (name === undefined || top === undefined || key === undefined)
    return bad(at, scope, "Fn::FindInMap takes a mapping and two keys");
  const found = [name, top, key].reduce<Given | undefined>(
    (level, step) => (isGivenObject(level) ? member(level, step) : undefined),
    scope.template.mappings,
  );
  if (found !== undefined) return found;
  const fallback = isGivenObject(options) ? member(options, "DefaultValue") : undefined;
  if (fallback !== undefined) return fallback;
  return bad(
    at,
    scope,
    `Fn::FindInMap: there is no ${[name, top, key].join(".")} in the template's Mappings`,
  );
}

function member(object: { readonly [key: string]: Given }, key: string): Given | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function importValue(arg: Given, at: TemplatePath, scope: Scope): Given {
  if (arg instanceof Hole) return arg;
  const name = textOf(arg);
  if (name === undefined) return bad(at, scope, "Fn::ImportValue names an export");
  return scope.outside.importOf(name) ?? new Hole(`export ${name}`);
}

function stackOutput(arg: Given, at: TemplatePath, scope: Scope): Given {
  if (arg instanceof Hole) return arg;
  if (!isGivenObject(arg)) return bad(at, scope, "Fn::GetStackOutput names a stack and an output");
  const parts = ["StackName", "OutputName", "Region"].map((key) => member(arg, key));
  const hole = joinHoles(parts.filter((part) => part instanceof Hole));
  if (hole !== undefined) return hole;
  const [stack, output, region] = parts.map(textOf);
  if (stack === undefined || output === undefined)
    return bad(at, scope, "Fn::GetStackOutput names a stack and an output");
  return scope.outside.outputOf(stack, output, region) ?? new Hole(`output ${output} of stack ${stack}`);
}

function base64(arg: Given, at: TemplatePath, scope: Scope): Given {
  if (arg instanceof Hole) return arg;
  const text = textOf(arg);
  return text === undefined
    ? bad(at, scope, "Fn::Base64 takes a text")
    : Buffer.from(text).toString("base64");
}

function length(arg: Given, at: TemplatePath, scope: Scope): Given {
  if (arg instanceof Hole) return arg;
  return isList(arg) ? arg.length : bad(at, scope, "Fn::Length takes a list");
}

function toJson(arg: Given): Given {
  return joinHoles(holesIn(arg)) ?? JSON.stringify(arg);
}
