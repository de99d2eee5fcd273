import type { CloudTrailEvent, Selector } from "../../languages/event-selector/event-selector.js";
import { axesOf, keyOfSelectors, rejectsAll } from "./axes.js";
import type { Axis } from "./axes.js";
import type { EventSet } from "./demand.js";

/**
 * The first event of a set, in canonical order, that every selector rejects by a part that was understood; undefined if
 * there is none. Exact over all texts: it tries finitely many events that stand for all of them; TOO_COMPLEX where a
 * hundred thousand tries do not decide.
 */
export function firstRejected(
  selectors: readonly Selector[],
  set: EventSet,
): CloudTrailEvent | undefined | typeof TOO_COMPLEX {
  const concerned = selectors.filter((selector) => !rejectsAll(selector, set));
  const axes = axesOf(concerned, set);
  const everybody = (1n << BigInt(concerned.length)) - 1n;
  const parts = search(axes, everybody);
  if (parts === undefined || parts === TOO_COMPLEX) return parts;
  return parts.reduce<CloudTrailEvent>((event, part) => ({ ...event, ...part }), {
    eventCategory: set.category,
    eventType: set.eventType,
    eventName: "",
  });
}

/** Selectors whose combinations are more than a search goes through. */
export const TOO_COMPLEX = "too-complex";

/** What a person reads of them. */
export const manyCombinations = "the selectors allow more combinations than are gone through";

const MOST_TRIES = 100_000;

/** `firstRejected`, remembering its answers: regions with the same sinks, and the same set of events, are searched once. */
export function rememberingSearch(): typeof firstRejected {
  const answers = new Map<EventSet, Map<string, { readonly event: ReturnType<typeof firstRejected> }>>();
  return (selectors, set) => {
    const ofSet = answers.get(set) ?? new Map<string, { readonly event: ReturnType<typeof firstRejected> }>();
    answers.set(set, ofSet);
    const key = keyOfSelectors(selectors);
    const answer = ofSet.get(key) ?? { event: firstRejected(selectors, set) };
    ofSet.set(key, answer);
    return answer.event;
  };
}

type Part = Partial<CloudTrailEvent>;

/** Depth first, one axis after the other; a state from which no event was found is not entered twice. */
function search(axes: readonly Axis[], everybody: bigint): readonly Part[] | undefined | typeof TOO_COMPLEX {
  const reachable = reachableFrom(axes);
  const most = mostFrom(axes);
  const dead = new Set<string>();
  let tries = 0;
  const descend = (depth: number, rejected: bigint): readonly Part[] | undefined | typeof TOO_COMPLEX => {
    const axis = axes[depth];
    if (axis === undefined) return rejected === everybody ? [] : undefined;
    const state = `${depth} ${rejected.toString(36)}`;
    if ((rejected | (reachable[depth] ?? 0n)) !== everybody || dead.has(state)) return undefined;
    if (sizeOf(everybody & ~rejected) > (most[depth] ?? 0)) return undefined;
    for (const { part, rejectedBy } of axis) {
      tries += 1;
      if (tries > MOST_TRIES) return TOO_COMPLEX;
      const rest = descend(depth + 1, rejected | rejectedBy);
      if (rest === TOO_COMPLEX) return TOO_COMPLEX;
      if (rest !== undefined) return [part, ...rest];
    }
    dead.add(state);
    return undefined;
  };
  return descend(0, 0n);
}

/** Per depth, how many selectors one choice on this and each later axis rejects at most. */
function mostFrom(axes: readonly Axis[]): readonly number[] {
  return axes.reduceRight<readonly number[]>(
    ([below = 0, ...rest], axis) => [
      axis.reduce((most, { rejectedBy }) => Math.max(most, sizeOf(rejectedBy)), 0) + below,
      below,
      ...rest,
    ],
    [],
  );
}

function sizeOf(mask: bigint): number {
  return mask.toString(2).replaceAll("0", "").length;
}

/** Per depth, the selectors that some option of this or a later axis rejects. */
function reachableFrom(axes: readonly Axis[]): readonly bigint[] {
  return axes.reduceRight<readonly bigint[]>(
    ([below = 0n, ...rest], axis) => [
      axis.reduce((mask, { rejectedBy }) => mask | rejectedBy, below),
      below,
      ...rest,
    ],
    [],
  );
}
