import type { FromSchema } from "json-schema-to-ts";
import { ANYTHING, oneOf, partialRecord } from "../../languages/partial-record/partial-record.js";
import { nestedFields } from "../detection/demanded-events-custom.js";
import type { EventDemand } from "../detection/detection.js";
import { demandIn } from "./events.js";
import type { Sending } from "./events.js";

/** The schema of the option `service-events`: events that services send themselves. */
export const customServiceEvents = {
  type: "array",
  minItems: 1,
  description: "Events that services send to EventBridge themselves.",
  items: {
    type: "object",
    additionalProperties: false,
    required: ["source", "detail-type"],
    properties: {
      source: { type: "string", minLength: 1, description: "Such as aws.s3." },
      "detail-type": {
        type: "array",
        minItems: 1,
        uniqueItems: true,
        items: { type: "string", minLength: 1 },
      },
      resources: {
        type: "array",
        minItems: 1,
        items: { type: "string", minLength: 1 },
        description: "One ARN per event; each of these is demanded. Default: any.",
      },
      detail: {
        type: "object",
        minProperties: 1,
        description:
          "Members of the detail, dotted, with the values that are demanded; null: the member is absent. What is not named may be anything.",
        additionalProperties: {
          type: "array",
          minItems: 1,
          items: { type: ["string", "number", "boolean", "null"] },
        },
      },
    },
  },
} as const;

/** One entry of the option. */
export type CustomServiceEvents = FromSchema<typeof customServiceEvents>[number];

/** The events of an entry in a region. */
export function customServiceDemand(
  sending: Sending,
  { source, "detail-type": types, resources, detail = {} }: CustomServiceEvents,
): readonly EventDemand[] {
  const named = resources === undefined ? ANYTHING : oneOf(...resources.map((arn) => [arn]));
  return types.map((detailType) =>
    demandIn(sending, { source, detailType, resources: named, detail: partialRecord(nestedFields(detail)) }),
  );
}
