import { Hole } from "../core/declared.js";
import type { JsonObject, JsonValue } from "../core/json.js";
import type { Unreadable } from "../core/resource.js";
import type { Standing } from "../mappings/mapping.js";
import { isArray, isObject, readProperty } from "../shared/read-property.js";
import { sameValue } from "../shared/same-value.js";
import type { Attached } from "./attach.js";
import { becauseOf } from "./settle.js";

/** What a property comes to, or why nobody can say. undefined: it stays as it is. */
export type Combined = { readonly value: JsonValue } | { readonly because: Unreadable } | undefined;

/** What all attachments to one property of one owner come to; the order in which they are declared does not matter. */
export function combine(attached: readonly Attached[], owner: Standing): Combined {
  const [first] = attached;
  if (first === undefined) return undefined;
  const whole = attached.filter(({ mapping }) => mapping.how === "replace");
  const parts = attached.filter(({ mapping }) => mapping.how !== "replace");
  const base = replaced(whole, owner);
  if (parts.length === 0 || (base !== undefined && "because" in base)) return base;
  const open = parts.find(({ value }) => value instanceof Hole);
  if (open?.value instanceof Hole) return { because: becauseOf(open.value) };
  return joined(parts, base?.value ?? valueOf(first));
}

function valueOf({ owner, mapping }: Attached): JsonValue | undefined {
  const reading = readProperty(owner, mapping.property);
  if (reading.kind === "unreadable") return undefined;
  return reading.kind === "set" ? reading.value : null;
}

function replaced(whole: readonly Attached[], owner: Standing): Combined {
  const [first] = whole;
  if (first === undefined) return undefined;
  const open = whole.find(({ value }) => value instanceof Hole);
  if (open?.value instanceof Hole) return { because: becauseOf(open.value) };
  const set = whole.filter(({ value }) => value !== undefined);
  const texts = new Set(set.map(({ value }) => JSON.stringify(value)));
  if (texts.size > 1) return { because: contested(set) };
  const [only] = set;
  if (only === undefined) return { value: first.mapping.gone?.(owner) ?? null };
  return only.value === undefined || only.value instanceof Hole ? undefined : { value: only.value };
}

function contested(set: readonly Attached[]): Unreadable {
  const addresses = set.map(({ declared }) => declared.address).sort();
  return {
    reason: "KnownAfterDeployment",
    message: `${addresses.join(" and ")} each set it: which of them is deployed last decides`,
  };
}

// What could not be read stays so, whatever is added to it.
function joined(parts: readonly Attached[], base: JsonValue | undefined): Combined {
  if (base === undefined) return undefined;
  const isPolicy = parts.some(({ mapping }) => mapping.how === "add");
  const policy = isPolicy ? parsedPolicy(base) : undefined;
  if (isPolicy && policy === undefined) return undefined;
  const list = [...entriesOf(policy === undefined ? base : policy["Statement"])];
  for (const part of parts) exchange(list, part);
  if (policy === undefined) return { value: list };
  return { value: list.length === 0 ? null : JSON.stringify({ ...policy, Statement: list }) };
}

function exchange(list: JsonValue[], { mapping: { key = "" }, keys, value, was }: Attached): void {
  const byKey = list.findIndex((entry) => isObject(entry) && keys.some((text) => entry[key] === text));
  const without = (entry: JsonValue): JsonValue => (isObject(entry) ? { ...entry, [key]: null } : entry);
  const at =
    byKey >= 0 || was === null ? byKey : list.findIndex((entry) => sameValue(without(entry), without(was)));
  if (value === undefined || value === null || value instanceof Hole) {
    if (at >= 0) list.splice(at, 1);
  } else if (at >= 0) list[at] = value;
  else list.push(value);
}

function entriesOf(value: JsonValue | undefined): readonly JsonValue[] {
  if (value === undefined || value === null) return [];
  return isArray(value) ? value : [value];
}

function parsedPolicy(text: JsonValue): JsonObject | undefined {
  if (text === null) return { Version: "2012-10-17" };
  try {
    // JSON.parse answers JSON.
    const policy = typeof text === "string" ? (JSON.parse(text) as JsonValue) : text;
    return isObject(policy) ? policy : undefined;
  } catch {
    return undefined;
  }
}
