import type { JsonObject } from "../../core/json.js";
import { isObject } from "../../shared/read-property.js";

/** An event in words: "DeleteVault (write) of glacier.amazonaws.com in eu-west-1", or "Object Restore Completed of aws.s3 in eu-west-1". */
export function eventWords(event: JsonObject): string {
  const { detail } = event;
  const record = isObject(detail) ? detail : {};
  const { eventName, eventSource, readOnly } = record;
  const region = textOf(event["region"]);
  if (typeof eventName !== "string")
    return `${textOf(event["detail-type"])} of ${textOf(event["source"])} in ${region}`;
  const access = typeof readOnly === "boolean" ? ` (${readOnly ? "read" : "write"})` : "";
  return `${eventName}${access} of ${textOf(eventSource)} in ${region}${telling(record)}`;
}

/**
 * An event as a witness: of an API call what tells it from its kind, of another event all that is fixed. `decided`: a
 * place in the event that a pattern rejects, and that the witness must show.
 */
export function eventWitness(event: JsonObject, decided: readonly string[] = []): JsonObject {
  const [root = "", ...place] = decided;
  const shown = witnessOf(event);
  const { detail } = event;
  return root === "detail" && isObject(detail)
    ? withPlace(shown, detail, place)
    : withPlace(shown, event, [root]);
}

// The witness with what stands at this place, where it leaves that out.
function withPlace(
  shown: JsonObject,
  record: JsonObject,
  [name = "", ...rest]: readonly string[],
): JsonObject {
  if (!Object.hasOwn(record, name)) return shown;
  const value = record[name] ?? null;
  const known = Object.hasOwn(shown, name) ? shown[name] : undefined;
  if (rest.length === 0 || !isObject(value)) return known === undefined ? { ...shown, [name]: value } : shown;
  const inner = withPlace(isObject(known) ? known : {}, value, rest);
  return Object.keys(inner).length === 0 ? shown : { ...shown, [name]: inner };
}

function witnessOf(event: JsonObject): JsonObject {
  const { detail, region = "", resources = [] } = event;
  const record = isObject(detail) ? detail : {};
  if (typeof record["eventName"] !== "string")
    return {
      "detail-type": event["detail-type"] ?? "",
      source: event["source"] ?? "",
      region,
      resources,
      detail: record,
    };
  const told = { ...record, ...callerTold(record) };
  const kept = Object.entries(told).filter(
    ([name, value]) => !dull.has(name) && !usual.has(JSON.stringify(value)),
  );
  return { ...Object.fromEntries(kept), region };
}

// Who calls is told by type and ARN, and not at all where it is just some user.
function callerTold({ userIdentity }: JsonObject): JsonObject {
  if (!isObject(userIdentity)) return {};
  const kept = Object.entries(userIdentity).filter(([name, value]) => {
    if (name === "principalId" || name === "accountId") return false;
    const isSomeone = value === "someone" || (typeof value === "string" && value.endsWith(":user/someone"));
    return !isSomeone || userIdentity["type"] !== "IAMUser";
  });
  return { userIdentity: Object.fromEntries(kept) };
}

// What a free field holds where nothing depends on it.
const usual: ReadonlySet<string> = new Set(['"203.0.113.7"', '"AwsApiCall"', '{"type":"IAMUser"}']);
const dull: ReadonlySet<string> = new Set([
  "eventVersion",
  "eventTime",
  "awsRegion",
  "managementEvent",
  "recipientAccountId",
  "eventCategory",
  "eventID",
  "requestID",
]);

function telling(record: JsonObject): string {
  const { errorCode, errorMessage } = record;
  if (typeof errorCode === "string") return ` with ${errorCode}`;
  return typeof errorMessage === "string" ? ` with ${JSON.stringify(errorMessage)}` : "";
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
