import type { JsonObject } from "../../core/json.js";
import type { Born, Standing } from "../mapping.js";

/** What an alarm shows that was just made. */
export function bornState(_settled: JsonObject, { takenAt }: Standing): Born {
  return {
    observed: {
      StateValue: "INSUFFICIENT_DATA",
      StateUpdatedTimestamp: takenAt,
      StateTransitionedTimestamp: takenAt,
      AlarmConfigurationUpdatedTimestamp: takenAt,
    },
  };
}
