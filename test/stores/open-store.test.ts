import { expect, it } from "vitest";
import { openStore } from "../../src/stores/open-store.js";

it.each([
  ["./audits", "./audits"],
  ["s3://reports/security/", "s3://reports/security"],
  ["s3", "s3"],
])("%s is a store", async (location, shown) => {
  expect((await openStore(location)).location).toBe(shown);
});

it.each([
  ["gs://bucket/x", "a store is a folder, or s3://bucket/prefix"],
  ["https://example.com", "a store is a folder"],
  ["", "is empty"],
  ["s3://", "names no bucket"],
  ["S3://bucket", "is no store"],
])("%j is refused, and it is said what a store is", async (location, words) => {
  await expect(openStore(location)).rejects.toThrow(words);
});
