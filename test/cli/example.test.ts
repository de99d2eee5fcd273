import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { snapshotErrors } from "../support/report.js";
import { root } from "../support/run-cli.js";

it("the example account is a valid snapshot", () => {
  expect(snapshotErrors(JSON.parse(readFileSync(`${root}examples/account/snapshot.json`, "utf8")))).toBe("");
});
