import type { JsonObject, JsonValue } from "../../core/json.js";
import { byText } from "../order.js";

/** A witness in one line; an event reads "CreateVault (write) of glacier.amazonaws.com in eu-west-1". */
export function witnessText(witness: JsonObject): string {
  const { eventName, eventSource, region, readOnly, ...rest } = witness;
  if (typeof eventName !== "string") return membersText(witness);
  const kind = typeof readOnly === "boolean" ? ` (${readOnly ? "read" : "write"})` : "";
  const event = `${eventName}${kind}${phrase("of", eventSource)}${phrase("in", region)}`;
  const details = membersText(rest);
  return details === "" ? event : `${event}; ${details}`;
}

/** An object's members in one line, sorted, such as "kind: undelivered, trail: main". */
export function membersText(members: JsonObject): string {
  return Object.entries(members)
    .sort(([a], [b]) => byText(a, b))
    .map(([name, value]) => `${name}: ${valueText(value)}`)
    .join(", ");
}

function phrase(word: string, value: JsonValue | undefined): string {
  return value === undefined || value === null ? "" : ` ${word} ${valueText(value)}`;
}

function valueText(value: JsonValue): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
