import type { Declaration } from "../core/declared.js";
import type { Snapshot } from "../core/snapshot.js";
import { foresee } from "../forecasts/foresee.js";
import { mergeForecasts } from "../forecasts/merge-forecasts.js";
import { sortedUnique } from "../shared/order.js";
import { subjectKey } from "./place-findings.js";

/** The account after a deployment, and what a person should know of how it was made. */
export type Prediction = {
  readonly snapshot: Snapshot;
  readonly notes: readonly string[];
  /** How many resources are new, changed or gone. */
  readonly changed: number;
};

/** The state that a deployment would leave; where what is undecided decides, a property is unreadable and says so. */
export function predict(snapshot: Snapshot, declaration: Declaration): Prediction {
  const [first, ...more] = declaration.worlds.map((world) => ({
    given: world.given,
    ...foresee(snapshot, world),
  }));
  if (first === undefined) throw new Error("a declaration has at least one world");
  const foreseen = [first, ...more] as const;
  const touched = foreseen.flatMap((world) => world.touched.filter(({ kind }) => kind !== "unchanged"));
  return {
    snapshot: mergeForecasts(foreseen),
    notes: sortedUnique([...declaration.notes, ...foreseen.flatMap(({ notes }) => notes)]),
    changed: new Set(touched.map(subjectKey)).size,
  };
}
