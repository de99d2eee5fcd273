import type { JsonObject } from "../../core/json.js";
import type { Slice } from "./slices.js";
import type { SeriesMatch } from "./series.js";

/** Which action list tells about the trouble. */
export type Through = "ALARM" | "INSUFFICIENT_DATA";

/**
 * Whether an alarm fires when the demanded metric goes bad.
 * `own`: on this series alone; `aggregate`: on a series that holds others too, on the high side; `aggregate-overcount`: the same, with events counted
 * more than once; `slice`: only for the part with these extra dimensions (none: for each part; not set: for a part that cannot be named), `shared` if that
 * part holds others, too, `more` are the further parts that the same alarm fires for; `conditional`: only if something else holds too.
 * `delay` is the time from bad to ALARM in seconds.
 */
export type Firing =
  | {
      readonly kind: "own" | "aggregate" | "aggregate-overcount";
      readonly through: Through;
      readonly delay: number;
      readonly why: string;
      readonly notes: readonly string[];
    }
  | {
      readonly kind: "slice";
      readonly through: Through;
      readonly delay: number;
      readonly why: string;
      readonly notes: readonly string[];
      readonly slice?: Slice;
      readonly more?: readonly Slice[];
      readonly shared?: true;
    }
  | { readonly kind: "conditional"; readonly why: string; readonly needs: string }
  | {
      readonly kind: "no";
      readonly why: string;
      readonly witness?: JsonObject;
      /** How many other questions it answers well; only to be compared. */
      readonly passed?: number;
    }
  | {
      readonly kind: "unknown";
      readonly why: string;
      /** Set where a limit was reached. */
      readonly tooComplex?: true;
      /** Set where it turns out to be this at best. */
      readonly atBest?: "aggregate";
    };

/** The signals of one alarm: the ids of the queries that see the demanded series, and how the best of them sees it. */
export type Signals = { readonly ids: readonly string[]; readonly stat: string; readonly match: SeriesMatch };

/** The parts that an alarm fires for, as far as they can be named. */
export function slicesOf(firing: Firing): readonly Slice[] {
  return firing.kind === "slice" && firing.slice !== undefined ? [firing.slice, ...(firing.more ?? [])] : [];
}

/** A reason why an alarm does not do, or undefined where nothing speaks against it. */
export type Objection = Exclude<Firing, { readonly delay: number }> | undefined;
