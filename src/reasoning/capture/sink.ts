import type { Blind } from "../../core/account.js";
import type { Resource } from "../../core/resource.js";
import type { CloudTrailEvent, Selector } from "../../languages/event-selector/event-selector.js";
import { matchSelectors } from "../../languages/event-selector/event-selector.js";
import { doubtful, everyClaim, holding, refuted } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { sortedUnique } from "../../shared/order.js";
import { describeMiss } from "./miss.js";

/** Something that may record events: a trail, an event data store, a service-linked channel, or a list in which one could hide. */
export type Sink = {
  readonly kind: "trail" | "event-data-store" | "channel" | "hidden";
  /** The name that a person uses. */
  readonly id: string;
  /** ARN, or id where there is none. */
  readonly ref: string;
  readonly running: Claim;
  covers(region: string): Claim;
  /** Selectors that could not be read are one undecidable selector; `selectorsUnread` then says why. */
  readonly selectors: readonly Selector[];
  readonly selectorsUnread?: Claim & { readonly is: "unknown" };
  readonly delivery: Claim;
  /** What was read, for evidence; a hidden sink has none. */
  readonly resource?: Resource;
  /** The list that could not be read; only of a hidden sink. */
  readonly blind?: Blind;
};

/** Whether what a sink records must also arrive. */
export type Delivered = { readonly delivered: boolean };

/** What one sink does with an event. */
export type SinkAnswer = { readonly sink: Sink; readonly claim: Claim };

/** Which sinks capture an event that is recorded in a region, three-valued, in the order of the sinks. */
export function sinksCapturing(
  sinks: readonly Sink[],
  event: CloudTrailEvent,
  { region, delivered }: Delivered & { readonly region: string },
): readonly SinkAnswer[] {
  return sinks.map((sink) => ({
    sink,
    claim: everyClaim([
      activity(sink, region, { delivered: false }),
      selection(sink, event),
      ...(delivered ? [sink.delivery] : []),
    ]),
  }));
}

/** Whether a sink records in a region at all, whatever it selects. */
export function activity(sink: Sink, region: string, { delivered }: Delivered): Claim {
  return everyClaim([sink.running, sink.covers(region), ...(delivered ? [sink.delivery] : [])]);
}

function selection({ selectors, selectorsUnread }: Sink, event: CloudTrailEvent): Claim {
  const truth = matchSelectors(selectors, event);
  if (truth === "yes") return holding;
  if (truth === "no") return refuted(describeMiss(selectors, event));
  return (
    selectorsUnread ??
    doubtful(
      "undecidable",
      `its selectors are not fully understood: ${sortedUnique(selectors.flatMap(({ undecidable }) => undecidable)).join("; ")}`,
    )
  );
}
