import type { JsonObject } from "../../core/json.js";
import type { Resource } from "../../core/resource.js";
import type { CloudTrailEvent } from "../../languages/event-selector/event-selector.js";
import type { EventSet } from "./demand.js";
import type { Half } from "./remedy-wants.js";

/** What is missed: one event as an example, the sets of events that it was demanded with, and in which partition. */
export type CaptureGap = {
  readonly event: CloudTrailEvent;
  readonly sets: readonly EventSet[];
  readonly partition: string;
};

/** A whole new list of selectors for a sink, in AWS's own spelling. The greater the weight, the more it changes. */
export type SelectorEdit = {
  readonly list: "EventSelectors" | "AdvancedEventSelectors";
  readonly selectors: readonly JsonObject[];
  readonly says: string;
  readonly weight: number;
};

/** A change of one trail or event data store of this account. */
export type SinkChange = {
  readonly resource: Resource;
  readonly start: boolean;
  readonly multiRegion: boolean;
  readonly selectors?: SelectorEdit;
};

/** Which halves may be added: first the one that the missed event belongs to, then both. */
export function halvesOf({ event: { readOnly }, sets }: CaptureGap): readonly Half[] {
  if (readOnly === undefined) return [undefined];
  const accesses = new Set(
    sets.flatMap(({ names, unlisted }) => [...names.flatMap((known) => known.readOnly), ...unlisted]),
  );
  const half: Half = readOnly ? "read" : "write";
  return accesses.size < 2 ? [half] : [half, undefined];
}

/** A list with one item replaced; with no replacement, without it. */
export function replaced<T>(list: readonly T[], at: number, item: T | undefined): readonly T[] {
  return list.flatMap((one, index) => (index === at ? (item === undefined ? [] : [item]) : [one]));
}
