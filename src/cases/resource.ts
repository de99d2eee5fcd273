import { resourceKeys } from "../core/case-type.js";
import type { CaseType } from "../core/case-type.js";
import type { JsonObject, JsonValue } from "../core/json.js";
import { EXISTS, SEEN_IN } from "../core/resource.js";
import type { Resource, Unreadable } from "../core/resource.js";
import { isArray, isObject } from "../shared/read-property.js";
import { arnOf } from "./arns.js";
import { resolveTimes } from "./time.js";

/** Where a case's resources stand when they do not say so themselves. `takenAt`: milliseconds since 1970. */
export type CasePlace = {
  readonly account: string;
  readonly partition: string;
  readonly regions: readonly string[];
  readonly home: string;
  readonly takenAt: number;
};

/** A resource as a case says it: its type, its members, and which of its type it is, from 1. */
export type CaseEntry = { readonly type: string; readonly body: JsonObject; readonly ordinal: number };

/** The resource that a case means, everything filled in: what the rule reads and the case does not mention is not set. */
export function buildResource(entry: CaseEntry, known: CaseType, place: CasePlace): Resource {
  const identity = identityOf(entry, known, place);
  const unreadable = unreadableOf(entry.body, known, identity.region);
  const values = valuesOf(entry, known, { identity, place });
  const readable = Object.entries(values).filter(([name]) => !Object.hasOwn(unreadable, name));
  const isObserved = (name: string): boolean =>
    name === EXISTS || name === SEEN_IN || known.observed.includes(name);
  const observed = Object.fromEntries(readable.filter(([name]) => isObserved(name)));
  return {
    ...identity,
    properties: Object.fromEntries(readable.filter(([name]) => !isObserved(name))),
    ...(Object.keys(observed).length === 0 ? {} : { observed }),
    ...(Object.keys(unreadable).length === 0 ? {} : { unreadable }),
  };
}

/** The properties that a case gives a resource. */
export function givenProperties(body: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([key]) => !resourceKeys.includes(key)));
}

/** The properties that a case calls unreadable, each with the error's name. */
export function unreadableReasons(body: JsonObject): Readonly<Record<string, string>> {
  const { unreadable = [] } = body;
  if (isArray(unreadable)) return Object.fromEntries(texts(unreadable).map((name) => [name, "AccessDenied"]));
  if (!isObject(unreadable)) return {};
  return Object.fromEntries(
    Object.entries(unreadable).flatMap(([name, reason]) =>
      typeof reason === "string" ? [[name, reason]] : [],
    ),
  );
}

/** The texts of a list; none for anything else. */
export function texts(value: JsonValue | undefined): readonly string[] {
  return isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

type ResourceIdentity = Pick<Resource, "type" | "id" | "arn" | "account" | "region">;

function identityOf(
  { type, body, ordinal }: CaseEntry,
  { always }: CaseType,
  { account: owner, partition, home }: CasePlace,
): ResourceIdentity {
  const account = textOf(body, "account") ?? owner;
  const region = textOf(body, "region") ?? home;
  const [one] = always?.({ id: account, partition }, [region]) ?? [];
  const id = textOf(body, "id") ?? one?.id ?? `${nounOf(type)}-${ordinal.toString()}`;
  const arn = textOf(body, "arn") ?? arnOf(type, { id, account, region, partition });
  return { type, id, ...(arn === undefined ? {} : { arn }), account, region };
}

function textOf(body: JsonObject, key: string): string | undefined {
  const value = body[key];
  return typeof value === "string" ? value : undefined;
}

/** "event-data-store" of AWS::CloudTrail::EventDataStore. */
function nounOf(type: string): string {
  const last = type.split("::").at(-1) ?? type;
  return last.replaceAll(/([a-z0-9])([A-Z])/gu, "$1-$2").toLowerCase();
}

type Owned = { readonly identity: ResourceIdentity; readonly place: CasePlace };

function valuesOf({ body }: CaseEntry, known: CaseType, owned: Owned): JsonObject {
  const given = Object.entries(givenProperties(body)).map(
    ([name, value]) => [name, resolveTimes(value, owned.place.takenAt)] as const,
  );
  const { collected } = known;
  const omitted = texts(body["notCollected"]);
  // A live run reads nothing that the rule does not ask for, whatever the case says.
  const kept = given.filter(
    ([name]) =>
      (collected === undefined || Object.hasOwn(collected.properties, name)) && !omitted.includes(name),
  );
  const asked = Object.keys(collected?.properties ?? {}).filter((name) => !omitted.includes(name));
  const defaults = asked.map((name) => [name, defaultOf(name, body, owned)] as const);
  return Object.fromEntries([...defaults, ...kept]);
}

// What AWS always says of a resource that is there.
function defaultOf(
  name: string,
  body: JsonObject,
  { identity: { type, id, region, account }, place }: Owned,
): JsonValue {
  if (name === EXISTS) return true;
  if (name === SEEN_IN) return body["IsMultiRegionTrail"] === true ? place.regions : [region];
  if (name === "OwnedByAccount") return account === place.account;
  if (name === "InOrganization") return false;
  return name === "Name" || name === `${type.split("::").at(-1) ?? type}Name` ? id : null;
}

// One refused call takes all that it would have answered with it.
function unreadableOf(
  body: JsonObject,
  { calls, listAction, collected }: CaseType,
  region: string,
): Readonly<Record<string, Unreadable>> {
  const given = givenProperties(body);
  const isHeld = (name: string): boolean =>
    collected === undefined || Object.hasOwn(collected.properties, name);
  const entries = Object.entries(unreadableReasons(body)).flatMap(([named, reason]) => {
    const call = calls.find(({ properties }) => properties.includes(named));
    const others = call?.properties.filter((name) => !Object.hasOwn(given, name)) ?? [];
    const action = call?.action ?? listAction;
    const because: Unreadable = { reason, ...(action === undefined ? {} : { action }), region };
    return [...others, named].filter(isHeld).map((name) => [name, because] as const);
  });
  return Object.fromEntries(entries);
}
