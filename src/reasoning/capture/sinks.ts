import type { Account, Blind } from "../../core/account.js";
import { unknownSelector } from "../../languages/event-selector/event-selector.js";
import { doubtful, holding, refuted } from "../../shared/claim.js";
import { isServed } from "../../shared/aws/served-regions.js";
import { rememberByObject, rememberByText } from "../../shared/remember.js";
import { explainBlind } from "../../shared/text/unreadable-text.js";
import { isKnownGone } from "../../shared/read-claim.js";
import type { Sink } from "./sink.js";
import { channelSink, storeSink } from "./stores.js";
import { trailSink } from "./trails.js";

/** The resource types that sinks are read from. */
export const sinkTypes = {
  trail: "AWS::CloudTrail::Trail",
  store: "AWS::CloudTrail::EventDataStore",
  channel: "AWS::CloudTrail::Channel",
} as const;

/** Every sink of an account: trails, event data stores, channels, and a hidden sink for each list that could not be read. Remembered, since many rules ask. */
export const sinksOf: (account: Account) => readonly Sink[] = rememberByObject((account) =>
  findSinks(account).map((sink) => ({ ...sink, covers: rememberByText((region) => sink.covers(region)) })),
);

function findSinks(account: Account): readonly Sink[] {
  const trails = account.list(sinkTypes.trail);
  const stores = account.list(sinkTypes.store);
  const channels = account.list(sinkTypes.channel);
  return [
    ...trails.resources.filter((trail) => !isKnownGone(trail)).map((trail) => trailSink(trail, account)),
    ...stores.resources.map((store) => storeSink(store, account)),
    ...channels.resources.flatMap((channel) => channelSink(channel) ?? []),
    ...[...trails.blind, ...stores.blind.filter(canHoldStores), ...channels.blind].map(hiddenSink),
  ];
}

/**
 * What stands for a list that could not be read: a sink in that region of which nothing is known. A sink that covers
 * other regions too is expected to show itself there: trails do as shadows, and multi-region stores by their quota.
 */
export function hiddenSink(blind: Blind): Sink {
  const because = `could not be listed: ${explainBlind(blind)}`;
  const doubt = doubtful(blind.kind, because);
  return {
    kind: "hidden",
    id: `${blind.type} ${blind.region}`,
    ref: `${blind.type} ${blind.region}`,
    running: doubt,
    covers: (region) =>
      blind.region === "global" || blind.region === region
        ? holding
        : refuted(`is about ${blind.region} only`),
    selectors: [unknownSelector(because)],
    delivery: holding,
    blind,
  };
}

function canHoldStores({ region }: Blind): boolean {
  return region === "global" || isServed("cloudtrail-lake", region);
}
