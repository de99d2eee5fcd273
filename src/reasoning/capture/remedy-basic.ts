import type { JsonArray, JsonObject, JsonValue } from "../../core/json.js";
import { isArray, isObject } from "../../shared/read-property.js";
import { halvesOf, replaced } from "./remedy-gap.js";
import type { CaptureGap, SelectorEdit } from "./remedy-gap.js";
import { basicSelector, dataResource, wantsOf } from "./remedy-wants.js";
import type { Want } from "./remedy-wants.js";

/** Changes of a trail's basic selectors: one selector widened, or new ones beside them. */
export function basicEdits(selectors: readonly JsonObject[], gap: CaptureGap): readonly SelectorEdit[] {
  return [
    ...selectors.flatMap((selector, at) =>
      widenings(selector, gap).map(({ becomes, says, weight }) =>
        edit(replaced(selectors, at, becomes), `${says} in event selector ${at + 1}`, weight),
      ),
    ),
    ...additions(selectors, gap),
  ];
}

type Widening = { readonly becomes: JsonObject; readonly says: string; readonly weight: number };

function widenings(selector: JsonObject, gap: CaptureGap): readonly Widening[] {
  const { eventCategory, eventSource = "" } = gap.event;
  const excluded = listIn(selector["ExcludeManagementEventSources"]);
  const isManaging = selector["IncludeManagementEvents"] !== false;
  const resources = listIn(selector["DataResources"]);
  const isConcerned = eventCategory === "Management" ? isManaging : resources.length > 0;
  // A selector of both kinds would then record more of the other kind, too, and data events cost money.
  const isMixed = isManaging && resources.length > 0;
  return [
    ...(isConcerned && excluded.includes(eventSource)
      ? [
          {
            becomes: {
              ...selector,
              ExcludeManagementEventSources: excluded.filter((source) => source !== eventSource),
            },
            says: `stop excluding ${eventSource}`,
            weight: 1,
          },
        ]
      : []),
    ...(isConcerned && selector["ReadWriteType"] !== "All"
      ? [
          {
            becomes: { ...selector, ReadWriteType: "All" },
            says: "set ReadWriteType to All",
            weight: isMixed ? 5 : 2,
          },
        ]
      : []),
    ...(eventCategory === "Management" && !isManaging
      ? [
          {
            becomes: { ...selector, IncludeManagementEvents: true },
            says: "set IncludeManagementEvents to true",
            weight: 4,
          },
        ]
      : []),
    ...dataWants(gap).flatMap((want) => withResource(selector, want, gap) ?? []),
  ];
}

function dataWants({ sets }: CaptureGap): readonly (Want & { readonly category: "Data" })[] {
  return wantsOf(sets).flatMap((wants) => {
    const [want] = wants;
    return want?.category === "Data" && wants.length === 1 ? [want] : [];
  });
}

function withResource(
  selector: JsonObject,
  want: Want & { readonly category: "Data" },
  { partition }: CaptureGap,
): Widening | undefined {
  const added = dataResource(want, partition);
  const resources = listIn(selector["DataResources"]).filter(isObject);
  const at = resources.findIndex(({ Type: type }) => type === want.type);
  const known = resources[at];
  if (added === undefined || known === undefined) return undefined;
  const values = listIn(known["Values"]);
  const fresh = listIn(added["Values"])
    .filter((value) => typeof value === "string")
    .filter((value) => !values.includes(value));
  return {
    becomes: {
      ...selector,
      DataResources: replaced(resources, at, { ...known, Values: [...values, ...fresh] }),
    },
    says: `add ${fresh.join(", ")} to the data resources of type ${want.type}`,
    weight: 2,
  };
}

function additions(selectors: readonly JsonObject[], gap: CaptureGap): readonly SelectorEdit[] {
  const excluded = keptExclusions(selectors);
  return wantsOf(gap.sets).flatMap((wants) =>
    halvesOf(gap).flatMap((half) => {
      const added = wants
        .map((want) => basicSelector(want, half, gap.partition))
        .filter((selector) => selector !== undefined);
      const extent = half === undefined ? 4 : 3;
      if (added.length < wants.length) return [];
      const plain = edit([...selectors, ...added], `add ${describe(added)}`, extent + 0.5);
      if (excluded.length === 0 || gap.event.eventCategory !== "Management") return [plain];
      const sparing = added.map((selector) =>
        selector["IncludeManagementEvents"] === true
          ? { ...selector, ExcludeManagementEventSources: excluded }
          : selector,
      );
      return [edit([...selectors, ...sparing], `add ${describe(added)}`, extent), plain];
    }),
  );
}

// What every selector of management events leaves out is left out on purpose: KMS and RDS Data API events are many, and cost money.
function keptExclusions(selectors: readonly JsonObject[]): JsonArray {
  const [first = [], ...others] = selectors
    .filter((selector) => selector["IncludeManagementEvents"] !== false)
    .map((selector) => listIn(selector["ExcludeManagementEventSources"]));
  return first.filter((source) => others.every((excluded) => excluded.includes(source)));
}

function describe(added: readonly JsonObject[]): string {
  return added.length === 1 ? "one event selector" : `${added.length} event selectors`;
}

function edit(selectors: readonly JsonObject[], says: string, weight: number): SelectorEdit {
  return { list: "EventSelectors", selectors, says, weight };
}

function listIn(value: JsonValue | undefined): JsonArray {
  return isArray(value) ? value : [];
}
