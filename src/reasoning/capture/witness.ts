import type { JsonObject } from "../../core/json.js";
import type { CloudTrailEvent, EventCategory } from "../../languages/event-selector/event-selector.js";
import type { MissedEvent } from "./capture.js";

/** A missed event as a witness: what a reader needs to reproduce it, and nothing that any event would do for. */
export function witnessOf(missed: MissedEvent, kind?: "undelivered"): JsonObject {
  const { event, region } = known(missed);
  const [resource] = event.resources ?? [];
  return {
    ...optional("eventSource", event.eventSource),
    eventName: event.eventName,
    region,
    ...optional("readOnly", event.readOnly),
    ...(event.eventCategory === "Management" ? {} : { eventCategory: event.eventCategory }),
    ...(event.eventType === usualTypes[event.eventCategory] ? {} : { eventType: event.eventType }),
    ...optional("userIdentityArn", event.userIdentityArn),
    ...(event.sessionCredentialFromConsole === true ? { console: true } : {}),
    ...optional("resourceType", resource?.type),
    ...optional("resourceArn", resource?.arn),
    ...optional("errorCode", event.errorCode),
    ...optional("vpcEndpointId", event.vpcEndpointId),
    ...optional("kind", kind),
  };
}

/** A missed event in words: "DescribeJob (read) of glacier.amazonaws.com in us-east-1". */
export function missedText(missed: MissedEvent): string {
  const { event, region } = known(missed);
  const [resource] = event.resources ?? [];
  const access = event.readOnly === undefined ? "" : ` (${event.readOnly ? "read" : "write"})`;
  const parts = [
    `${event.eventName}${access}`,
    event.eventSource === undefined ? "" : `of ${event.eventSource}`,
    resource?.arn === undefined ? "" : `on ${resource.arn}`,
    event.userIdentityArn === undefined ? "" : `by ${event.userIdentityArn}`,
    event.sessionCredentialFromConsole === true ? "from a console session" : "",
    event.errorCode === undefined ? "" : `with ${event.errorCode}`,
    event.vpcEndpointId === undefined ? "" : `through ${event.vpcEndpointId}`,
    `in ${region}`,
  ];
  return parts.filter((part) => part !== "").join(" ");
}

function known({ event, region, isAccessUnknown = false }: MissedEvent): MissedEvent {
  const told = Object.entries(event).filter(([name]) => name !== "readOnly");
  // All but an optional member of an event is an event.
  return { event: isAccessUnknown ? (Object.fromEntries(told) as CloudTrailEvent) : event, region };
}

const usualTypes: Readonly<Record<EventCategory, string>> = {
  Management: "AwsApiCall",
  Data: "AwsApiCall",
  NetworkActivity: "AwsVpceEvents",
};

function optional(name: string, value: string | boolean | undefined): JsonObject {
  return value === undefined ? {} : { [name]: value };
}
