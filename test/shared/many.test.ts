import fc from "fast-check";
import { expect, test } from "vitest";
import { addAll, greatest, least } from "../../src/shared/many.js";

const million = Array.from({ length: 1_000_000 }, (_, at) => at);

test("a million items are added, and compared, without overflowing the stack", () => {
  const list = [-1];
  addAll(list, million);
  expect(list).toHaveLength(1_000_001);
  expect([greatest(million), least(million)]).toEqual([999_999, 0]);
});

test("the greatest and the least are those of Math", () => {
  fc.assert(
    fc.property(fc.array(fc.double()), fc.double(), (numbers, from) => {
      expect(greatest(numbers)).toBe(Math.max(...numbers));
      expect(least(numbers)).toBe(Math.min(...numbers));
      expect(greatest(numbers, from)).toBe(Math.max(from, ...numbers));
      expect(least(numbers, from)).toBe(Math.min(from, ...numbers));
    }),
  );
});
