import type { Position } from "./diagnostic.js";
import type { Waiver } from "./formats/waivers.js";

export type { Waiver };

/** A waiver, and where it was written, if it was. */
export type LocatedWaiver = { readonly waiver: Waiver; readonly file?: string; readonly at?: Position };

/** What is accepted, and what the dates of waivers are held against. */
export type Waiving = {
  readonly waivers: readonly LocatedWaiver[];
  /** The day of the run: YYYY-MM-DD, UTC. A waiver holds on its last day, too. */
  readonly today: string;
  /** How many days ahead a waiver may end. Default: 366. */
  readonly maxDays?: number;
};

/** How many days ahead a waiver may end where nobody says otherwise. */
export const WAIVER_DAYS = 366;
