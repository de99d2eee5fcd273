import { isDeepStrictEqual } from "node:util";
import type { JsonArray, JsonObject, JsonValue } from "../../core/json.js";
import { groupBy } from "../../shared/group-by.js";
import { isArray, isObject } from "../../shared/read-property.js";

/** A trail's or store's list of selectors, in AWS's own spelling. */
export type Selectors = readonly JsonObject[];

/**
 * One list of advanced selectors that takes all that each of some changed lists takes. Each of these is the list `before`
 * with selectors widened, or with others added at its end.
 */
export function joinAdvanced(before: Selectors, lists: readonly Selectors[]): Selectors {
  return joinLists(before, lists, { widest: widestAdvanced, thin: thinAdvanced });
}

/** The same of basic selectors. */
export function joinBasic(before: Selectors, lists: readonly Selectors[]): Selectors {
  return joinLists(before, lists, { widest: widestBasic, thin: thinBasic });
}

type Joining = {
  /** One that takes what each of these takes; each is `before` or wider. */
  readonly widest: (before: JsonObject, variants: Selectors) => JsonObject;
  /** Fewer selectors that take the same. */
  readonly thin: (added: Selectors) => Selectors;
};

function joinLists(before: Selectors, lists: readonly Selectors[], { widest, thin }: Joining): Selectors {
  const kept = before.map((selector, at) =>
    widest(
      selector,
      lists.map((list) => list[at] ?? selector),
    ),
  );
  const added = lists.flatMap((list) => list.slice(before.length));
  return [...kept, ...thin(added)];
}

function widestAdvanced(before: JsonObject, variants: Selectors): JsonObject {
  const changed = variants.filter((variant) => !isDeepStrictEqual(variant, before));
  if (changed.length === 0) return before;
  const own = objectsIn(before["FieldSelectors"]);
  const fields = own.flatMap((field) => widestField(field, own, changed) ?? []);
  return { ...before, FieldSelectors: fields };
}

// undefined: one of them has done without the field.
function widestField(
  field: JsonObject,
  own: readonly JsonObject[],
  variants: Selectors,
): JsonObject | undefined {
  const become = variants.map((variant) => {
    const theirs = objectsIn(variant["FieldSelectors"]);
    return (
      theirs.find((one) => isDeepStrictEqual(one, field)) ??
      theirs.find(
        (one) => one["Field"] === field["Field"] && !own.some((known) => isDeepStrictEqual(known, one)),
      )
    );
  });
  if (!become.every((one) => one !== undefined)) return undefined;
  const operators = new Set(become.flatMap((one) => Object.keys(one)).filter((key) => key !== "Field"));
  const joined = [...operators].flatMap((operator) => {
    const values = become.map((one) => listIn(one[operator]));
    const all = operator.startsWith("Not") ? inEach(values) : unique(values.flat());
    return all.length === 0 ? [] : [[operator, all] as const];
  });
  return { Field: field["Field"] ?? null, ...Object.fromEntries(joined) };
}

function thinAdvanced(added: Selectors): Selectors {
  const whole = unique(added.map(withBothHalves(added))).filter(isObject);
  return whole.filter(
    (selector) => !whole.some((other) => other !== selector && takesAtLeast(other, selector)),
  );
}

// Where the other half stands among them, both are one selector.
function withBothHalves(all: Selectors): (selector: JsonObject) => JsonObject {
  const restOf = (selector: JsonObject): readonly JsonObject[] =>
    objectsIn(selector["FieldSelectors"]).filter(({ Field: name }) => name !== "readOnly");
  const halfOf = (selector: JsonObject): JsonValue | undefined =>
    objectsIn(selector["FieldSelectors"]).find(({ Field: name }) => name === "readOnly");
  return (selector) => {
    const half = halfOf(selector);
    const isWhole = all.some((other) => {
      const others = halfOf(other);
      return (
        half !== undefined &&
        others !== undefined &&
        !isDeepStrictEqual(half, others) &&
        isDeepStrictEqual(restOf(selector), restOf(other))
      );
    });
    if (!isWhole) return selector;
    const { Name: name } = selector;
    return {
      ...selector,
      ...(typeof name === "string" ? { Name: name.replace(/^(?:read|write) /u, "all ") } : {}),
      FieldSelectors: restOf(selector),
    };
  };
}

function takesAtLeast(wide: JsonObject, narrow: JsonObject): boolean {
  const fields = objectsIn(narrow["FieldSelectors"]);
  return objectsIn(wide["FieldSelectors"]).every((field) =>
    fields.some((other) => isDeepStrictEqual(field, other)),
  );
}

function widestBasic(before: JsonObject, variants: Selectors): JsonObject {
  const changed = variants.filter((variant) => !isDeepStrictEqual(variant, before));
  if (changed.length === 0) return before;
  const accesses = unique(changed.map((variant) => variant["ReadWriteType"] ?? "All"));
  const excluded = inEach(changed.map((variant) => listIn(variant["ExcludeManagementEventSources"])));
  return {
    ...before,
    ReadWriteType: accesses.length === 1 ? (accesses[0] ?? "All") : "All",
    IncludeManagementEvents: changed.some((variant) => variant["IncludeManagementEvents"] !== false),
    ExcludeManagementEventSources: excluded,
    DataResources: resourcesOf(changed.flatMap((variant) => valuesIn(variant))),
  };
}

type Value = { readonly type: string; readonly value: JsonValue };

function thinBasic(added: Selectors): Selectors {
  const managing = added.filter((selector) => selector["IncludeManagementEvents"] !== false);
  const [first] = managing;
  const recording = added.filter((selector) => !managing.includes(selector));
  const taken = (accesses: readonly string[]): readonly Value[] =>
    recording
      .filter((selector) => accesses.includes(textOf(selector["ReadWriteType"] ?? "All")))
      .flatMap((selector) => valuesIn(selector));
  const [read, write] = [taken(["All", "ReadOnly"]), taken(["All", "WriteOnly"])];
  const both = uncovered(read.filter((value) => covers(write, value))).concat(
    uncovered(write.filter((value) => covers(read, value))),
  );
  const halves = [
    ["All", both],
    ["ReadOnly", uncovered(read).filter((value) => !covers(both, value))],
    ["WriteOnly", uncovered(write).filter((value) => !covers(both, value))],
  ] as const;
  return [
    ...(first === undefined ? [] : [widestBasic(first, managing)]),
    ...halves
      .filter(([, values]) => values.length > 0)
      .map(([access, values]) => ({
        ReadWriteType: access,
        IncludeManagementEvents: false,
        ExcludeManagementEventSources: [],
        DataResources: resourcesOf(uncovered(values)),
      })),
  ];
}

function valuesIn(selector: JsonObject): readonly Value[] {
  return objectsIn(selector["DataResources"]).flatMap(({ Type: type, Values: values }) =>
    listIn(values).map((value) => ({ type: textOf(type), value })),
  );
}

function resourcesOf(values: readonly Value[]): JsonArray {
  return [...groupBy(values, ({ type }) => type)].map(([Type, ofType]) => ({
    Type,
    Values: unique(ofType.map(({ value }) => value)),
  }));
}

function uncovered(values: readonly Value[]): Value[] {
  return values.filter(
    (value, at) =>
      !values.some((other, place) => (isDeepStrictEqual(other, value) ? place < at : covers([other], value))),
  );
}

// A whole service, such as arn:aws:s3; objects of a bucket or under a prefix; else the very ARN.
function covers(values: readonly Value[], { type, value }: Value): boolean {
  return values.some(
    (other) =>
      other.type === type &&
      (other.value === value ||
        (/^arn:[^:]+:[^:]+$|^arn:[^:]+:s3:::[^/]+\//u.test(textOf(other.value)) &&
          textOf(value).startsWith(textOf(other.value)))),
  );
}

function inEach(lists: readonly JsonArray[]): JsonArray {
  const [first = [], ...others] = lists;
  return first.filter((value) => others.every((other) => other.some((one) => isDeepStrictEqual(one, value))));
}

function unique<T extends JsonValue>(values: readonly T[]): readonly T[] {
  return values.filter((value, at) => values.findIndex((one) => isDeepStrictEqual(one, value)) === at);
}

function objectsIn(value: JsonValue | undefined): readonly JsonObject[] {
  return listIn(value).filter(isObject);
}

function listIn(value: JsonValue | undefined): JsonArray {
  return isArray(value) ? value : [];
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === "string" ? value : "";
}
