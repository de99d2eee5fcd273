import { expect, it } from "vitest";
import { knownTypes } from "../../src/loaders/known-types.js";
import { builtins } from "../../src/run/builtins.js";

const types = knownTypes(builtins.collectors);

it("shapes are known of every built-in type, and of nothing that is not read", async () => {
  for (const type of types.names) {
    const properties = (await types.propertiesOf(type)) ?? [];
    const shapes = (await types.shapesOf?.(type)) ?? {};
    expect(Object.keys(shapes), type).not.toEqual([]);
    expect(properties, type).toEqual(expect.arrayContaining(Object.keys(shapes)));
  }
});

it("a type that states its own shapes is believed, and one that states none is open", async () => {
  const collector = {
    contract: 1,
    type: "Own::Thing::Type",
    summary: "Things",
    reads: [],
    observed: [],
  } as const;
  const own = knownTypes({
    "Own::Thing::Type": async () => Promise.resolve({ ...collector, shapes: { Settings: { Mode: "leaf" } } }),
    "Own::Other::Type": async () => Promise.resolve(collector),
  });
  expect(await own.shapesOf?.("Own::Thing::Type")).toEqual({ Settings: { Mode: "leaf" } });
  expect(await own.shapesOf?.("Own::Other::Type")).toEqual({});
});
