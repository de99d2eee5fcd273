import { somebody } from "../../../reasoning/reach/somebody.js";
import type { FromSchema } from "json-schema-to-ts";
import { bucketMetrics } from "../../../reasoning/cover/bucket.js";
import type { MetricOption } from "../../../reasoning/cover/custom.js";
import { mediapackageMetrics } from "../../../reasoning/cover/mediapackage.js";
import { names as settingNames } from "../../../reasoning/cover/settings.js";
import type { WatchOptions } from "../../../reasoning/cover/watch.js";

const text = { type: "string", minLength: 1 } as const;
const setting = { description: "The value, or a list of those accepted." } as const;
const keyMetrics = [...mediapackageMetrics, ...bucketMetrics] as const;

const metric = {
  type: "object",
  additionalProperties: false,
  required: ["namespace", "metric"],
  properties: {
    name: { ...text, description: "What a sentence calls it. Default: namespace and metric." },
    namespace: text,
    metric: text,
    dimensions: {
      type: "object",
      description:
        "The exact dimension set; a list holds every value that means the resource. {id}, {arn}, {arn-end}, {account}, {region} and {Property} are filled in.",
      additionalProperties: { oneOf: [text, { type: "array", minItems: 1, items: text }] },
    },
    side: { enum: ["high", "low"], description: "Which side is bad. Default: high." },
    values: {
      enum: ["count", "rate01", "latency", "bytes", "gauge"],
      description: "What is measured. Default: count.",
    },
    limit: { type: "number", description: "Beyond it the alarm must fire." },
    statistics: {
      type: "array",
      minItems: 1,
      items: text,
      description: "Statistics that show the trouble; p* stands for percentiles.",
    },
    sparse: { type: "boolean", description: "Nothing is published in a period without events." },
    unit: text,
  },
} as const;

const plainOptions = {
  type: "object",
  additionalProperties: false,
  properties: {
    "key-metrics": {
      enum: ["mediapackage", "glacier"],
      description:
        "The key metrics of each MediaPackage channel and packaging configuration, or of each bucket with objects of Glacier classes.",
    },
    metrics: { type: "array", minItems: 1, items: metric, description: "Any metrics." },
    for: {
      ...text,
      description: "With metrics: a resource type; each of its resources is judged. Default: the account.",
    },
    regions: {
      type: "array",
      minItems: 1,
      uniqueItems: true,
      items: text,
      description:
        "With metrics, without for: regions that each must have the alarm. Default: one region of those looked at is enough.",
    },
    need: {
      enum: ["every", "some"],
      description: "Every metric must be watched, or one of them. Default: every.",
    },
    aggregate: {
      type: "boolean",
      description: "An alarm on a series that holds other resources too counts, where it can. Default: true.",
    },
    "max-delay": {
      type: "integer",
      minimum: 10,
      description: "The longest time from bad to ALARM, in seconds. Default: 900.",
    },
    ...somebody,
  },
} as const;

/** The schema of the options of `alarm-covers`. */
export const options = {
  ...plainOptions,
  oneOf: [{ required: ["key-metrics"] }, { required: ["metrics"] }],
  properties: {
    ...plainOptions.properties,
    only: {
      type: "array",
      minItems: 1,
      uniqueItems: true,
      items: { enum: keyMetrics },
      description: "With key-metrics: only these.",
    },
    limits: {
      type: "object",
      additionalProperties: false,
      properties: Object.fromEntries(keyMetrics.map((name) => [name, { type: "number" }])),
      description: "With key-metrics: the values beyond which an alarm must fire.",
    },
    settings: {
      type: "object",
      minProperties: 1,
      additionalProperties: false,
      properties: Object.fromEntries(settingNames.map((name) => [name, setting])),
      description: "Settings that an alarm must have to count.",
    },
  },
} as const;

/** The forms that types cannot follow are written out; the schema has checked them. */
export type Options = Omit<FromSchema<typeof plainOptions>, "metrics"> & {
  readonly only?: readonly string[];
  readonly limits?: Readonly<Record<string, number>>;
  readonly metrics?: readonly MetricOption[];
  readonly settings?: WatchOptions["settings"];
};

/** The longest time from bad to ALARM, in seconds. */
export function delayOf(chosen: Options): number {
  return chosen["max-delay"] ?? 900;
}
