import type { JsonObject, JsonValue } from "../../core/json.js";
import type { Resource } from "../../core/resource.js";
import type { MessageBody } from "../../languages/filter-policy/filter-policy.js";
import { hiddenObject } from "../../shared/aws/target-input.js";
import { isArray, isObject, readProperty } from "../../shared/read-property.js";

/** What a CloudWatch alarm publishes when it goes to ALARM, as far as its configuration tells. Source: CloudWatch User Guide, "Notify users on alarm changes". */
export function alarmMessage(alarm: Resource): MessageBody {
  const isComposite = alarm.type === "AWS::CloudWatch::CompositeAlarm";
  const read = [...copied, ...(isComposite ? ["AlarmRule"] : [])].map((name) => ({
    name,
    reading: readProperty(alarm, name),
  }));
  const known = read.flatMap(({ name, reading }) =>
    reading.kind === "set"
      ? [[name, reading.value] as const]
      : reading.kind === "absent"
        ? [[name, null] as const]
        : [],
  );
  const unread = read
    .filter(({ reading }) => reading.kind === "unreadable" || reading.kind === "not-collected")
    .map(({ name }) => name);
  const trigger = isComposite ? {} : { Trigger: triggerOf(alarm) };
  return {
    kind: "json",
    value: {
      ...Object.fromEntries(known),
      AlarmName: alarm.id,
      AlarmArn: alarm.arn ?? null,
      AWSAccountId: alarm.account,
      NewStateValue: "ALARM",
      ...trigger,
    },
    free: [...unread, ...told, ...(isComposite ? ["TriggeringChildren"] : ["Trigger.*"])],
    absent: isComposite ? ["Trigger"] : absentOf(alarm),
    shapes: { Region: regionName },
  };
}

const copied = ["AlarmDescription", "OKActions", "AlarmActions", "InsufficientDataActions"];
// A region's name in words, such as "US East (N. Virginia)": never its code.
const regionName = /\(.+\)$/u;

// The trigger of an alarm on an expression lists its metrics; that of one on a metric names it.
function absentOf(alarm: Resource): readonly string[] {
  const metrics = readProperty(alarm, "Metrics");
  if (metrics.kind !== "set" && metrics.kind !== "absent") return [];
  const isOnExpression = metrics.kind === "set" && isArray(metrics.value) && metrics.value.length > 0;
  return isOnExpression
    ? ["Trigger.Namespace", "Trigger.MetricName", "Trigger.Dimensions"]
    : ["Trigger.Metrics"];
}

// Only the moment tells them.
const told = [
  "NewStateReason",
  "StateChangeTime",
  "Region",
  "OldStateValue",
  "AlarmConfigurationUpdatedTimestamp",
];

// The message spells statistics and units in its own way, so that only these are the same as in the configuration.
function triggerOf(alarm: Resource): JsonObject {
  const names = ["MetricName", "Namespace", "Period", "EvaluationPeriods", "ComparisonOperator", "Threshold"];
  const known = names.flatMap((name) => {
    const reading = readProperty(alarm, name);
    return reading.kind === "set" ? [[name, reading.value] as const] : [];
  });
  const dimensions = readProperty(alarm, "Dimensions");
  if (dimensions.kind !== "set" || !isArray(dimensions.value)) return Object.fromEntries(known);
  const lowered = dimensions.value
    .filter(isObject)
    .map(({ Name: name = null, Value: value = null }) => ({ name, value }));
  return { ...Object.fromEntries(known), Dimensions: lowered };
}

/** What an EventBridge target receives of an event: the event, the constant Input, the part at InputPath, or something made by an InputTransformer. */
export function targetMessage(target: JsonObject, event: MessageBody): MessageBody {
  const { Input: input, InputPath: path, InputTransformer: transformer } = target;
  if (typeof input === "string") return constantMessage(input);
  if (transformer !== undefined && transformer !== null) return { kind: "unknown" };
  return typeof path === "string" && path !== "$" && path !== "" ? partOf(event, path) : event;
}

function constantMessage(input: string): MessageBody {
  if (input === hiddenObject) return { kind: "unknown" };
  try {
    // JSON.parse yields JSON and nothing else.
    const value = JSON.parse(input) as JsonValue;
    return isObject(value) ? { kind: "json", value } : { kind: "text" };
  } catch {
    return { kind: "text" };
  }
}

function partOf(event: MessageBody, path: string): MessageBody {
  const keys = /^\$((?:\.[\w-]+)+)$/u.exec(path)?.[1]?.slice(1).split(".");
  if (event.kind !== "json" || keys === undefined) return { kind: "unknown" };
  const prefix = keys.join(".");
  const free = event.free ?? [];
  if (free.some((name) => prefix === name || prefix.startsWith(`${name}.`))) return { kind: "unknown" };
  const part = keys.reduce<JsonValue | undefined>(
    (value, key) => (isObject(value) ? value[key] : undefined),
    event.value,
  );
  if (part === undefined) return { kind: "unknown" };
  if (!isObject(part)) return { kind: "text" };
  return {
    kind: "json",
    value: part,
    free: free.filter((name) => name.startsWith(`${prefix}.`)).map((name) => name.slice(prefix.length + 1)),
  };
}
