import type { Account } from "../../core/account.js";
import { SEEN_IN } from "../../core/resource.js";
import type { Resource } from "../../core/resource.js";
import { parseSelectors } from "../../languages/event-selector/parse.js";
import { unknownSelector } from "../../languages/event-selector/event-selector.js";
import type { Selector } from "../../languages/event-selector/event-selector.js";
import { doubtful, everyClaim, holding, refuted } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { claimOf } from "../../shared/read-claim.js";
import { explainBlind } from "../../shared/text/unreadable-text.js";
import { readBoolean, readList, readProperty } from "../../shared/read-property.js";
import type { Sink } from "./sink.js";
import { trailDelivery } from "./delivery.js";

const TRAIL = "AWS::CloudTrail::Trail";

/** The trail properties that capture is judged by, delivery aside. */
export const trailProperties = [
  SEEN_IN,
  "IsMultiRegionTrail",
  "IsLogging",
  "EventSelectors",
  "AdvancedEventSelectors",
] as const;

/** A trail as a sink. */
export function trailSink(trail: Resource, account: Account): Sink {
  return {
    kind: "trail",
    id: trail.id,
    ref: trail.arn ?? trail.id,
    running: isRecording(trail),
    covers: (region) => coversRegion(trail, region, account),
    ...selectorsOf(trail, ["EventSelectors", "AdvancedEventSelectors"]),
    delivery: trailDelivery(trail, account),
    resource: trail,
  };
}

/** Whether a trail is switched on. A status that is not there is not "off": it could not be asked for. */
export function isRecording(trail: Resource): Claim {
  return claimOf(readBoolean(trail, "IsLogging"), "IsLogging", (isLogging) => {
    if (isLogging === undefined) return doubtful("undecidable", "IsLogging is not reported");
    return isLogging ? holding : refuted("is not logging");
  });
}

/** Whether a trail covers a region: it is seen there, and it is at home there or multi-region. A region that could not be listed may show it. */
export function coversRegion(trail: Resource, region: string, account: Account): Claim {
  const isHome = trail.region === region;
  const seenIn = readList(trail, SEEN_IN);
  const seen =
    isHome && seenIn.kind !== "set"
      ? holding
      : claimOf(seenIn, SEEN_IN, (regions) => seenClaim(regions, region, account));
  const multi = isHome
    ? holding
    : claimOf(readBoolean(trail, "IsMultiRegionTrail"), "IsMultiRegionTrail", (isMulti) =>
        isMulti === true ? holding : refuted(`does not cover ${region}`),
      );
  return everyClaim([multi, seen]);
}

function seenClaim(regions: readonly unknown[] | undefined, region: string, account: Account): Claim {
  if (regions === undefined) return doubtful("undecidable", "the regions that show it are not known");
  if (regions.includes(region)) return holding;
  const gap = account.list(TRAIL).blind.find((one) => one.region === region || one.region === "global");
  return gap === undefined
    ? refuted(`does not cover ${region}`)
    : doubtful(gap.kind, `whether it covers ${region} could not be read: ${explainBlind(gap)}`);
}

/** The selectors of a trail or an event data store; where one list could not be read, a single selector that is not known. */
export function selectorsOf(
  resource: Resource,
  [basic, advanced]: readonly [string | undefined, string],
): {
  readonly selectors: readonly Selector[];
  readonly selectorsUnread?: Claim & { readonly is: "unknown" };
} {
  const readings = [basic, advanced].map((property) => ({
    property,
    reading: property === undefined ? ({ kind: "absent" } as const) : readProperty(resource, property),
  }));
  const unread = readings
    .map(({ property, reading }) => claimOf(reading, property ?? "", () => holding))
    .find((claim) => claim.is === "unknown");
  if (unread !== undefined) return { selectors: [unknownSelector(unread.because)], selectorsUnread: unread };
  const [first, second] = readings.map(({ reading }) => (reading.kind === "set" ? reading.value : undefined));
  return { selectors: parseSelectors({ basic: first, advanced: second }) };
}
