import fc from "fast-check";
import { expect, test } from "vitest";
import type { JsonValue } from "../../src/core/json.js";
import { keepsWithin } from "../../src/shared/json-size.js";

const count = (value: unknown): number =>
  typeof value === "object" && value !== null
    ? Object.values(value).reduce<number>((sum, member) => sum + count(member), 1)
    : 1;
const depth = (value: unknown): number =>
  typeof value === "object" && value !== null
    ? 1 + Math.max(0, ...Object.values(value).map((member) => depth(member)))
    : 1;

test("a value keeps within its own size, and not within less", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      const json = value as JsonValue;
      const limits = { values: count(json), depth: depth(json) };
      expect(keepsWithin(json, limits)).toBe(true);
      expect(keepsWithin(json, { ...limits, values: limits.values - 1 })).toBe(false);
      expect(keepsWithin(json, { ...limits, depth: limits.depth - 1 })).toBe(false);
    }),
  );
});

test("what is nested a million deep overflows nothing", () => {
  const text = `${"[".repeat(1_000_000)}${"]".repeat(1_000_000)}`;
  const value = JSON.parse(text) as JsonValue;
  expect(keepsWithin(value, { values: 2_000_000, depth: 1_000 })).toBe(false);
  expect(keepsWithin(value, { values: 2_000_000, depth: 1_000_000 })).toBe(true);
});
