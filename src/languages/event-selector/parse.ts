import type { JsonObject, JsonValue } from "../../core/json.js";
import { isArray, isObject } from "../../shared/read-property.js";
import { translateBasic } from "./basic.js";
import type { DataResource } from "./basic.js";
import {
  condition,
  defaultSelectors,
  selectorFields,
  selectorOperators,
  unknownSelector,
} from "./event-selector.js";
import type { Condition, Selector, SelectorField } from "./event-selector.js";

/** Both selector lists of a sink, as CloudFormation and the API spell them; null or undefined is a list that AWS says is not set. */
export type SelectorLists = {
  readonly basic?: JsonValue | undefined;
  readonly advanced?: JsonValue | undefined;
};

/**
 * Normalises the selectors of a sink into one form. Never fails: what is not understood makes that selector undecidable.
 * A trail has basic or advanced selectors, never both; where both are reported, none is relied upon.
 */
export function parseSelectors({ basic, advanced }: SelectorLists): readonly Selector[] {
  const parsed = [...parseList(basic, parseBasic), ...parseList(advanced, parseAdvanced)];
  if (parsed.length === 0) return isEmpty(basic) && isEmpty(advanced) ? defaultSelectors : [];
  if (isEmpty(basic) || isEmpty(advanced)) return parsed;
  const because = "basic and advanced selectors are both reported";
  return parsed.map((selector) => ({ ...selector, undecidable: [...selector.undecidable, because] }));
}

function isEmpty(list: JsonValue | undefined): boolean {
  return list === undefined || list === null || (isArray(list) && list.length === 0);
}

function parseList(
  list: JsonValue | undefined,
  parse: (item: JsonObject) => readonly Selector[],
): readonly Selector[] {
  if (list === undefined || list === null) return [];
  if (!isArray(list)) return [unknownSelector("the selectors are not a list")];
  return list.flatMap((item) =>
    isObject(item) ? parse(item) : [unknownSelector("a selector is not an object")],
  );
}

function parseAdvanced(item: JsonObject): readonly Selector[] {
  const fields = item["FieldSelectors"];
  if (!isArray(fields)) return [unknownSelector("a selector has no list of field selectors")];
  const parts = fields.map((field) =>
    isObject(field) ? parseField(field) : { undecidable: ["a field selector is not an object"] },
  );
  const conditions = parts.flatMap((part) => part.conditions ?? []);
  const undecidable = [
    ...strangers(item, ["Name", "FieldSelectors"]),
    ...parts.flatMap((part) => part.undecidable),
    ...missingFields(conditions),
  ];
  return [{ conditions, undecidable }];
}

type Part = { readonly conditions?: readonly Condition[]; readonly undecidable: readonly string[] };

function parseField(item: JsonObject): Part {
  const field = selectorFields.find((known) => known === item["Field"]);
  if (field === undefined) return { undecidable: [`field ${show(item["Field"])} is not known`] };
  const values = Object.fromEntries(selectorOperators.map((operator) => [operator, texts(item[operator])]));
  const malformed = selectorOperators
    .filter((operator) => values[operator] === undefined)
    .map((operator) => `${operator} of ${field} is not a list of texts`);
  const undecidable = [...strangers(item, ["Field", ...selectorOperators]), ...malformed];
  const given = Object.values(values).some((list) => list !== undefined && list.length > 0);
  if (!given)
    return {
      undecidable: [...undecidable, ...(undecidable.length === 0 ? [`${field} has no operator`] : [])],
    };
  return malformed.length > 0 ? { undecidable } : { conditions: [condition(field, values)], undecidable };
}

// AWS demands both; a selector without them is none that AWS would hold, so what it takes is not known.
function missingFields(conditions: readonly Condition[]): readonly string[] {
  const has = (field: SelectorField): boolean => conditions.some((one) => one.field === field);
  if (!has("eventCategory")) return ["there is no eventCategory"];
  const isData = conditions.some((one) => one.field === "eventCategory" && one.Equals.includes("Data"));
  return isData && !has("resources.type") ? ["there is no resources.type"] : [];
}

function parseBasic(item: JsonObject): readonly Selector[] {
  const known = [
    "ReadWriteType",
    "IncludeManagementEvents",
    "ExcludeManagementEventSources",
    "DataResources",
  ];
  const doubts = strangers(item, known);
  const readWrite = item["ReadWriteType"] ?? "All";
  const management = item["IncludeManagementEvents"] ?? true;
  const excluded = texts(item["ExcludeManagementEventSources"]);
  const resources = item["DataResources"] ?? [];
  if (
    typeof readWrite !== "string" ||
    typeof management !== "boolean" ||
    excluded === undefined ||
    !isArray(resources)
  ) {
    return [unknownSelector("a basic selector is malformed")];
  }
  return translateBasic({
    readWrite,
    management,
    excluded,
    dataResources: resources.map(parseDataResource),
    undecidable: doubts,
  });
}

function parseDataResource(item: JsonValue): DataResource | undefined {
  if (!isObject(item) || strangers(item, ["Type", "Values"]).length > 0) return undefined;
  const type = item["Type"];
  const values = texts(item["Values"]);
  return typeof type === "string" && values !== undefined ? { type, values } : undefined;
}

function strangers(item: JsonObject, known: readonly string[]): readonly string[] {
  return Object.keys(item)
    .filter((key) => !known.includes(key) && !isEmpty(item[key]))
    .map((key) => `${key} is not known`);
}

function texts(value: JsonValue | undefined): readonly string[] | undefined {
  if (value === undefined || value === null) return [];
  if (!isArray(value)) return undefined;
  const found = value.filter((item) => typeof item === "string");
  return found.length === value.length ? found : undefined;
}

function show(value: JsonValue | undefined): string {
  return typeof value === "string" ? value : JSON.stringify(value ?? null);
}
