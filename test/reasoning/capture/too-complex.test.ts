import { expect, test } from "vitest";
import type { Selector } from "../../../src/languages/event-selector/event-selector.js";
import { firstRejected, TOO_COMPLEX } from "../../../src/reasoning/capture/search.js";
import type { EventSet } from "../../../src/reasoning/capture/demand.js";
import { anyText } from "../../../src/reasoning/capture/texts.js";

const everything: EventSet = {
  category: "Management",
  eventType: "AwsApiCall",
  eventSource: undefined,
  names: [],
  unlisted: [true, false],
  principals: anyText(() => []),
};

const none = { Equals: [], NotEquals: [], StartsWith: [], NotStartsWith: [], EndsWith: [], NotEndsWith: [] };

/** Selectors of which each leaves out its own source, name prefix and name suffix. */
function selectors(count: number): readonly Selector[] {
  return Array.from({ length: count }, (_, at) => ({
    conditions: [
      { ...none, field: "eventCategory", Equals: ["Management"] },
      { ...none, field: "eventSource", NotEquals: [`a${String(at)}.amazonaws.com`, `b${String(at)}.com`] },
      { ...none, field: "eventName", NotStartsWith: [`N${String(at)}`], NotEndsWith: [`E${String(at)}`] },
    ],
    undecidable: [],
  }));
}

test("many selectors of which one event can only miss a few are decided at once", () => {
  expect(firstRejected(selectors(60), everything)).toBeUndefined();
});

test("two selectors are missed by an event that each leaves out for another reason", () => {
  expect(firstRejected(selectors(2), everything)).toMatchObject({ eventCategory: "Management" });
});

/** Selectors that leave out about a third of sixty sources, names, outcomes and callers each, with no order in it. */
function entangled(count: number): readonly Selector[] {
  let state = 1;
  const some = (kind: string): string[] =>
    Array.from({ length: count }, (_, at) => `${kind}${String(at)}`).filter(() => {
      // Numerical Recipes' generator: the same row of numbers on every machine.
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 32 < 0.38;
    });
  return Array.from({ length: count }, () => ({
    conditions: [
      { ...none, field: "eventCategory", Equals: ["Management"] },
      { ...none, field: "eventSource", NotEquals: some("s") },
      { ...none, field: "eventName", NotEquals: some("N") },
      { ...none, field: "errorCode", NotEquals: some("C") },
      { ...none, field: "userIdentity.arn", NotEquals: some("arn:aws:iam::111111111111:user/u") },
    ],
    undecidable: [],
  }));
}

test("selectors of more combinations than are gone through are too complex, and no gap", () => {
  expect(firstRejected(entangled(60), everything)).toBe(TOO_COMPLEX);
});
