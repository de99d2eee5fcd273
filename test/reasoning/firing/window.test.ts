import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  evaluateWindow,
  type Datapoint,
  type MissingData,
  type WindowState,
} from "../../../src/reasoning/firing/window.js";

const TREATMENTS: readonly MissingData[] = ["missing", "ignore", "breaching", "notBreaching"];
const MARKS: Readonly<Record<string, Datapoint>> = { "0": "ok", X: "breach", "-": "missing" };
const LETTERS: Readonly<Record<WindowState, string>> = {
  OK: "OK",
  ALARM: "ALARM",
  INSUFFICIENT_DATA: "I",
  RETAIN: "R",
};

function states(periods: number, datapoints: number, marks: string): string {
  const points = Array.from(marks, (mark) => MARKS[mark] ?? "missing");
  return TREATMENTS.map((missing) => LETTERS[evaluateWindow(points, { periods, datapoints, missing })]).join(
    " ",
  );
}

describe("missing data, as missing, ignore, breaching, notBreaching", () => {
  it.each<[number, number, string, string]>([
    [3, 3, "0-X-X", "OK OK OK OK"],
    [3, 3, "0----", "OK OK OK OK"],
    [3, 3, "-----", "I R ALARM OK"],
    [3, 3, "0XX-X", "ALARM ALARM ALARM ALARM"],
    [3, 3, "--X--", "ALARM R ALARM OK"],
    [3, 2, "0-X-X", "ALARM ALARM ALARM ALARM"],
    [3, 2, "00X0X", "ALARM ALARM ALARM ALARM"],
    [3, 2, "0-X--", "OK OK ALARM OK"],
    [3, 2, "----0", "OK OK ALARM OK"],
    [3, 2, "---X-", "ALARM R ALARM OK"],
    // Not in AWS's table.
    [1, 1, "----X", "ALARM ALARM ALARM ALARM"],
    [3, 3, "----X", "R R ALARM OK"],
    [3, 1, "X0---", "ALARM ALARM ALARM ALARM"],
    [2, 2, "XX000", "OK OK OK OK"],
  ])("%i periods, %i datapoints, %s: %s", (periods, datapoints, ...[marks, expected]) => {
    expect(states(periods, datapoints, marks)).toBe(expected);
  });

  const window = fc.tuple(
    fc.array(fc.constantFrom<Datapoint>("ok", "breach", "missing"), { minLength: 1, maxLength: 8 }),
    fc.integer({ min: 1, max: 5 }),
    fc.integer({ min: 1, max: 5 }),
  );

  it("without missing data the treatment does not matter", () => {
    fc.assert(
      fc.property(window, ([points, periods, more]) => {
        const full = [
          ...points.map((point) => (point === "missing" ? "ok" : point)),
          ...new Array<Datapoint>(periods + more).fill("ok"),
        ];
        const datapoints = Math.min(periods, more);
        expect(
          new Set(TREATMENTS.map((missing) => evaluateWindow(full, { periods, datapoints, missing }))).size,
        ).toBe(1);
      }),
      { numRuns: 300 },
    );
  });

  it("what fires with notBreaching fires with breaching", () => {
    fc.assert(
      fc.property(window, ([points, periods, wanted]) => {
        const datapoints = Math.min(periods, wanted);
        if (evaluateWindow(points, { periods, datapoints, missing: "notBreaching" }) !== "ALARM") return;
        expect(evaluateWindow(points, { periods, datapoints, missing: "breaching" })).toBe("ALARM");
      }),
      { numRuns: 300 },
    );
  });
});
