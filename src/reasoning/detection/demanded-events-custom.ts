import type { FromSchema } from "json-schema-to-ts";
import type { JsonValue } from "../../core/json.js";
import { ABSENT, exactly, oneOf, partialRecord } from "../../languages/partial-record/partial-record.js";
import type { PartialValue } from "../../languages/partial-record/partial-record.js";
import { groupBy } from "../../shared/group-by.js";
import { calls } from "./demanded-events.js";
import type { CloudTrailDemand } from "./demanded-events.js";

const texts = {
  type: "array",
  minItems: 1,
  uniqueItems: true,
  items: { type: "string", minLength: 1 },
} as const;

/** The schema of the option `events`: CloudTrail events that somebody must hear of. */
export const customEvents = {
  type: "array",
  minItems: 1,
  description: "CloudTrail management events.",
  items: {
    type: "object",
    additionalProperties: false,
    required: ["source", "names"],
    properties: {
      source: {
        type: "string",
        pattern: "^[a-z0-9][a-z0-9.-]*\\.[a-z0-9.-]+$",
        description: "An event source, such as glacier.amazonaws.com.",
      },
      names: { ...texts, description: "Event names, as CloudTrail logs them." },
      access: {
        enum: ["read", "write"],
        description: "Whether the events read or write. Default: as is known of them, else both.",
      },
      eventType: {
        enum: ["AwsApiCall", "AwsConsoleAction", "AwsConsoleSignIn", "AwsServiceEvent"],
        description: "Default: AwsApiCall.",
      },
      fields: {
        type: "object",
        minProperties: 1,
        description:
          "Fields of the record, dotted, with the values that are demanded; null: the field is absent.",
        additionalProperties: {
          type: "array",
          minItems: 1,
          items: { type: ["string", "number", "boolean", "null"] },
        },
      },
    },
  },
} as const;

/** One entry of the option `events`. */
export type CustomEvents = FromSchema<typeof customEvents>[number];

/** The events of an entry. */
export function customDemand({
  source,
  names,
  access,
  eventType,
  fields = {},
}: CustomEvents): readonly CloudTrailDemand[] {
  return calls(source, names, {
    ...(access === undefined ? {} : { readOnly: [access === "read"] }),
    ...(eventType === undefined ? {} : { eventType }),
    fields: nestedFields(fields),
  });
}

/** Dotted paths with their demanded values, null for absence, as members of a record. */
export function nestedFields(
  fields: Readonly<Record<string, readonly JsonValue[]>>,
): Readonly<Record<string, PartialValue>> {
  return nested(Object.entries(fields).map(([path, values]) => ({ path: path.split("."), values })));
}

type Field = { readonly path: readonly string[]; readonly values: readonly JsonValue[] };

function nested(fields: readonly Field[]): Readonly<Record<string, PartialValue>> {
  const groups = groupBy(fields, ({ path }) => path[0] ?? "");
  return Object.fromEntries([...groups].map(([name, some]) => [name, valueOf(some)]));
}

function valueOf(fields: readonly Field[]): PartialValue {
  const inner = fields.map(({ path, values }) => ({ path: path.slice(1), values }));
  const [first] = inner;
  if (first !== undefined && first.path.length === 0) return choice(first.values);
  return partialRecord(nested(inner));
}

function choice(values: readonly JsonValue[]): PartialValue {
  const set = values.filter((value) => value !== null);
  if (set.length === values.length) return oneOf(...values);
  return { kind: "either", options: [ABSENT, ...set.map(exactly)] };
}
