import { expect, it } from "vitest";
import { keepTold, toldChannels } from "../../src/audits/told.js";
import { memoryStore } from "../support/memory-store.js";

it("keeps, run by run, which channels know", async () => {
  const store = memoryStore();
  await keepTold(store, "a", ["webhook SLACK_URL"]);
  expect(await toldChannels(store, "a")).toEqual(["webhook SLACK_URL"]);
  expect(await toldChannels(store, "b")).toEqual([]);
});

it.each(["", "{", "{}", "[1]"])("tells rather twice than never where the file says %j", async (text) => {
  const store = memoryStore(new Map([["work/a/told.json", new TextEncoder().encode(text)]]));
  expect(await toldChannels(store, "a")).toEqual([]);
});
