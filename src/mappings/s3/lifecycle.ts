import type { JsonObject, JsonValue } from "../../core/json.js";
import { isArray, isObject } from "../../shared/read-property.js";
import { isFilled, withoutNulls } from "../shapes.js";

/** Lifecycle rules as snapshots have them: lists of transitions, sizes as numbers; null where there is no rule. */
export function lifecycleShape(configuration: JsonValue): JsonValue {
  const rules = isObject(configuration) ? configuration["Rules"] : undefined;
  return isFilled(rules) ? { Rules: rules.map((rule) => (isObject(rule) ? ruleShape(rule) : rule)) } : null;
}

// Transition and NoncurrentVersionTransition are older forms of lists of one. A rule has one form or the other.
function ruleShape(rule: JsonObject): JsonObject {
  const {
    Transition = null,
    Transitions = Transition === null ? null : [Transition],
    NoncurrentVersionTransition = null,
    NoncurrentVersionTransitions = NoncurrentVersionTransition === null
      ? null
      : [NoncurrentVersionTransition],
    ObjectSizeGreaterThan,
    ObjectSizeLessThan,
    ...others
  } = rule;
  return withoutNulls({
    ...others,
    Transitions: classes(Transitions),
    NoncurrentVersionTransitions: classes(NoncurrentVersionTransitions),
    ObjectSizeGreaterThan: numeric(ObjectSizeGreaterThan),
    ObjectSizeLessThan: numeric(ObjectSizeLessThan),
  });
}

// CloudFormation also takes "Glacier".
function classes(transitions: JsonValue): JsonValue {
  if (!isArray(transitions)) return transitions;
  return transitions.map((transition) =>
    isObject(transition) && typeof transition["StorageClass"] === "string"
      ? { ...transition, StorageClass: transition["StorageClass"].toUpperCase() }
      : transition,
  );
}

function numeric(size: JsonValue | undefined): JsonValue | undefined {
  return typeof size === "string" && /^\d+$/u.test(size) ? Number(size) : size;
}
