import type { Account } from "../../core/account.js";
import type { RegionDemand } from "./demand.js";
import type { Sink } from "./sink.js";

/** What is judged, and for whom. `everyRegion`: the demand is about all enabled regions, so that it matters whether they are all known. */
export type CaptureQuestion = {
  readonly account: Account;
  /** The sinks that count, read from an account's state; asked again of the state with a remedy applied. */
  sinksOf(account: Account): readonly Sink[];
  readonly demand: readonly RegionDemand[];
  readonly delivered: boolean;
  readonly everyRegion: boolean;
};
