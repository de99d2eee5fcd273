import type { JsonValue } from "../../core/json.js";
import { isArray, isObject } from "../../shared/read-property.js";
import { exactly, partialRecord } from "./partial-record.js";
import type { PartialRecord, PartialValue } from "./partial-record.js";

/** What both values allow; undefined where they have nothing in common. */
export function meet(one: PartialValue, other: PartialValue): PartialValue | undefined {
  if (one.kind === "anything") return other;
  if (other.kind === "anything") return one;
  if (one.kind === "either") return meetOptions(one.options, other);
  if (other.kind === "either") return meetOptions(other.options, one);
  if (one.kind === "exactly") return meetExactly(one.value, other);
  if (other.kind === "exactly") return meetExactly(other.value, one);
  return meetAlike(one, other);
}

/** What both records allow; undefined where they have nothing in common. */
export function meetRecords(one: PartialRecord, other: PartialRecord): PartialRecord | undefined {
  const names = [...new Set([...Object.keys(one.fields), ...Object.keys(other.fields)])];
  const fields: Record<string, PartialValue> = {};
  for (const name of names) {
    const both = meet(fieldOf(one, name), fieldOf(other, name));
    if (both === undefined) return undefined;
    fields[name] = both;
  }
  const isOpen = one.others === "anything" && other.others === "anything";
  return partialRecord(fields, isOpen ? "anything" : "absent");
}

function fieldOf({ fields, others }: PartialRecord, name: string): PartialValue {
  return (Object.hasOwn(fields, name) ? fields[name] : undefined) ?? { kind: others };
}

function meetOptions(options: readonly PartialValue[], other: PartialValue): PartialValue | undefined {
  const met = options.flatMap((option) => meet(option, other) ?? []);
  const [only] = met;
  return met.length > 1 ? { kind: "either", options: met } : only;
}

function meetExactly(value: JsonValue, other: PartialValue): PartialValue | undefined {
  const isMember = () => {
    if (other.kind === "exactly") return JSON.stringify(value) === JSON.stringify(other.value);
    return other.kind === "text" && typeof value === "string" && isOfShape(other, value);
  };
  if (other.kind === "object" && isObject(value) && !isArray(value)) {
    const fixed = Object.fromEntries(Object.entries(value).map(([name, part]) => [name, exactly(part)]));
    return meetRecords(partialRecord(fixed, "absent"), other);
  }
  return isMember() ? exactly(value) : undefined;
}

type Text = Extract<PartialValue, { readonly kind: "text" }>;

function isOfShape({ prefix, suffix }: Text, text: string): boolean {
  return text.length > prefix.length + suffix.length && text.startsWith(prefix) && text.endsWith(suffix);
}

type Fixed = Exclude<PartialValue, { readonly kind: "anything" | "either" | "exactly" }>;

function meetAlike(one: Fixed, other: Fixed): PartialValue | undefined {
  if (one.kind === "object" && other.kind === "object") return meetRecords(one, other);
  if (one.kind === "text" && other.kind === "text") return meetTexts(one, other);
  if (one.kind === "list" && other.kind === "list") return meetLists(one.items, other.items);
  return one.kind === "absent" && other.kind === "absent" ? one : undefined;
}

function meetLists(one: readonly PartialValue[], other: readonly PartialValue[]): PartialValue | undefined {
  const items = one.flatMap((item, at) => (other[at] === undefined ? [] : (meet(item, other[at]) ?? [])));
  return items.length === one.length && one.length === other.length ? { kind: "list", items } : undefined;
}

// Of two beginnings one must begin with the other, and of two endings one end with the other.
function meetTexts(one: Text, other: Text): PartialValue | undefined {
  const [prefix, shorter] = longerFirst(one.prefix, other.prefix);
  const [suffix, tail] = longerFirst(one.suffix, other.suffix);
  if (!prefix.startsWith(shorter) || !suffix.endsWith(tail)) return undefined;
  const shape: Text = { kind: "text", prefix, suffix, examples: [] };
  const examples = [...one.examples, ...other.examples].filter((text) => isOfShape(shape, text));
  return { ...shape, examples };
}

function longerFirst(one: string, other: string): readonly [string, string] {
  return one.length >= other.length ? [one, other] : [other, one];
}
