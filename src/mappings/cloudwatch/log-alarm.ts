import type { JsonObject } from "../../core/json.js";
import { isObject } from "../../shared/read-property.js";
import { defineDeclared } from "../mapping.js";
import { reshaped } from "../shapes.js";
import { bornState } from "./alarm-state.js";

/** Log alarms: of the query all but its tags. */
export const logAlarm = defineDeclared({
  type: "AWS::CloudWatch::LogAlarm",
  settle: {
    ScheduledQueryConfiguration: reshaped("ScheduledQueryConfiguration", (query) =>
      isObject(query) ? withoutTags(query) : query,
    ),
  },
  defaults: { ActionsEnabled: true, TreatMissingData: "missing" },
  born: bornState,
});

function withoutTags(query: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(query).filter(([name]) => name !== "Tags"));
}
