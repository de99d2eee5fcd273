import { Hole } from "../../core/declared.js";
import type { Given } from "../../core/declared.js";
import type { JsonValue } from "../../core/json.js";
import type { ParameterDeclaration, Template } from "./template.js";
import type { TemplatePath, Value } from "./values.js";
import type { Choice, Session } from "./worlds.js";

/** What is wrong with a template at some place, in words for its author. */
export type TemplateFault = {
  readonly code: "unknown-name" | "cyclic-reference" | "bad-function" | "too-large" | "bad-value";
  readonly path: TemplatePath;
  readonly message: string;
  readonly hint?: string;
};

/** What a template asks of the world around it. Nothing here knows a file. */
export type Outside = {
  /** The value handed in for a parameter; of one that names an SSM parameter, the name. */
  readonly given: (parameter: string) => Given | undefined;
  /** The value behind a parameter that names an SSM parameter, where that is known. */
  readonly resolved: (parameter: string) => Given | undefined;
  /** AWS::Region and its kin; undefined for a name that there is not. */
  readonly pseudo: (name: string) => Given | undefined;
  /** Ref, or GetAtt, of a resource of this template. */
  readonly resource: (logicalId: string, attribute: string | undefined) => Given;
  /** Whether a resource of that logical id is declared, or might be made by a transform. */
  readonly hasResource: (logicalId: string) => boolean;
  readonly importOf: (exportName: string) => Given | undefined;
  readonly outputOf: (stack: string, output: string, region: string | undefined) => Given | undefined;
};

/** Everything that an expression is evaluated in. */
export type Scope = {
  readonly template: Template;
  readonly outside: Outside;
  readonly session: Session;
  /** Tells the parameters and conditions of several templates apart: " of stack Trail", or nothing. */
  readonly whose: string;
  readonly fault: (fault: TemplateFault) => void;
  /** Conditions decided so far; undefined while one is being decided. */
  readonly decided: Map<string, Truth | undefined>;
  /** What an expression stands for; conditions and loops hold some. */
  readonly evaluate: (node: JsonValue, at: TemplatePath, scope: Scope) => Value;
};

/** What a condition comes to: true, false, or what it depends on. */
export type Truth = boolean | Hole;

/** Reports what is wrong, and yields what stands in its place. */
export function mistake(scope: Scope, fault: TemplateFault): Hole {
  scope.fault(fault);
  return new Hole("a mistake in the template");
}

const MOST_ALLOWED = 16;

/** What a parameter is in this world. */
export function parameterValue(name: string, declared: ParameterDeclaration, scope: Scope): Given {
  const { given, resolved } = scope.outside;
  const hole = new Hole(`parameter ${name}${scope.whose}`, declared.noEcho ? "sensitive" : "undecided");
  const isSsm = declared.type.startsWith("AWS::SSM::Parameter::Value<");
  const value = isSsm ? resolved(name) : (given(name) ?? declared.default);
  if (value instanceof Hole) return chosenText(name, declared, scope) ?? value;
  if (value !== undefined) return declared.noEcho ? hole : typed(value, declared.type);
  if (!isSsm && !isListType(declared.type) && declared.allowed.length > 0)
    chooseParameter(name, declared, scope);
  const chosen = chosenText(name, declared, scope);
  return chosen === undefined ? hole : typed(chosen, declared.type);
}

/** The text of a parameter whose value must not be shown: for comparing alone. */
export function secretValue(name: string, declared: ParameterDeclaration, scope: Scope): Given | undefined {
  return declared.noEcho ? (scope.outside.given(name) ?? declared.default) : undefined;
}

/** Decides between the values that a parameter may have, or those that conditions tell apart. */
export function chooseParameter(
  name: string,
  { allowed, noEcho }: ParameterDeclaration,
  scope: Scope,
): Choice | undefined {
  if (noEcho) return undefined;
  return scope.session.choose(parameterKey(name, scope), () =>
    allowed.length > 0 && allowed.length <= MOST_ALLOWED
      ? allowed.map((value) => isValue(name, value, scope))
      : partition(name, scope.template.compared.get(name) ?? [], scope),
  );
}

function chosenText(name: string, { noEcho }: ParameterDeclaration, scope: Scope): string | undefined {
  const chosen = noEcho ? undefined : scope.session.choices.get(parameterKey(name, scope));
  return chosen?.kind === "value" ? chosen.value : undefined;
}

function parameterKey(name: string, scope: Scope): string {
  return `parameter ${name}${scope.whose}`;
}

function partition(name: string, texts: readonly string[], scope: Scope): readonly Choice[] {
  if (texts.length === 0) return [];
  const shown = texts.map(shownText).join(" or ");
  return [
    ...texts.map((text) => isValue(name, text, scope)),
    { kind: "other", not: texts, words: `parameter ${name}${scope.whose} is not ${shown}` },
  ];
}

function isValue(name: string, value: string, scope: Scope): Choice {
  return { kind: "value", value, words: `parameter ${name}${scope.whose} is ${shownText(value)}` };
}

function shownText(text: string): string {
  return text === "" ? "empty" : text;
}

/** Whether a parameter of this type is a list of texts. */
export function isListType(type: string): boolean {
  return /^(?:AWS::SSM::Parameter::Value<)?(?:CommaDelimitedList|List<)/u.test(type);
}

function typed(value: Given, type: string): Given {
  if (!isListType(type) || typeof value !== "string") return value;
  return value === "" ? [] : value.split(",").map((part) => part.trim());
}
