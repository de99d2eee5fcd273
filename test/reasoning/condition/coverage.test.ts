import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/core/json.js";
import type { Resource } from "../../../src/core/resource.js";
import { prepareCondition } from "../../../src/reasoning/condition/condition.js";
import type { ConditionOption } from "../../../src/reasoning/condition/condition.js";
import { holds, valueAt } from "../../../src/reasoning/condition/tree.js";
import type { ConditionTree } from "../../../src/reasoning/condition/tree.js";
import { coverCondition } from "../../../src/reasoning/condition/coverage.js";
import { account, resource } from "../../support/build.js";

const of = (properties: JsonObject, part: Partial<Resource> = {}): Resource =>
  resource({ type: "T", id: "r", properties: { A: null, B: null, L: null, ...properties }, ...part });

/** "text is never true|false" of each side that is not taken. */
async function untaken(
  condition: ConditionOption,
  resources: readonly Resource[],
  among?: ConditionOption,
): Promise<readonly string[]> {
  const sides = await coverCondition(
    { name: "assert", condition, ...(among === undefined ? {} : { among }) },
    [{ account: account(), resources, params: {} }],
  );
  return sides.filter(({ taken }) => !taken).map(({ text, when }) => `${text} is never ${when}`);
}

const a = { path: "A", equals: 1 };
const b = { path: "B", equals: 1 };

describe("a tree", () => {
  it.each<[string, ConditionTree, readonly JsonObject[], readonly string[]]>([
    ["one question has two sides", a, [{ A: 1 }], ["A equals 1 is never false"]],
    ["both sides need two resources", a, [{ A: 1 }, { A: 2 }], []],
    ["what is not set is an answer", a, [{}], ["A equals 1 is never true"]],
    ["without a resource nothing is taken", a, [], ["A equals 1 is never true", "A equals 1 is never false"]],
    [
      "behind a false in an all nothing is reached",
      { all: [a, b] },
      [
        { A: 2, B: 1 },
        { A: 2, B: 2 },
      ],
      ["A equals 1 is never true", "B equals 1 is never true", "B equals 1 is never false"],
    ],
    ["an all needs three resources", { all: [a, b] }, [{ A: 2 }, { A: 1, B: 1 }, { A: 1, B: 2 }], []],
    [
      "behind a true in an any nothing is reached",
      { any: [a, b] },
      [
        { A: 1, B: 1 },
        { A: 1, B: 2 },
      ],
      ["A equals 1 is never false", "B equals 1 is never true", "B equals 1 is never false"],
    ],
    ["an any needs three resources", { any: [a, b] }, [{ A: 1 }, { A: 2, B: 1 }, { A: 2, B: 2 }], []],
    ["a not asks what stands below it", { not: a }, [{ A: 1 }], ["A equals 1 is never false"]],
    [
      "an empty list asks nothing about items",
      { path: "L", "every-item": { path: ".", equals: 1 } },
      [{ L: [] }],
      ["L every-item … is never false", ". equals 1 is never true", ". equals 1 is never false"],
    ],
    [
      "items have sides of their own",
      { path: "L", "any-item": { path: "x", equals: 1 } },
      [{ L: [{ x: 1 }, { x: 2 }] }],
      ["L any-item … is never false"],
    ],
    [
      "items behind items",
      { path: "L", "any-item": { path: "x", "any-item": { path: ".", equals: 1 } } },
      [{ L: [{ x: [1] }] }, { L: [] }],
      ["x any-item … is never false", ". equals 1 is never false"],
    ],
  ])("%s", async (_, tree, resources, expected) => {
    expect(
      await untaken(
        tree,
        resources.map((properties) => of(properties)),
      ),
    ).toEqual(expected);
  });

  it("what could not be read takes no side, and hides what stands behind it", async () => {
    const denied = resource({
      type: "T",
      id: "r",
      properties: { B: 1 },
      unreadable: { A: { reason: "AccessDenied" } },
    });
    expect(await untaken({ all: [a, b] }, [denied])).toEqual([
      "A equals 1 is never true",
      "A equals 1 is never false",
      "B equals 1 is never true",
      "B equals 1 is never false",
    ]);
  });

  it("is only asked of resources that where admits", async () => {
    expect(await untaken(a, [of({ A: 1, B: 1 }), of({ A: 2, B: 2 })], b)).toEqual([
      "A equals 1 is never false",
    ]);
  });
});

describe("an expression", () => {
  it.each<[string, string, readonly JsonObject[], readonly string[]]>([
    ["the whole has two sides", "resource.A == 1.0", [{ A: 1 }], ["resource.A == 1.0 is never false"]],
    [
      "operands of &&",
      "has(resource.A) && resource.A == 1.0",
      [{}, { A: 1 }],
      ["resource.A == 1.0 is never false"],
    ],
    [
      "the right of && is only reached after a true",
      "has(resource.B) && resource.A == 1.0",
      [{ A: 1 }, { A: 2 }],
      [
        "has(resource.B) is never true",
        "resource.A == 1.0 is never true",
        "resource.A == 1.0 is never false",
      ],
    ],
    ["operands of ||", "!has(resource.A) || resource.A == 1.0", [{}, { A: 1 }, { A: 2 }], []],
    [
      "all of ?:",
      "has(resource.A) ? resource.A == 1.0 : has(resource.B)",
      [{ A: 1 }, { B: 1 }],
      ["resource.A == 1.0 is never false", "has(resource.B) is never false"],
    ],
    ["a constant has no sides", "has(resource.A) ? resource.A == 1.0 : true", [{ A: 1 }, { A: 2 }, {}], []],
    [
      "the body of a loop",
      "has(resource.L) && resource.L.all(x, x == 1.0 || x == 2.0)",
      [{}, { L: [1, 2] }, { L: [1, 3] }],
      [],
    ],
    [
      "the body of a loop over an empty list",
      "has(resource.L) && resource.L.exists(x, x == 1.0)",
      [{ L: [] }],
      [
        "has(resource.L) is never false",
        "resource.L.exists(x, x == 1.0) is never true",
        "x == 1.0 is never true",
        "x == 1.0 is never false",
      ],
    ],
    [
      "a filter that is counted",
      "has(resource.L) && resource.L.filter(x, x > 1.0).size() > 1",
      [{}, { L: [1, 2, 3] }],
      ["resource.L.filter(x, x > 1.0).size() > 1 is never false"],
    ],
    [
      "loops within loops",
      "has(resource.L) && resource.L.exists(x, x.exists(y, y == 1.0))",
      [{}, { L: [[1], [2]] }, { L: [[]] }],
      [],
    ],
    [
      "parentheses change nothing",
      "((has(resource.A)) && ((resource.A) == (1.0)))",
      [{ A: 2 }],
      ["has(resource.A) is never false", "resource.A == 1.0 is never true"],
    ],
  ])("%s", async (_, text, resources, expected) => {
    expect(
      await untaken(
        text,
        resources.map((properties) => of(properties)),
      ),
    ).toEqual(expected);
  });

  it("is shown where it stands", async () => {
    const text = "has(resource.A)  &&  resource.A == 1.0";
    const sides = await coverCondition({ name: "assert", condition: text }, []);
    expect(
      sides.map(({ stretch }) =>
        text.slice(stretch?.offset, (stretch?.offset ?? 0) + (stretch?.length ?? 0)),
      ),
    ).toEqual(["has(resource.A)", "has(resource.A)", "resource.A == 1.0", "resource.A == 1.0"]);
  });
});

// An interpreter of its own that stops as a reader does, and notes what each question answered.
function walk(
  tree: ConditionTree,
  read: (path: string) => JsonObject[string] | undefined,
  note: (leaf: ConditionTree, answer: boolean) => void,
): boolean {
  if ("all" in tree) return (tree.all as readonly ConditionTree[]).every((part) => walk(part, read, note));
  if ("any" in tree) return (tree.any as readonly ConditionTree[]).some((part) => walk(part, read, note));
  if ("not" in tree) return !walk(tree.not as ConditionTree, read, note);
  const { path, "any-item": inner } = tree as { path: string; "any-item"?: ConditionTree };
  const items = read(path);
  if (inner !== undefined && Array.isArray(items))
    for (const item of items) walk(inner, (within) => valueAt(item as JsonObject, within), note);
  const answer = holds(tree, { read, takenAt: 0 });
  note(tree, answer);
  return answer;
}

const value = fc.constantFrom(null, 1, 2);
const leafOf = (names: readonly string[]): fc.Arbitrary<ConditionTree> =>
  fc.record({ path: fc.constantFrom(...names), equals: fc.constantFrom(1, 2) });
const treeOver = (leaf: fc.Arbitrary<ConditionTree>): fc.Arbitrary<ConditionTree> =>
  fc.letrec<{ tree: ConditionTree }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc.record({ all: fc.array(tie("tree"), { minLength: 1, maxLength: 3 }) }),
      fc.record({ any: fc.array(tie("tree"), { minLength: 1, maxLength: 3 }) }),
      fc.record({ not: tie("tree") }),
    ),
  })).tree;
const itemLeaf = treeOver(leafOf(["x", "y"])).map((inner): ConditionTree => ({
  path: "L",
  "any-item": inner,
}));
const trees = treeOver(fc.oneof(leafOf(["A", "B"]), itemLeaf));
const resources = fc.array(
  fc.record({ A: value, B: value, L: fc.array(fc.record({ x: value, y: value }), { maxLength: 3 }) }),
  { maxLength: 5 },
);

// Replaces the part at a path.
function mutate(tree: ConditionTree, path: readonly (string | number)[], part: ConditionTree): ConditionTree {
  const [step, ...rest] = path;
  if (step === undefined) return part;
  const copy = structuredClone(tree) as Record<string | number, ConditionTree>;
  copy[step] = mutate(copy[step]!, rest, part);
  return copy as unknown as ConditionTree;
}
const constant = (is: boolean): ConditionTree => ({ path: "Nothing", exists: !is });

describe("coverage is exact", () => {
  it("agrees with an interpreter that notes every answer", async () => {
    await fc.assert(
      fc.asyncProperty(trees, resources, async (tree, all) => {
        // Two questions that read alike are told apart by where they stand.
        const seen = new Map<ConditionTree, Set<string>>();
        for (const properties of all)
          walk(
            tree,
            (path) => valueAt(properties, path),
            (leaf, answer) => seen.set(leaf, (seen.get(leaf) ?? new Set()).add(String(answer))),
          );
        const sides = await coverCondition({ name: "assert", condition: tree }, [
          { account: account(), resources: all.map((properties) => of(properties)), params: {} },
        ]);
        for (const { path, when, taken } of sides) {
          const leaf = path.reduce<unknown>(
            (at, step) => (at as Record<string | number, unknown>)[step],
            tree,
          ) as ConditionTree;
          expect(taken).toBe(seen.get(leaf)?.has(when) === true);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("a part of which one side was never taken can be replaced by the other, and no case notices", async () => {
    await fc.assert(
      fc.asyncProperty(trees, resources, async (tree, all) => {
        const made = all.map((properties) => of({ ...properties, Nothing: null }));
        const sides = await coverCondition({ name: "assert", condition: tree }, [
          { account: account(), resources: made, params: {} },
        ]);
        const verdicts = async (condition: ConditionTree): Promise<readonly string[]> => {
          const prepared = await prepareCondition(condition);
          return made.map((one) => prepared.decide(one, { account: account(), params: {} }).kind);
        };
        const original = await verdicts(tree);
        for (const { path, when } of sides.filter(({ taken }) => !taken))
          expect(await verdicts(mutate(tree, path, constant(when === "false")))).toEqual(original);
      }),
      { numRuns: 100 },
    );
  });
});
