import type { JsonArray, JsonObject, JsonValue } from "../../core/json.js";
import { isArray, isObject } from "../../shared/read-property.js";
import { addAll } from "../../shared/many.js";

/** One principal that a statement names: `*`, or an account, user, role, service, identity provider or canonical user. */
export type PolicyPrincipal = {
  readonly kind: "*" | "AWS" | "Service" | "Federated" | "CanonicalUser";
  readonly value: string;
};

/** Principal, Action or Resource; `not` where the statement says NotPrincipal, NotAction or NotResource. */
export type Choice<T> = { readonly not: boolean; readonly of: readonly T[] };

/** One line of a Condition block, such as ForAnyValue:StringLikeIfExists on aws:PrincipalOrgPaths. */
export type PolicyCondition = {
  /** Without quantifier and IfExists, in lower case: stringlike. */
  readonly operator: string;
  readonly quantifier?: "any" | "all";
  readonly ifExists: boolean;
  /** In lower case: condition keys are not case-sensitive. */
  readonly key: string;
  readonly values: readonly string[];
};

/** A statement of a resource policy. */
export type PolicyStatement = {
  readonly effect: "Allow" | "Deny";
  /** Its Sid, or its place in the policy: "#2". */
  readonly name: string;
  readonly principals: Choice<PolicyPrincipal>;
  readonly actions: Choice<string>;
  readonly resources: Choice<string>;
  readonly conditions: readonly PolicyCondition[];
};

/** A resource policy, understood. */
export type Policy = { readonly statements: readonly PolicyStatement[] };

/** A policy, or what about the text is not one. AWS stores no such text, so callers report it as unreadable. */
export type ParsedPolicy =
  { readonly ok: true; readonly policy: Policy } | { readonly ok: false; readonly problem: string };

/** Reads a resource policy from its JSON text or the parsed JSON. Source: IAM User Guide, "Grammar of the IAM JSON policy language". */
export function parsePolicy(source: JsonValue): ParsedPolicy {
  const document = typeof source === "string" ? parseJson(source) : source;
  if (!isObject(document)) return { ok: false, problem: "it is not a JSON object" };
  const statements: PolicyStatement[] = [];
  for (const [place, entry] of listOf(document["Statement"]).entries()) {
    const statement = parseStatement(entry, place + 1);
    if (typeof statement === "string")
      return { ok: false, problem: `statement ${(place + 1).toString()}: ${statement}` };
    statements.push(statement);
  }
  return { ok: true, policy: { statements } };
}

function parseStatement(entry: JsonValue, place: number): PolicyStatement | string {
  if (!isObject(entry)) return "it is not an object";
  const effect = entry["Effect"];
  if (effect !== "Allow" && effect !== "Deny") return "Effect is neither Allow nor Deny";
  const principals = parseChoice(entry, "Principal", parsePrincipals);
  const actions = parseChoice(entry, "Action", parseTexts);
  // Key policies and some service policies may leave Resource out: it is the resource the policy is on.
  const resources =
    "Resource" in entry || "NotResource" in entry
      ? parseChoice(entry, "Resource", parseTexts)
      : everyResource;
  const conditions = parseConditions(entry["Condition"]);
  if (principals === undefined) return "Principal is missing or not understood";
  if (actions === undefined) return "Action is missing or not understood";
  if (resources === undefined) return "Resource is not understood";
  if (conditions === undefined) return "Condition is not understood";
  const sid = entry["Sid"];
  const name = typeof sid === "string" && sid !== "" ? sid : `#${place.toString()}`;
  return { effect, name, principals, actions, resources, conditions };
}

const everyResource: Choice<string> = { not: false, of: ["*"] };

function parseChoice<T>(
  entry: JsonObject,
  name: string,
  parse: (value: JsonValue) => readonly T[] | undefined,
): Choice<T> | undefined {
  const not = !(name in entry);
  const of = parse(entry[not ? `Not${name}` : name] ?? null);
  return of === undefined ? undefined : { not, of };
}

function parsePrincipals(value: JsonValue): readonly PolicyPrincipal[] | undefined {
  if (value === "*") return [{ kind: "*", value: "*" }];
  if (!isObject(value)) return undefined;
  const principals: PolicyPrincipal[] = [];
  for (const [kind, names] of Object.entries(value)) {
    const texts = parseTexts(names);
    if (!isPrincipalKind(kind) || texts === undefined) return undefined;
    // "AWS": "*" is the same as "*" in a resource policy. Source: IAM User Guide, "AWS JSON policy elements: Principal".
    addAll(
      principals,
      texts.map((text) => ({ kind: kind === "AWS" && text === "*" ? "*" : kind, value: text }) as const),
    );
  }
  return principals;
}

function isPrincipalKind(kind: string): kind is PolicyPrincipal["kind"] {
  return ["*", "AWS", "Service", "Federated", "CanonicalUser"].includes(kind);
}

function parseTexts(value: JsonValue): readonly string[] | undefined {
  if (value === null) return undefined;
  const texts = listOf(value).filter((item) => typeof item === "string");
  return texts.length === listOf(value).length ? texts : undefined;
}

function parseConditions(block: JsonValue | undefined): readonly PolicyCondition[] | undefined {
  if (block === undefined || block === null) return [];
  if (!isObject(block)) return undefined;
  const conditions: PolicyCondition[] = [];
  for (const [written, tests] of Object.entries(block)) {
    if (!isObject(tests)) return undefined;
    for (const [key, values] of Object.entries(tests)) {
      const texts = parseValues(values);
      if (texts === undefined) return undefined;
      conditions.push({ ...parseOperator(written), key: key.toLowerCase(), values: texts });
    }
  }
  return conditions;
}

function parseOperator(written: string): Pick<PolicyCondition, "operator" | "quantifier" | "ifExists"> {
  const [, quantifier, operator = "", ifExists] =
    /^(?:(ForAnyValue|ForAllValues):)?(.*?)(IfExists)?$/iu.exec(written) ?? [];
  return {
    operator: operator.toLowerCase(),
    ...(quantifier === undefined
      ? {}
      : { quantifier: quantifier.toLowerCase() === "foranyvalue" ? "any" : "all" }),
    ifExists: ifExists !== undefined,
  };
}

function parseValues(value: JsonValue): readonly string[] | undefined {
  const items = listOf(value);
  const texts = items.flatMap((item) => (item === null || typeof item === "object" ? [] : [String(item)]));
  return texts.length === items.length ? texts : undefined;
}

function listOf(value: JsonValue | undefined): JsonArray {
  if (value === undefined) return [];
  return isArray(value) ? value : [value];
}

function parseJson(text: string): JsonValue {
  try {
    // JSON.parse yields JSON and nothing else.
    return JSON.parse(text) as JsonValue;
  } catch {
    return null;
  }
}
