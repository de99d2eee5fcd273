import type { JsonObject } from "../../core/json.js";
import type { Candidate, Evidence, UnknownReason } from "../../core/verdict.js";
import type { Claim } from "../../shared/claim.js";
import type { MetricDemand } from "../firing/demand.js";
import type { Slices } from "../firing/slices.js";
import type { TellOptions } from "../reach/alarm-route.js";
import type { AlarmWorld } from "../reach/alarm-world.js";
import type { AlarmIndex } from "./alarm-index.js";
import type { AlarmSettings } from "./settings.js";

/** A metric that must be watched so that somebody hears of trouble; `name` is what a sentence calls it. */
export type Watch = {
  readonly name: string;
  readonly region: string;
  readonly demand: MetricDemand;
  /** What cuts the series into parts; all must be watched where the whole is not. */
  readonly slices?: Slices;
  /** By dimension, why its parts are not known. */
  readonly hiddenSlices?: Readonly<Record<string, Claim>>;
};

/** What counts as watching. */
export type WatchOptions = TellOptions & {
  /** Accept an alarm on a series that holds other resources too. Default: yes. */
  readonly aggregate?: boolean;
  readonly settings?: AlarmSettings;
};

/** Whether a metric is watched by an alarm that can fire and that somebody hears of. */
export type Watched = {
  readonly watch: Watch;
  readonly status: "pass" | "fail" | "unknown";
  readonly reason?: UnknownReason;
  /** On a pass the names of the alarms, else the first thing that does not hold. */
  readonly why: string;
  readonly notes: readonly string[];
  readonly evidence: readonly Evidence[];
  readonly candidates: readonly Candidate[];
  readonly witness?: JsonObject;
  /** Of a failure: how far the nearest alarm is from a pass; the smaller, the nearer. */
  readonly distance?: number;
};

/** Alarms, sorted for looking up, with what counts. */
export type Watchers = {
  readonly world: AlarmWorld;
  readonly index: AlarmIndex;
  readonly options: WatchOptions;
};
