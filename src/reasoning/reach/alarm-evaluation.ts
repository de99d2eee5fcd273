import type { Resource } from "../../core/resource.js";
import { holding, refuted } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { claimOf } from "../../shared/read-claim.js";
import { readText } from "../../shared/read-property.js";
import { ALARM_TYPES } from "./alarm-world.js";

const broken: ReadonlySet<string> = new Set(["EVALUATION_ERROR", "EVALUATION_FAILURE"]);

/** Whether CloudWatch can evaluate an alarm; a composite has no evaluation that could fail. */
export function evaluationClaim(alarm: Resource): Claim {
  if (alarm.type === ALARM_TYPES.composite) return holding;
  return claimOf(readText(alarm, "EvaluationState"), "EvaluationState", (state = "") =>
    broken.has(state) ? refuted(`cannot be evaluated (${state})`) : holding,
  );
}
