import type { Account } from "../../core/account.js";
import type { Change } from "../../core/change.js";
import type { JsonObject } from "../../core/json.js";
import { SEEN_IN } from "../../core/resource.js";
import type { Resource } from "../../core/resource.js";
import type { Remediation } from "../../core/verdict.js";
import { byKeys, sortedUnique } from "../../shared/order.js";
import { isArray, readBoolean, readProperty } from "../../shared/read-property.js";
import { decideCapture, isCaptured } from "./capture.js";
import type { MissedEvent } from "./capture.js";
import type { CaptureQuestion } from "./question.js";
import { sinksCapturing } from "./sink.js";
import type { Sink } from "./sink.js";
import { feedsItself, loopRemedy } from "./own-bucket.js";
import type { CaptureGap, SelectorEdit, SinkChange } from "./remedy-gap.js";
import { selectorEdits } from "./remedy-selectors.js";
import { remedyWords } from "./remedy-words.js";

/**
 * The smallest change of one existing sink that closes a capture gap: starting it, making it multi-region, changing its
 * selectors, or several of these. Each is tried on the state that was read, the smallest first, and the first after
 * which everything demanded is captured for certain is the answer; undefined where there is none, or no gap. Where only a
 * trail that feeds itself would do, the answer says what else to do.
 */
export function captureRemedy(question: CaptureQuestion): Remediation | undefined {
  const { account, demand } = question;
  const sinks = question.sinksOf(account);
  const answer = decideCapture(sinks, demand, question);
  if (answer.status !== "not-captured" || answer.kind !== "missed") return undefined;
  const gap: CaptureGap = {
    event: answer.missed.event,
    sets: [...new Set(demand.flatMap(({ events }) => events))],
    partition: account.partition,
  };
  const changes = sinks.filter((sink) => isOwn(sink, account)).flatMap((sink) => changesOf(sink, gap));
  const isLoop = ({ resource, selectors }: SinkChange): boolean =>
    selectors !== undefined && feedsItself(resource, selectors, gap.partition);
  for (const change of changes.sort(bySize).sort((a, b) => Number(isLoop(a)) - Number(isLoop(b)))) {
    const changed = changedResource(change, account);
    if (!proves(question, { change, changed, missed: answer.missed })) continue;
    if (isLoop(change)) return loopRemedy(change.resource);
    return {
      ...remedyWords(change, gap.event.eventCategory),
      changes: [changeFor(change, account)],
    };
  }
  return undefined;
}

// A member cannot change a trail of its organization, and nobody the channel of an AWS service.
function isOwn({ kind, resource }: Sink, account: Account): boolean {
  return (kind === "trail" || kind === "event-data-store") && resource?.account === account.id;
}

function changesOf({ resource, running }: Sink, gap: CaptureGap): readonly SinkChange[] {
  if (resource === undefined) return [];
  const isStartable = resource.type !== STORE || textOf(resource, "Status") !== "PENDING_DELETION";
  if (running.is === "no" && !isStartable) return [];
  const multi = readBoolean(resource, multiRegionOf(resource));
  const scopes = multi.kind === "set" && !multi.value ? [false, true] : [false];
  const edits: readonly (SelectorEdit | undefined)[] = [undefined, ...selectorEdits(resource, gap)];
  // A sink that stands still captures nothing, whatever else is changed.
  const start = running.is === "no";
  return scopes
    .flatMap((multiRegion) =>
      edits.map((selectors) => ({
        resource,
        start,
        multiRegion,
        ...(selectors === undefined ? {} : { selectors }),
      })),
    )
    .filter((change) => partsOf(change) > 0);
}

const STORE = "AWS::CloudTrail::EventDataStore";

function multiRegionOf({ type }: Resource): string {
  return type === STORE ? "MultiRegionEnabled" : "IsMultiRegionTrail";
}

function textOf(resource: Resource, property: string): unknown {
  const reading = readProperty(resource, property);
  return reading.kind === "set" ? reading.value : undefined;
}

function partsOf({ start, multiRegion, selectors }: SinkChange): number {
  return Number(start) + Number(multiRegion) + Number(selectors !== undefined);
}

// CloudTrail Lake takes no new customers, so that of two equal changes the trail's comes first.
const byName = byKeys<SinkChange>(
  ({ resource }) => (resource.type === STORE ? "1" : "0"),
  ({ resource }) => resource.arn ?? resource.id,
);

function bySize(a: SinkChange, b: SinkChange): number {
  return partsOf(a) - partsOf(b) || (a.selectors?.weight ?? 0) - (b.selectors?.weight ?? 0) || byName(a, b);
}

function changedResource(change: SinkChange, account: Account): Resource {
  const { resource } = change;
  const { properties = {}, observed = {} } = changeFor(change, account);
  return {
    ...resource,
    properties: { ...resource.properties, ...properties },
    observed: { ...resource.observed, ...observed },
  };
}

/** A change of a sink as data. */
export function changeFor(
  { resource, start, multiRegion, selectors }: SinkChange,
  { regions }: Account,
): Change {
  const { type, id, arn, region } = resource;
  const isStore = type === STORE;
  const properties: JsonObject = {
    ...(selectors === undefined ? {} : { [selectors.list]: selectors.selectors }),
    ...(multiRegion
      ? { [multiRegionOf(resource)]: true, ...(isStore ? {} : { IncludeGlobalServiceEvents: true }) }
      : {}),
  };
  const observed: JsonObject = {
    ...(start ? (isStore ? { Status: "ENABLED" } : { IsLogging: true }) : {}),
    // As a multi-region trail, it is soon shown by every region.
    ...(multiRegion && !isStore
      ? { [SEEN_IN]: sortedUnique([...seenIn(resource), region, ...regions]) }
      : {}),
  };
  return {
    kind: "set",
    type,
    id,
    ...(arn === undefined ? {} : { arn }),
    region,
    ...(Object.keys(properties).length === 0 ? {} : { properties }),
    ...(Object.keys(observed).length === 0 ? {} : { observed }),
  };
}

function seenIn(resource: Resource): readonly string[] {
  const seen = readProperty(resource, SEEN_IN);
  return seen.kind === "set" && isArray(seen.value)
    ? seen.value.filter((region) => typeof region === "string")
    : [];
}

type Trial = { readonly change: SinkChange; readonly changed: Resource; readonly missed: MissedEvent };

function proves(question: CaptureQuestion, { change, changed, missed: { event, region } }: Trial): boolean {
  const { delivered, demand } = question;
  const sinks = question.sinksOf(withResource(question.account, change.resource, changed));
  const own = sinks.filter(({ resource }) => resource === changed);
  if (sinksCapturing(own, event, { region, delivered }).every(({ claim }) => claim.is !== "yes"))
    return false;
  return isCaptured(sinks, demand, { delivered });
}

/** The account as it is with one resource changed. */
function withResource(account: Account, before: Resource, after: Resource): Account {
  const swap = (resource: Resource): Resource => (resource === before ? after : resource);
  return {
    ...account,
    list: (type) => {
      const listing = account.list(type);
      return type === before.type ? { ...listing, resources: listing.resources.map(swap) } : listing;
    },
    find: (type, arnOrId) => {
      const found = account.find(type, arnOrId);
      return found === undefined ? undefined : swap(found);
    },
  };
}
