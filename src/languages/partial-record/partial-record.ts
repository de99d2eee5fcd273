import type { JsonObject, JsonValue } from "../../core/json.js";
import { isArray, isObject } from "../../shared/read-property.js";

/** Where a value sits in a record: member names and list positions from the root. */
export type Path = readonly (string | number)[];

/** A set of JSON values, or of their absence, that one place of a record may hold. */
export type PartialValue =
  | { readonly kind: "exactly"; readonly value: JsonValue }
  | {
      readonly kind: "text";
      readonly prefix: string;
      readonly suffix: string;
      readonly examples: readonly string[];
    }
  | { readonly kind: "anything" }
  | { readonly kind: "absent" }
  | {
      readonly kind: "object";
      readonly fields: Readonly<Record<string, PartialValue>>;
      readonly others: "absent" | "anything";
    }
  | { readonly kind: "list"; readonly items: readonly PartialValue[] }
  | { readonly kind: "either"; readonly options: readonly PartialValue[] };

/** A record of which some parts are fixed and some are free: a set of records. */
export type PartialRecord = Extract<PartialValue, { readonly kind: "object" }>;

/** What can be said of a value without fixing anything further. */
export type View =
  | { readonly kind: "open" }
  | { readonly kind: "absent" }
  | { readonly kind: "scalar"; readonly value: string | number | boolean | null }
  | {
      readonly kind: "object";
      readonly value: JsonObject | PartialRecord["fields"];
      readonly openEnded: boolean;
    }
  | { readonly kind: "list"; readonly items: readonly PartialValue[] };

/** Not there at all. */
export const ABSENT: PartialValue = { kind: "absent" };
/** Any JSON value, or nothing: a field of which nothing is known. */
export const ANYTHING: PartialValue = { kind: "anything" };

/** This JSON value and no other. */
export function exactly(value: JsonValue): PartialValue {
  return { kind: "exactly", value };
}

/** One of these JSON values. */
export function oneOf(...values: readonly JsonValue[]): PartialValue {
  return { kind: "either", options: values.map(exactly) };
}

/** Any text of one or more characters between `prefix` and `suffix`. `examples` belong to the set and are preferred in witnesses. */
export function anyText(
  shape: { readonly prefix?: string; readonly suffix?: string; readonly examples?: readonly string[] } = {},
): PartialValue {
  return {
    kind: "text",
    prefix: shape.prefix ?? "",
    suffix: shape.suffix ?? "",
    examples: shape.examples ?? [],
  };
}

/** Present like this, or absent. */
export function optional(value: PartialValue): PartialValue {
  return { kind: "either", options: [ABSENT, value] };
}

/** An object with these fields; `others` says what is known of the fields not named (nothing, unless told). */
export function partialRecord(
  fields: Readonly<Record<string, PartialValue>>,
  others: "absent" | "anything" = "anything",
): PartialRecord {
  return { kind: "object", fields, others };
}

/** A list of exactly these items; none of them may be absent. */
export function partialList(...items: readonly PartialValue[]): PartialValue {
  return { kind: "list", items };
}

/** Sees through a partial value as far as it is fixed. */
export function viewOf(value: PartialValue): View {
  if (value.kind === "exactly") return viewOfJson(value.value);
  if (value.kind === "object")
    return { kind: "object", value: value.fields, openEnded: value.others === "anything" };
  if (value.kind === "list" || value.kind === "absent") return value;
  return { kind: "open" };
}

function viewOfJson(value: JsonValue): View {
  if (isArray(value)) return { kind: "list", items: value.map(exactly) };
  if (isObject(value)) return { kind: "object", value, openEnded: false };
  return { kind: "scalar", value };
}

/** One member of a value; undefined when it depends on what is not fixed. Only objects have members. */
export function memberOf(of: PartialValue, key: string): PartialValue | undefined {
  if (of.kind === "object") {
    const fallback = of.others === "anything" ? ANYTHING : ABSENT;
    return (Object.hasOwn(of.fields, key) ? of.fields[key] : undefined) ?? fallback;
  }
  if (of.kind === "exactly") {
    const value = isObject(of.value) && Object.hasOwn(of.value, key) ? of.value[key] : undefined;
    return value === undefined ? ABSENT : exactly(value);
  }
  return of.kind === "either" || of.kind === "anything" ? undefined : ABSENT;
}

/** The same value with the part at `path` put in. The path must lead through objects and lists. */
export function replaceAt(root: PartialValue, path: Path, part: PartialValue): PartialValue {
  const [step, ...rest] = path;
  if (step === undefined) return part;
  if (root.kind === "list") {
    return {
      ...root,
      items: root.items.map((item, at) => (at === step ? replaceAt(item, rest, part) : item)),
    };
  }
  const key = String(step);
  if (root.kind !== "object") return root;
  return {
    ...root,
    fields: { ...root.fields, [key]: replaceAt(memberOf(root, key) ?? ANYTHING, rest, part) },
  };
}

/** A smallest record of the set: what may be absent is, and free text is an example. Undefined for an absent value. */
export function smallest(value: PartialValue): JsonValue | undefined {
  switch (value.kind) {
    case "exactly":
      return value.value;
    case "text":
      return value.examples[0] ?? `${value.prefix}x${value.suffix}`;
    case "object":
      return smallestObject(value);
    case "list":
      return value.items.map((item) => smallest(item) ?? null);
    case "either":
      return value.options.some(({ kind }) => kind === "absent")
        ? undefined
        : smallest(value.options[0] ?? ABSENT);
    case "anything":
    case "absent":
      return undefined;
  }
}

/** A smallest record of the set, as an object. */
export function smallestObject(record: PartialRecord): JsonObject {
  const members = Object.entries(record.fields).flatMap(([key, field]) => {
    const value = smallest(field);
    return value === undefined ? [] : [[key, value] as const];
  });
  return Object.fromEntries(members);
}
