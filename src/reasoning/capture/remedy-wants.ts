import type { JsonArray, JsonObject } from "../../core/json.js";
import { groupBy } from "../../shared/group-by.js";
import { sortedUnique } from "../../shared/order.js";
import type { EventSet } from "./demand.js";

/** What one selector must select to capture a demand, apart from reads and writes. `prefixes` and `exact` are ARNs; without both, all. */
export type Want =
  | { readonly category: "Management" }
  | {
      readonly category: "Data";
      readonly type: string;
      readonly prefixes: readonly string[];
      readonly exact: readonly string[];
    }
  | { readonly category: "NetworkActivity"; readonly source: string; readonly deniedOnly: boolean };

/** Which half of the events; undefined: reads and writes. */
export type Half = "read" | "write" | undefined;

/** What the demanded sets of events want, one selector each: as narrow as they are, then all resources of a type. */
export function wantsOf(sets: readonly EventSet[]): readonly (readonly Want[])[] {
  const management: readonly Want[] = sets.some(({ category }) => category === "Management")
    ? [{ category: "Management" }]
    : [];
  const network = sets.flatMap(({ category, eventSource, errorCodes = [] }): readonly Want[] =>
    category === "NetworkActivity" && eventSource !== undefined
      ? [{ category, source: eventSource, deniedOnly: !errorCodes.includes(undefined) }]
      : [],
  );
  const types = groupBy(
    sets.filter(({ category, resource }) => category === "Data" && resource !== undefined),
    ({ resource }) => resource?.type ?? "",
  );
  const narrow = [...types].map(([type, ofType]) => dataWant(type, ofType));
  const wide = narrow.map((want) => ({ ...want, prefixes: [], exact: [] }));
  const isWide = JSON.stringify(narrow) === JSON.stringify(wide);
  return [[...management, ...narrow, ...network], ...(isWide ? [] : [[...management, ...wide, ...network]])];
}

function dataWant(type: string, sets: readonly EventSet[]): Want & { readonly category: "Data" } {
  const arns = sets.flatMap(({ resource }) => (resource === undefined ? [] : [resource.arns]));
  const prefixes = sortedUnique(arns.flatMap((set) => ("exactly" in set ? [] : [set.prefix])));
  const exact = sortedUnique(arns.flatMap((set) => ("exactly" in set ? [set.exactly] : [])));
  const isAll = prefixes.some((prefix) => /^arn:[^:]+:(?:s3:::)?$|:(?:function:|table\/)$/u.test(prefix));
  return { category: "Data", type, ...(isAll ? { prefixes: [], exact: [] } : { prefixes, exact }) };
}

/** A want as an advanced selector. */
export function advancedSelector(want: Want, half: Half): JsonObject {
  return {
    Name: nameOf(want, half),
    FieldSelectors: [
      equals("eventCategory", [want.category]),
      ...fieldsOf(want),
      ...(half === undefined || want.category === "NetworkActivity"
        ? []
        : [equals("readOnly", [half === "read" ? "true" : "false"])]),
    ],
  };
}

function fieldsOf(want: Want): readonly JsonObject[] {
  if (want.category === "Management") return [];
  if (want.category === "NetworkActivity")
    return [
      equals("eventSource", [want.source]),
      ...(want.deniedOnly ? [equals("errorCode", ["VpceAccessDenied"])] : []),
    ];
  return [equals("resources.type", [want.type]), ...arnField(want)];
}

function arnField({ prefixes, exact }: Want & { readonly category: "Data" }): readonly JsonObject[] {
  if (prefixes.length + exact.length === 0) return [];
  return [
    {
      Field: "resources.ARN",
      ...(exact.length === 0 ? {} : { Equals: exact }),
      ...(prefixes.length === 0 ? {} : { StartsWith: prefixes }),
    },
  ];
}

function nameOf(want: Want, half: Half): string {
  const which = half ?? "all";
  if (want.category === "Management") return `${which} management events`;
  return want.category === "Data"
    ? `${which} data events of ${want.type}`
    : `network activity of ${want.source}`;
}

/** A want as a basic selector; undefined where basic selectors cannot say it. */
export function basicSelector(want: Want, half: Half, partition: string): JsonObject | undefined {
  const access = {
    ReadWriteType: half === undefined ? "All" : { read: "ReadOnly", write: "WriteOnly" }[half],
  };
  if (want.category === "Management")
    return { ...access, IncludeManagementEvents: true, ExcludeManagementEventSources: [], DataResources: [] };
  const resource = want.category === "Data" ? dataResource(want, partition) : undefined;
  return resource === undefined
    ? undefined
    : {
        ...access,
        IncludeManagementEvents: false,
        ExcludeManagementEventSources: [],
        DataResources: [resource],
      };
}

// https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DataResource.html
const basicServices: Readonly<Record<string, string>> = {
  "AWS::S3::Object": "s3",
  "AWS::Lambda::Function": "lambda",
  "AWS::DynamoDB::Table": "dynamodb",
};

/** The entry of `DataResources` that takes what is wanted; undefined where there is none. */
export function dataResource(
  { type, prefixes, exact }: Want & { readonly category: "Data" },
  partition: string,
): JsonObject | undefined {
  const service = Object.hasOwn(basicServices, type) ? basicServices[type] : undefined;
  if (service === undefined || (service !== "s3" && prefixes.length > 0)) return undefined;
  const values: JsonArray =
    prefixes.length + exact.length === 0 ? [`arn:${partition}:${service}`] : [...prefixes, ...exact];
  return { Type: type, Values: values };
}

function equals(Field: string, values: readonly string[]): JsonObject {
  return { Field, Equals: values };
}
