import type { JsonArray, JsonObject, JsonValue } from "../../core/json.js";
import type { CloudTrailEvent } from "../../languages/event-selector/event-selector.js";
import { isArray, isObject } from "../../shared/read-property.js";
import { halvesOf, replaced } from "./remedy-gap.js";
import type { CaptureGap, SelectorEdit } from "./remedy-gap.js";
import { advancedSelector, wantsOf } from "./remedy-wants.js";

/** Changes of advanced selectors: an exclusion or a condition taken out of one, a value put into one, or new ones beside them. */
export function advancedEdits(selectors: readonly JsonObject[], gap: CaptureGap): readonly SelectorEdit[] {
  // A store of another kind of events takes no selectors of these kinds beside it.
  if (!selectors.every((selector) => kinds.includes(onlyValue(selector, "eventCategory")))) return [];
  const widened = selectors.flatMap((selector, at) =>
    isConcerned(selector, gap.event)
      ? widenings(selector, gap).map(({ becomes, says, weight }) =>
          edit(replaced(selectors, at, becomes), `${says} of ${nameOf(selector, at)}`, weight),
        )
      : [],
  );
  return [...widened, ...additions(selectors, gap)];
}

const kinds: readonly unknown[] = ["Management", "Data", "NetworkActivity"];

type Widening = { readonly becomes: JsonObject; readonly says: string; readonly weight: number };

function isConcerned(
  selector: JsonObject,
  { eventCategory, eventSource, resources = [] }: CloudTrailEvent,
): boolean {
  if (onlyValue(selector, "eventCategory") !== eventCategory) return false;
  if (eventCategory === "Data") return onlyValue(selector, "resources.type") === resources[0]?.type;
  return eventCategory === "Management" || onlyValue(selector, "eventSource") === eventSource;
}

// What makes a selector the kind that it is; AWS demands these.
const fixed: readonly string[] = ["eventCategory", "resources.type"];

function widenings(selector: JsonObject, gap: CaptureGap): readonly Widening[] {
  const fields = fieldsOf(selector);
  return fields.flatMap((field, at) => {
    const { Field: name } = field;
    if (
      typeof name !== "string" ||
      fixed.includes(name) ||
      (name === "eventSource" && gap.event.eventCategory === "NetworkActivity")
    )
      return [];
    const become = (changed: JsonObject | undefined): JsonObject => ({
      ...selector,
      FieldSelectors: replaced(fields, at, changed),
    });
    const taken = withoutHits(field, valueOf(gap.event, name));
    const put = withValues(field, gap);
    return [
      ...(taken === undefined
        ? []
        : [
            {
              becomes: become(isEmpty(taken.field) ? undefined : taken.field),
              says: `take ${taken.values.join(", ")} out of the exclusions on ${name}`,
              weight: 1,
            },
          ]),
      ...(put === undefined
        ? []
        : [{ becomes: become(put.field), says: `add ${put.values.join(", ")} to ${name}`, weight: 1 }]),
      {
        becomes: become(undefined),
        says: `take the condition on ${name} out`,
        weight: name === "readOnly" ? 2 : 3,
      },
    ];
  });
}

type Changed = { readonly field: JsonObject; readonly values: readonly string[] };

/** A field selector without the exclusions that a value hits; undefined where it hits none. */
function withoutHits(field: JsonObject, value: string | undefined): Changed | undefined {
  if (value === undefined) return undefined;
  const hits = {
    NotEquals: (text: string): boolean => value === text,
    NotStartsWith: (text: string): boolean => value.startsWith(text),
    NotEndsWith: (text: string): boolean => value.endsWith(text),
  };
  const taken = Object.entries(hits).map(([operator, isHit]) => ({
    operator,
    values: textsIn(field[operator]),
    hit: textsIn(field[operator]).filter(isHit),
  }));
  const values = taken.flatMap(({ hit }) => hit);
  const kept = Object.fromEntries(
    taken
      .filter(({ hit }) => hit.length > 0)
      .map(({ operator, values: all, hit }) => [operator, all.filter((text) => !hit.includes(text))]),
  );
  return values.length === 0 ? undefined : { field: dropEmpty({ ...field, ...kept }), values };
}

/** A field selector that names what it takes, with the demanded ARNs or the missed source among it; undefined where that is not its way. */
function withValues(field: JsonObject, { event, sets }: CaptureGap): Changed | undefined {
  const { Field: name } = field;
  const selects = ["Equals", "StartsWith", "EndsWith"].some(
    (operator) => textsIn(field[operator]).length > 0,
  );
  if (!selects) return undefined;
  if (name === "eventSource" && event.eventSource !== undefined)
    return added(field, "Equals", [event.eventSource]);
  const [want] = wantsOf(sets)[0] ?? [];
  if (
    name !== "resources.ARN" ||
    want?.category !== "Data" ||
    want.prefixes.length === 0 ||
    want.exact.length > 0
  )
    return undefined;
  return added(field, "StartsWith", want.prefixes);
}

function added(field: JsonObject, operator: string, values: readonly string[]): Changed {
  const known = textsIn(field[operator]);
  const fresh = values.filter((value) => !known.includes(value));
  return { field: { ...field, [operator]: [...known, ...fresh] }, values: fresh };
}

function additions(selectors: readonly JsonObject[], gap: CaptureGap): readonly SelectorEdit[] {
  const excluded = keptExclusions(selectors);
  return wantsOf(gap.sets).flatMap((wants, breadth) =>
    halvesOf(gap).flatMap((half) => {
      const fresh = wants.map((want) => advancedSelector(want, half));
      const names = fresh.map((selector) => JSON.stringify(selector["Name"])).join(", ");
      const says = `add the selector${fresh.length === 1 ? "" : "s"} ${names}`;
      const extent = (half === undefined ? 4 : 3) + breadth;
      const plain = edit([...selectors, ...fresh], says, extent + 0.5);
      if (excluded.length === 0 || gap.event.eventCategory !== "Management") return [plain];
      return [edit([...selectors, ...fresh.map((one) => sparing(one, excluded))], says, extent), plain];
    }),
  );
}

const sourcesLeftOut = (selector: JsonObject): readonly string[] =>
  fieldsOf(selector)
    .filter(({ Field: name }) => name === "eventSource")
    .flatMap(({ NotEquals: sources }) => textsIn(sources));

// What every selector of management events leaves out is left out on purpose: KMS and RDS Data API events are many, and cost money.
function keptExclusions(selectors: readonly JsonObject[]): readonly string[] {
  const [first = [], ...others] = selectors
    .filter((selector) => onlyValue(selector, "eventCategory") === "Management")
    .map(sourcesLeftOut);
  return first.filter((source) => others.every((excluded) => excluded.includes(source)));
}

function sparing(selector: JsonObject, excluded: readonly string[]): JsonObject {
  if (onlyValue(selector, "eventCategory") !== "Management") return selector;
  return {
    ...selector,
    FieldSelectors: [...fieldsOf(selector), { Field: "eventSource", NotEquals: excluded }],
  };
}

const readers: Readonly<Record<string, (event: CloudTrailEvent) => string | undefined>> = {
  eventSource: ({ eventSource }) => eventSource,
  eventName: ({ eventName }) => eventName,
  eventType: ({ eventType }) => eventType,
  "userIdentity.arn": ({ userIdentityArn }) => userIdentityArn,
  sessionCredentialFromConsole: ({ sessionCredentialFromConsole }) =>
    sessionCredentialFromConsole === true ? "true" : undefined,
  "resources.ARN": ({ resources = [] }) => resources[0]?.arn,
  vpcEndpointId: ({ vpcEndpointId }) => vpcEndpointId,
};

function valueOf(event: CloudTrailEvent, field: string): string | undefined {
  return Object.hasOwn(readers, field) ? readers[field]?.(event) : undefined;
}

function fieldsOf(selector: JsonObject): readonly JsonObject[] {
  return listIn(selector["FieldSelectors"]).filter(isObject);
}

function onlyValue(selector: JsonObject, name: string): JsonValue | undefined {
  const values = fieldsOf(selector)
    .filter(({ Field: field }) => field === name)
    .flatMap(({ Equals: value }) => listIn(value));
  return values.length === 1 ? values[0] : undefined;
}

function nameOf(selector: JsonObject, at: number): string {
  const { Name: name } = selector;
  return typeof name === "string" && name !== "" ? `selector "${name}"` : `selector ${at + 1}`;
}

function isEmpty(field: JsonObject): boolean {
  return Object.keys(field).every((key) => key === "Field");
}

function dropEmpty(field: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(field).filter(([key, value]) => key === "Field" || textsIn(value).length > 0),
  );
}

function edit(selectors: readonly JsonObject[], says: string, weight: number): SelectorEdit {
  return { list: "AdvancedEventSelectors", selectors, says, weight };
}

function listIn(value: JsonValue | undefined): JsonArray {
  return isArray(value) ? value : [];
}

function textsIn(value: JsonValue | undefined): readonly string[] {
  return listIn(value).filter((item) => typeof item === "string");
}
