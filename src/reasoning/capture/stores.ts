import type { Account } from "../../core/account.js";
import type { Resource } from "../../core/resource.js";
import { parseSelectors } from "../../languages/event-selector/parse.js";
import { unknownSelector } from "../../languages/event-selector/event-selector.js";
import type { Selector } from "../../languages/event-selector/event-selector.js";
import { doubtful, everyClaim, holding, refuted } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { claimOf } from "../../shared/read-claim.js";
import {
  isArray,
  isObject,
  readBoolean,
  readList,
  readObject,
  readText,
} from "../../shared/read-property.js";
import { isServed, knownRegions } from "../../shared/aws/served-regions.js";
import type { Sink } from "./sink.js";
import { selectorsOf } from "./trails.js";
import { keyUsable } from "./delivery.js";

/** The event data store properties that capture is judged by. */
export const storeProperties = [
  "Status",
  "MultiRegionEnabled",
  "AdvancedEventSelectors",
  "KmsKeyId",
] as const;

/** The channel properties that capture is judged by. */
export const channelProperties = ["SourceConfig", "Destinations"] as const;

/** An event data store as a sink. It reports no delivery errors; without its key it takes nothing in. */
export function storeSink(store: Resource, account: Account): Sink {
  return {
    kind: "event-data-store",
    id: store.id,
    ref: store.arn ?? store.id,
    running: isIngesting(store),
    covers: (region) =>
      everyClaim([
        reachesRegion(
          store.region,
          region,
          claimOf(readBoolean(store, "MultiRegionEnabled"), "MultiRegionEnabled", isSetFor(region)),
        ),
        isLakeRegion(region),
      ]),
    ...selectorsOf(store, [undefined, "AdvancedEventSelectors"]),
    delivery: keyUsable(store, "KmsKeyId", account),
    resource: store,
  };
}

/** Whether an event data store takes events in: ENABLED is the only state that does, the passing states may. */
export function isIngesting(store: Resource): Claim {
  return claimOf(readText(store, "Status"), "Status", (status) => {
    if (status === "ENABLED") return holding;
    if (status === "STOPPED_INGESTION" || status === "PENDING_DELETION") return refuted(`is ${status}`);
    return doubtful("undecidable", status === undefined ? "its status is not reported" : `is ${status}`);
  });
}

/** A service-linked channel as a sink; undefined for a channel that brings events into Lake from outside AWS. */
export function channelSink(channel: Resource): Sink | undefined {
  if (!isServiceLinked(channel)) return undefined;
  const config = readObject(channel, "SourceConfig");
  const appliesTo = (region: string): Claim =>
    claimOf(config, "SourceConfig", (value) => isSetFor(region)(value?.["ApplyToAllRegions"]));
  return {
    kind: "channel",
    id: channel.id,
    ref: channel.arn ?? channel.id,
    running: holding,
    covers: (region) => reachesRegion(channel.region, region, appliesTo(region)),
    ...channelSelectors(channel),
    delivery: holding,
    resource: channel,
  };
}

function isServiceLinked(channel: Resource): boolean {
  const destinations = readList(channel, "Destinations");
  const isService =
    destinations.kind === "set" &&
    destinations.value.some((one) => isObject(one) && one["Type"] === "AWS_SERVICE");
  return isService || channel.id.startsWith("aws-service-channel/");
}

function channelSelectors(channel: Resource): {
  readonly selectors: readonly Selector[];
  readonly selectorsUnread?: Claim & { readonly is: "unknown" };
} {
  const config = readObject(channel, "SourceConfig");
  const claim = claimOf(config, "SourceConfig", () => holding);
  if (claim.is === "unknown") return { selectors: [unknownSelector(claim.because)], selectorsUnread: claim };
  const advanced = config.kind === "set" ? config.value["AdvancedEventSelectors"] : undefined;
  // Unlike a trail, a channel has no documented default.
  if (!isArray(advanced) || advanced.length === 0)
    return { selectors: [unknownSelector("the channel reports no selectors")] };
  return { selectors: parseSelectors({ advanced }) };
}

function reachesRegion(home: string, region: string, everywhere: Claim): Claim {
  return home === region ? holding : everywhere;
}

function isSetFor(region: string): (value: unknown) => Claim {
  return (value) => {
    if (value === true) return holding;
    return value === false
      ? refuted(`does not cover ${region}`)
      : doubtful("undecidable", `it is not reported whether it covers ${region}`);
  };
}

function isLakeRegion(region: string): Claim {
  if (!isServed("cloudtrail-lake", region)) return refuted(`CloudTrail Lake is not offered in ${region}`);
  return knownRegions.includes(region)
    ? holding
    : doubtful("undecidable", `whether CloudTrail Lake is offered in ${region} is not known`);
}
