import type { Account } from "../../core/account.js";
import type { UnknownReason } from "../../core/verdict.js";
import { manyCombinations } from "./search.js";
import { doubtful, everyClaim, holding, refuted } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { claimOf } from "../../shared/read-claim.js";
import { readBoolean, readObject } from "../../shared/read-property.js";
import { decideCapture } from "./capture.js";
import { allManagementEvents } from "./demand.js";
import type { RegionDemand } from "./demand.js";
import type { Sink } from "./sink.js";
import { principals } from "./texts.js";
import { missedText } from "./witness.js";

/** The sources that trails may be told to leave out. https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html */
export const excludableSources: readonly string[] = ["kms.amazonaws.com", "rdsdata.amazonaws.com"];

/** All management events, in every region looked at. */
export function managementDemand(account: Account, excluded: readonly string[]): readonly RegionDemand[] {
  const events = allManagementEvents(excluded, { principals: principals(account.partition, account.id) });
  return account.regions.map((region) => ({ region, events }));
}

/** A sink that only counts if it is set to cover every region. */
export function onlyMultiRegion(sink: Sink): Sink {
  const multi = isMultiRegion(sink);
  return { ...sink, covers: (region) => everyClaim([multi, sink.covers(region)]) };
}

/** Whether a sink is set to cover every region; of what could not be listed that is not known, and each region is asked for itself. */
export function isMultiRegion({ kind, resource }: Sink): Claim {
  if (resource === undefined || kind === "hidden") return holding;
  if (kind === "channel")
    return claimOf(readObject(resource, "SourceConfig"), "SourceConfig", (config) =>
      isOn(config?.["ApplyToAllRegions"]),
    );
  const property = kind === "trail" ? "IsMultiRegionTrail" : "MultiRegionEnabled";
  return claimOf(readBoolean(resource, property), property, isOn);
}

function isOn(value: unknown): Claim {
  return value === true ? holding : refuted("is not multi-region");
}

/** Whether one sink alone captures a demand. */
export function capturesAlone(sink: Sink, demand: readonly RegionDemand[], delivered: boolean): Claim {
  const answer = decideCapture([sink], demand, { delivered });
  if (answer.status === "captured") return holding;
  if (answer.status === "too-complex") return doubtful("too-complex", manyCombinations);
  const what = missedText(answer.missed);
  if (answer.status === "not-captured")
    return refuted(
      answer.kind === "undelivered" ? `records ${what}, but does not deliver it` : `does not record ${what}`,
    );
  const [blocker] = answer.blockedBy;
  const reason: UnknownReason = blocker?.claim.reason ?? "undecidable";
  return doubtful(reason, blocker?.claim.because ?? `it cannot be said whether it records ${what}`);
}
