import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  parseMetricExpression,
  type MetricExpression,
} from "../../../src/languages/metric-expression/metric-expression.js";
import { boundsOfExpression } from "../../../src/languages/metric-expression/bounds.js";
import { closureOf, idsIn } from "../../../src/languages/metric-expression/closure.js";
import {
  evaluateMetricExpression,
  type Evaluation,
} from "../../../src/languages/metric-expression/evaluate.js";
import { input } from "../../../src/languages/metric-expression/ranges.js";
import type { Point } from "../../../src/languages/metric-expression/series.js";

type Inputs = Readonly<Record<string, readonly Point[]>>;

function parsed(text: string): MetricExpression {
  const result = parseMetricExpression(text);
  if (result.kind === "malformed") throw new Error(`${text}: ${result.why}`);
  return result.value;
}

function evaluated(text: string, inputs: Inputs, at = Date.UTC(2026, 10, 20, 12)): Evaluation {
  const length = Object.values(inputs)[0]?.length ?? 5;
  return evaluateMetricExpression(parsed(text), {
    valueOf: (id) => ({ kind: "value", value: { kind: "series", points: inputs[id] ?? [] } }),
    metrics: Object.keys(inputs),
    period: 60,
    length,
    at,
  });
}

function points(text: string, inputs: Inputs, at?: number): readonly Point[] | string {
  const evaluation = evaluated(text, inputs, at);
  if (evaluation.kind === "unknown") return evaluation.why;
  return evaluation.value.kind === "series" ? evaluation.value.points : evaluation.value.kind;
}

const _ = undefined;

describe("parsing metric maths", () => {
  it.each([
    ["1 + 2 * 3", 7],
    ["(1 + 2) * 3", 9],
    ["7 - 2 - 1", 4],
    ["8 / 4 / 2", 1],
    ["2 * 3 ^ 2", 18],
    ["2 ^ -1", 0.5],
    ["-(2 ^ 2)", -4],
    ["--2", 2],
    [".5 + 1e1", 10.5],
    ["1 + 1 == 2", 1],
    ["1 < 2 AND 3 > 2", 1],
    ["1 < 2 && 3 < 2", 0],
    ["(1 > 2 || 3 > 2) && 1 == 1", 1],
  ])("%s is %d", (text, value) => {
    expect(evaluated(text, {})).toEqual({ kind: "value", value: { kind: "scalar", value } });
  });

  it.each([
    ["", 0],
    ["m1 +", 4],
    ["m1 m2", 3],
    ["SUM([m1, m2)", 11],
    ["m1 % 2", 2],
    ["-m1 ^ 2", 6],
    ["m1 ^ 2 ^ 3", 9],
    ["m1 > 1 AND m2 > 1 OR m3 > 1", 21],
    ['METRICS("m', 8],
  ])("refuses %j at %i", (text, at) => {
    expect(parseMetricExpression(text)).toMatchObject({ kind: "malformed", at });
  });

  it("answers any text without throwing", () => {
    const pieces = fc.constantFrom(
      "m1",
      "SUM",
      "(",
      ")",
      "[",
      "]",
      ",",
      "+",
      "-",
      "^",
      "<=",
      " AND ",
      " OR ",
      "2.5",
      '"',
      "IF",
      "é",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        expect(["parsed", "malformed"]).toContain(parseMetricExpression(parts.join("")).kind);
      }),
      { numRuns: 500 },
    );
    expect(parseMetricExpression("(".repeat(9_000)).kind).toBe("malformed");
    expect(parseMetricExpression("-".repeat(9_000)).kind).toBe("malformed");
  });
});

describe("evaluating metric maths", () => {
  const guide: Inputs = { metric1: [30, 20, 0, 0], metric2: [20, _, 20, _] };
  const ifs: Inputs = { metric1: [1, 1, 0, 0, _], metric2: [30, _, 0, 0, 30], metric3: [0, 0, 20, _, 20] };

  it.each<[string, Inputs, readonly Point[] | string]>([
    // The user guide's own tables.
    ["metric1 < metric2", guide, [0, 0, 1, 0]],
    ["metric1 >= 30", guide, [1, 0, 0, 0]],
    ["metric1 > 15 AND metric2 > 15", guide, [1, 0, 0, 0]],
    ["IF(metric1, metric2, metric3)", ifs, [30, 0, 20, _, _]],
    ["IF(metric1, 5, metric3)", ifs, [5, 5, 20, _, _]],
    ["IF(metric1, metric2, 5)", ifs, [30, 0, 5, 5, _]],
    ["IF(metric1, metric2)", ifs, [30, 0, _, _, _]],
    ["IF(1, metric2, metric3)", ifs, [30, _, 0, 0, 30]],
    // Missing values.
    ["metric1 + metric2", guide, [50, 20, 20, 0]],
    ["a + b", { a: [1, _], b: [_, _] }, [1, _]],
    ["a + 1", { a: [1, _] }, [2, _]],
    ["a / b", { a: [1, 1, 1], b: [2, 0, _] }, [0.5, _, _]],
    ["FILL(a, 0)", { a: [_, 1, _] }, [0, 1, 0]],
    ["FILL(a, b)", { a: [_, 1], b: [7, 8] }, [7, 1]],
    ["FILL(a, REPEAT)", { a: [_, 1, _, _] }, [_, 1, 1, 1]],
    ["FILL(a, LINEAR)", { a: [_, 1, _, 3, _] }, [_, 1, 2, 3, _]],
    ["FILL(METRICS(), 0)", { a: [_] }, "list"],
    ["SUM(METRICS())", { a: [1, _, _], b: [2, 3, _] }, [3, 3, _]],
    ["AVG([a, b])", { a: [1, _], b: [2, 3] }, [1.5, 1.5]],
    ["MIN([a, b])", { a: [1, _], b: [2, 3] }, [1, 3]],
    ["MAX([a, b])", { a: [1, _], b: [2, 3] }, [2, 3]],
    ["MIN([a, 5])", { a: [1, 9] }, [1, 5]],
    ["STDDEV([a, b])", { a: [1], b: [3] }, [1]],
    ["DATAPOINT_COUNT([a, b])", { a: [1, _], b: [3, 3] }, [2, 1]],
    ['SUM(METRICS("err"))', { err1: [1], req: [9], myerr: [2] }, [3]],
    // Over time.
    ["a - AVG(a)", { a: [1, 3] }, [-1, 1]],
    ["a / SUM(a)", { a: [1, 3] }, [0.25, 0.75]],
    ["DIFF(a)", { a: [1, 4, _, 2] }, [_, 3, _, -2]],
    ["RATE(a)", { a: [0, 60, _, 180] }, [_, 1, _, 1]],
    ["DIFF_TIME(a)", { a: [1, _, 2] }, [_, _, 120]],
    ["RUNNING_SUM(a)", { a: [1, _, 2] }, [1, _, 3]],
    ["a / PERIOD(a)", { a: [120] }, [2]],
    ["TIME_SERIES(MAX(a))", { a: [1, 5, _] }, [5, 5, 5]],
    ["a * METRIC_COUNT(METRICS())", { a: [2], b: [1] }, [4]],
    ["a * 0 + HOUR(a)", { a: [1, 1] }, [11, 12]],
    ["FIRST(SORT(METRICS(), MAX, DESC))", { a: [1, 2], b: [9, 1] }, [9, 1]],
    ["SUM(SLICE(SORT(METRICS(), SUM, ASC), 0, 2))", { a: [5], b: [1], c: [2] }, [3]],
    ["LAST(SORT(METRICS(), SUM, ASC, 2))", { a: [5], b: [1], c: [2] }, [2]],
    ["CEIL(a) + FLOOR(a) + ABS(-a)", { a: [1.5] }, [4.5]],
    ["LOG10(a)", { a: [100, 0] }, [2, _]],
    ["SUM(100/[a, b])", { a: [50], b: [100] }, [3]],
    // What is not decided.
    ["SEARCH('{AWS/EC2} CPU', 'Sum')", {}, "SEARCH with several arguments is not decided"],
    ["SERVICE_QUOTA(a)", { a: [1] }, "SERVICE_QUOTA is not decided"],
    [
      "ANOMALY_DETECTION_BAND(a, 2)",
      { a: [1] },
      "ANOMALY_DETECTION_BAND with several arguments is not decided",
    ],
    ["FILL(a, ZERO)", { a: [1] }, "FILL does not know ZERO"],
    ["MEDIAN(a)", { a: [1] }, "MEDIAN is not decided"],
  ])("%s of %j", (text, inputs, expected) => {
    expect(points(text, inputs)).toEqual(expected);
  });

  it("knows weekdays as the guide does: Monday is 1", () => {
    expect(points("DAY(a)", { a: [1] }, Date.UTC(2026, 10, 16))).toEqual([1]);
    expect(points("DAY(a)", { a: [1] }, Date.UTC(2026, 10, 22))).toEqual([7]);
  });
});

describe("what an expression depends on", () => {
  const graph = (queries: Readonly<Record<string, string | undefined>>) =>
    new Map(Object.entries(queries).map(([id, text]) => [id, text === undefined ? undefined : parsed(text)]));

  it.each([
    [
      "ids through other expressions",
      { m1: _, m2: _, m3: _, e1: "m1 / e2", e2: "m2 + 1" },
      ["m1", "m2", "e2", "e1"],
    ],
    [
      "METRICS() means every plain metric",
      { m1: _, m2: _, e1: "SUM(METRICS())", e2: "m1" },
      ["m1", "m2", "e1"],
    ],
    [
      "METRICS(text) means the ids that contain it",
      { err1: _, req: _, e1: "SUM(METRICS('err'))" },
      ["err1", "e1"],
    ],
    ["the condition counts", { m1: _, m2: _, e1: "IF(m1 > 1, m2, 0)" }, ["m1", "m2", "e1"]],
  ])("%s", (_title, queries, ids) => {
    expect(closureOf(graph(queries), "e1")).toEqual({ kind: "closure", ids });
  });

  it("a circle and a missing id are named", () => {
    expect(closureOf(graph({ e1: "e2", e2: "e1" }), "e1")).toEqual({
      kind: "broken",
      why: "e1 depends on itself",
    });
    expect(closureOf(graph({ e1: "m9" }), "e1")).toEqual({ kind: "broken", why: "there is no query m9" });
    expect(idsIn(parsed("a + a * b"), [])).toEqual(["a", "b"]);
  });
});

describe("bounds and trends", () => {
  const bounds = (text: string) =>
    boundsOfExpression(parsed(text), {
      boundsOf: (id) => input(id, { lo: 0, hi: Infinity }),
      metrics: ["m1", "m2"],
      period: 60,
    });

  it.each([
    ["m1 * 0", 0, 0, _, _],
    ["m1 - m1", 0, 0, _, _],
    ["MIN([m1, 5])", 0, 5, "up", _],
    ["MAX([m1, 5])", 5, Infinity, "up", _],
    ["IF(m1 > 5, 1, 0)", 0, 1, "up", _],
    ["IF(m1 > 5, 0, 1)", 0, 1, "down", _],
    ["IF(m2 > 1000, 100 * m1 / m2, 0)", 0, Infinity, "up", "mixed"],
    ["100 * FILL(m1, 0) / m2", 0, Infinity, "up", "mixed"],
    ["100 / MAX([m1, 5])", 0, 20, "down", _],
    ["100 - m1", -Infinity, 100, "down", _],
    ["SUM(METRICS())", 0, Infinity, "up", "up"],
    ["m1 - m2", -Infinity, Infinity, "up", "down"],
    ["CEIL(m1 / 100)", 0, Infinity, "up", _],
    ["m1 >= 0", 1, 1, _, _],
    ["m1 < 0", 0, 0, _, _],
    ["-m1", -Infinity, -0, "down", _],
    ["HOUR(m1) * 2", 0, Infinity, _, _],
    ["DIFF(m1)", -Infinity, Infinity, "mixed", _],
    ["m1 ^ 2", 0, Infinity, "up", _],
  ])("%s lies in [%d, %d], trends %s and %s", (text, ...[lo, hi, first, second]) => {
    const found = bounds(text);
    expect(found).toMatchObject({ lo, hi });
    expect([found?.trends.get("m1"), found?.trends.get("m2")]).toEqual([first, second]);
  });

  it("functions that we do not model have none", () => {
    expect([bounds("SERVICE_QUOTA(m1)"), bounds("MIN([m1, MEDIAN(m2)])")]).toEqual([_, _]);
  });

  const drawn = fc.letrec<{ tree: string }>((tie) => ({
    tree: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.constantFrom("m1", "m2", "0", "1", "2.5", "10"),
      fc
        .tuple(
          tie("tree"),
          fc.constantFrom("+", "-", "*", "/", "<", "<=", ">", ">=", "==", "AND", "OR"),
          tie("tree"),
        )
        .map(([a, operator, b]) => `(${a} ${operator} ${b})`),
      tie("tree").map((inner) => `(-${inner})`),
      fc
        .tuple(fc.constantFrom("ABS", "CEIL", "FLOOR", "LOG", "EXP"), tie("tree"))
        .map(([name, inner]) => `${name}(${inner})`),
      fc
        .tuple(fc.constantFrom("SUM", "AVG", "MIN", "MAX", "STDDEV"), tie("tree"), tie("tree"))
        .map(([name, a, b]) => `${name}([${a}, ${b}])`),
      fc.tuple(tie("tree"), tie("tree"), tie("tree")).map(([a, b, c]) => `IF(${a}, ${b}, ${c})`),
      fc
        .tuple(tie("tree"), fc.constantFrom("0", "5", "REPEAT"))
        .map(([inner, filler]) => `FILL(${inner}, ${filler})`),
    ),
  })).tree;
  const level = fc.oneof(
    fc.constantFrom<Point[]>(_, 0, 1, 10),
    fc.double({ min: 0, max: 1000, noNaN: true }),
  );
  const at = (text: string, m1: Point, m2: Point): Point => {
    const found = evaluated(text, { m1: [m1], m2: [m2] });
    if (found.kind === "unknown" || found.value.kind === "list") return undefined;
    return found.value.kind === "scalar" ? found.value.value : found.value.points[0];
  };
  const slack = (value: number): number => 1e-9 * (1 + Math.abs(value));

  it("no value lies outside the bounds", () => {
    fc.assert(
      fc.property(drawn, level, level, (text, ...[m1, m2]) => {
        const found = bounds(text);
        const value = at(text, m1, m2);
        if (found === undefined || value === undefined) return;
        expect(value).toBeGreaterThanOrEqual(found.lo - slack(value));
        expect(value).toBeLessThanOrEqual(found.hi + slack(value));
      }),
      { numRuns: 3000 },
    );
  });

  it("a trend is kept by every pair of values", () => {
    fc.assert(
      fc.property(drawn, level, fc.tuple(level, level), (text, m2, ...[[a, b]]) => {
        const trend = bounds(text)?.trends.get("m1") ?? "none";
        if (a === undefined || b === undefined || trend === "mixed") return;
        const [low, high] = [at(text, Math.min(a, b), m2), at(text, Math.max(a, b), m2)];
        if (low === undefined || high === undefined) return;
        if (trend !== "down") expect(low).toBeLessThanOrEqual(high + slack(high));
        if (trend !== "up") expect(high).toBeLessThanOrEqual(low + slack(low));
      }),
      { numRuns: 3000 },
    );
  });
});
