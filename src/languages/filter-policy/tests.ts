import type { JsonArray, JsonObject, JsonValue } from "../../core/json.js";
import { isInside, parseNetwork } from "../../shared/ip-network.js";
import { matchesGlob } from "../../shared/glob.js";
import { isArray, isObject } from "../../shared/read-property.js";
import { allOf, anyOf, opposite, truthOf } from "../../shared/truth.js";
import type { Truth } from "../../shared/truth.js";

/** What a message holds at a place: a value, nothing, or something that is not known. */
export type Found =
  | { readonly kind: "value"; readonly value: JsonValue }
  | { readonly kind: "absent" }
  | { readonly kind: "free" };

/** Whether a found value meets one entry of a leaf: a literal or an operator. Operators that SNS may add are unknown. */
export function meetsTest(test: JsonValue, found: Found): Truth {
  if (found.kind === "free") return "unknown";
  if (!isObject(test)) return truthOf(found.kind === "value" && found.value === test);
  return allOf(Object.entries(test).map(([operator, operand]) => meetsOperator(operator, operand, found)));
}

function meetsOperator(
  operator: string,
  operand: JsonValue,
  found: Exclude<Found, { readonly kind: "free" }>,
): Truth {
  if (operator === "exists") return meetsExists(operand, found);
  if (!Object.hasOwn(operators, operator)) return "unknown";
  return found.kind === "absent" ? "no" : (operators[operator]?.(operand, found.value) ?? "unknown");
}

// "The key must have a non-null and non-empty value"; on something that is not a leaf the operator does not work.
function meetsExists(operand: JsonValue, found: Exclude<Found, { readonly kind: "free" }>): Truth {
  if (typeof operand !== "boolean") return "unknown";
  if (found.kind === "absent") return truthOf(!operand);
  if (isObject(found.value)) return "unknown";
  const isEmpty = found.value === null || found.value === "";
  if (isEmpty) return operand ? "no" : "unknown";
  return truthOf(operand);
}

type Test = (operand: JsonValue, value: JsonValue) => Truth;

const operators: Readonly<Record<string, Test>> = {
  prefix: onText((wanted, text) => text.startsWith(wanted)),
  suffix: onText((wanted, text) => text.endsWith(wanted)),
  "equals-ignore-case": onText((wanted, text) => text.toLowerCase() === wanted.toLowerCase()),
  wildcard: onText((wanted, text) => matchesGlob(wanted, text)),
  cidr: meetsCidr,
  numeric: meetsNumeric,
  "anything-but": meetsAnythingBut,
};

function onText(test: (wanted: string, text: string) => boolean): Test {
  return (operand, value) => {
    if (typeof operand !== "string") return "unknown";
    return truthOf(typeof value === "string" && test(operand, value));
  };
}

function meetsCidr(operand: JsonValue, value: JsonValue): Truth {
  const network = typeof operand === "string" ? parseNetwork(operand) : undefined;
  if (network === undefined) return "unknown";
  const address = typeof value === "string" ? parseNetwork(value) : undefined;
  return truthOf(address !== undefined && isInside(address, network));
}

function meetsAnythingBut(operand: JsonValue, value: JsonValue): Truth {
  if (isObject(operand)) return opposite(meetsNested(operand, value));
  const excluded: JsonArray = isArray(operand) ? operand : [operand];
  return truthOf(!excluded.includes(value));
}

function meetsNested(operand: JsonObject, value: JsonValue): Truth {
  const tests = Object.entries(operand).flatMap(([operator, wanted]) =>
    (isArray(wanted) ? wanted : [wanted]).map((one) => ({ [operator]: one })),
  );
  return anyOf(tests.map((test) => meetsTest(test, { kind: "value", value })));
}

function meetsNumeric(operand: JsonValue, value: JsonValue): Truth {
  if (!isArray(operand) || operand.length === 0 || operand.length % 2 !== 0) return "unknown";
  const bounds = Array.from(
    { length: operand.length / 2 },
    (_, place) => [operand[2 * place], operand[2 * place + 1]] as const,
  );
  return allOf(bounds.map(([relation, bound]) => meetsBound(relation, bound, value)));
}

function meetsBound(relation: JsonValue | undefined, bound: JsonValue | undefined, value: JsonValue): Truth {
  const compare = typeof relation === "string" ? relations[relation] : undefined;
  if (compare === undefined || typeof bound !== "number") return "unknown";
  return truthOf(typeof value === "number" && compare(value, bound));
}

const relations: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  "=": (value, bound) => value === bound,
  "<": (value, bound) => value < bound,
  "<=": (value, bound) => value <= bound,
  ">": (value, bound) => value > bound,
  ">=": (value, bound) => value >= bound,
};
