import type { CaseState } from "../core/case.js";
import type { CaseReading } from "../core/case-type.js";
import type { JsonObject, JsonValue } from "../core/json.js";
import type { Resource } from "../core/resource.js";
import { REGIONS_TYPE } from "../core/snapshot.js";
import type { Snapshot } from "../core/snapshot.js";
import { readProperty } from "../shared/read-property.js";
import { arnOf } from "./arns.js";
import { buildResource } from "./resource.js";
import type { CaseEntry } from "./resource.js";
import { caseAccount, placeOf } from "./snapshot.js";

/** What is taken over: what the rule reads, of the resources that `keeps` admits, and of that only the properties that `wants` admits. */
export type Trimming = {
  readonly reading: CaseReading;
  readonly keeps: (resource: Resource) => boolean;
  readonly wants: (type: string, property: string) => boolean;
};

/** The state of a snapshot in a case's words: what the rule reads and cannot be filled in. Built again, it reads the same. */
export function trimState(snapshot: Snapshot, trimming: Trimming): CaseState {
  const { reading, keeps } = trimming;
  const { account, regions, takenAt } = snapshot;
  const frame: CaseState = {
    ...(account.id === caseAccount ? {} : { account: knownAccount(account.id) }),
    regions,
    takenAt,
  };
  const resources = snapshot.resources.filter(
    (resource) => reading.read.includes(resource.type) && keeps(resource),
  );
  const refused = refusals(snapshot, reading);
  const notCollected = omissions(snapshot, reading);
  return {
    ...frame,
    ...(resources.length === 0
      ? {}
      : {
          resources: resources.map((resource) => ({
            [resource.type]: trimResource(resource, frame, trimming),
          })),
        }),
    ...(refused.length === 0 ? {} : { refused }),
    ...(notCollected.length === 0 ? {} : { notCollected }),
  };
}

// A snapshot of an account that could not be identified says "unknown", which is no account's number.
function knownAccount(id: string): string {
  return /^\d{12}$/u.test(id) ? id : caseAccount;
}

function trimResource(resource: Resource, frame: CaseState, { reading, wants }: Trimming): JsonObject {
  const place = placeOf(frame);
  const { type, id, account, region, arn } = resource;
  const usual = arnOf(type, { id, region, account, partition: place.partition });
  const identity = {
    id,
    ...(arn === undefined || arn === usual ? {} : { arn }),
    ...(account === place.account ? {} : { account }),
    ...(region === place.home ? {} : { region }),
  };
  const names = Object.keys(reading.types(type).collected?.properties ?? {}).filter((name) =>
    wants(type, name),
  );
  const readings = names.map((name) => ({ name, reading: readProperty(resource, name) }));
  const given = Object.fromEntries(
    readings.flatMap(({ name, reading: found }) =>
      found.kind === "set" ? [[name, found.value] as const] : [],
    ),
  );
  const unreadable = Object.fromEntries(
    readings.flatMap(({ name, reading: found }) =>
      found.kind === "unreadable" ? [[name, found.because.reason] as const] : [],
    ),
  );
  const omitted = readings.flatMap(({ name, reading: found }) =>
    found.kind === "not-collected" ? [name] : [],
  );
  const gaps = {
    ...(Object.keys(unreadable).length === 0 ? {} : { unreadable }),
    ...(omitted.length === 0 ? {} : { notCollected: omitted }),
  };
  const build = (properties: JsonObject): Resource =>
    buildResource(asEntry(type, { ...identity, ...properties, ...gaps }), reading.types(type), place);
  return { ...identity, ...settle(given, { names, resource, build }), ...gaps };
}

function asEntry(type: string, body: JsonObject): CaseEntry {
  return { type, body, ordinal: 1 };
}

type Settling = {
  readonly names: readonly string[];
  readonly resource: Resource;
  readonly build: (properties: JsonObject) => Resource;
};

// What would be filled in as it is need not be said; what would be filled in otherwise must be, null included.
function settle(given: JsonObject, { names, resource, build }: Settling): JsonObject {
  const needed = Object.entries(given).filter(
    ([name]) => !isFilledIn(name, { from: resource, without: build(without(given, name)) }),
  );
  const said = Object.fromEntries(needed);
  const built = build(said);
  const silent = names.filter(
    (name) => readProperty(resource, name).kind === "absent" && readProperty(built, name).kind !== "absent",
  );
  return { ...said, ...Object.fromEntries(silent.map((name): readonly [string, JsonValue] => [name, null])) };
}

function isFilledIn(
  name: string,
  { from, without: built }: { readonly from: Resource; readonly without: Resource },
): boolean {
  return JSON.stringify(readProperty(from, name)) === JSON.stringify(readProperty(built, name));
}

function without(properties: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(properties).filter(([key]) => key !== name));
}

function refusals(
  { gaps, regions }: Snapshot,
  { read, types }: CaseReading,
): NonNullable<CaseState["refused"]> {
  const relevant = gaps.filter(({ type }) => read.includes(type) || type === REGIONS_TYPE);
  const seen = new Set<string>();
  return relevant.flatMap(({ type, region, reason, action }) => {
    const usual =
      type === REGIONS_TYPE || types(type).collected?.listed === "account" || !regions.includes(region);
    const key = JSON.stringify([type, usual || region]);
    if (seen.has(key)) return [];
    seen.add(key);
    return [
      {
        type,
        ...(usual ? {} : { region }),
        reason,
        ...(action === undefined || action === types(type).listAction ? {} : { action }),
      },
    ];
  });
}

function omissions(
  { collected }: Snapshot,
  { read, types }: CaseReading,
): NonNullable<CaseState["notCollected"]> {
  return read.flatMap((type) => {
    const wanted = types(type).collected?.listed ?? [];
    const listed = collected[type]?.listed ?? [];
    if (listed === "account" || (wanted !== "account" && wanted.length === 0)) return [];
    if (wanted === "account") return [{ type }];
    const missing = wanted.filter((region) => !listed.includes(region));
    return missing.length === wanted.length ? [{ type }] : missing.map((region) => ({ type, region }));
  });
}
