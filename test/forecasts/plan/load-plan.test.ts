import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readPlan } from "../../../src/forecasts/plan/read-plan.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "plan-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const change = { address: "aws_x.y", type: "aws_x", name: "y", change: { actions: ["create"] } };

test.each<readonly [string, string | Buffer, string]>([
  ["nothing", "", "empty-file"],
  ["no JSON", "resource aws_x y", "json-syntax"],
  ["a plan that was cut off", '{ "format_version": "1.2", "resource_changes": [', "json-syntax"],
  ["a saved plan", Buffer.from([0x50, 0x4b, 3, 4, 0xff, 0xfe, 0]), "not-a-plan"],
  ["other binary data", Buffer.from([0xff, 0xfe, 0x00, 0xd8]), "not-utf8"],
  ["a list", "[]", "not-a-plan"],
  ["another JSON file", '{ "Resources": {} }', "not-a-plan"],
  ["a state", '{ "format_version": "1.0", "values": {} }', "not-a-plan"],
  ["a state file", '{ "version": 4, "lineage": "x" }', "not-a-plan"],
  ["another major version", '{ "format_version": "2.0", "resource_changes": [] }', "plan-version"],
  ["a version that is none", '{ "format_version": "10.0" }', "plan-version"],
  ["changes that are no list", '{ "format_version": "1.2", "resource_changes": {} }', "not-a-plan"],
  [
    "a change without actions",
    JSON.stringify({ format_version: "1.2", resource_changes: [{ ...change, change: {} }] }),
    "not-a-plan",
  ],
])("%s is refused in one line", async (_what, content, code) => {
  const file = join(folder, "plan.json");
  writeFileSync(file, content);
  const read = await readPlan(file);
  expect(read.ok ? [] : read.diagnostics.map((one) => one.code)).toEqual([code]);
  expect(read.ok ? "" : read.diagnostics[0]?.message).not.toMatch(/[\n\r]/u);
});

test("a fault is told with its path", async () => {
  const file = join(folder, "plan.json");
  writeFileSync(
    file,
    JSON.stringify({ format_version: "1.2", resource_changes: [change, { ...change, type: 1 }] }),
  );
  const read = await readPlan(file);
  expect(read).toMatchObject({ diagnostics: [{ message: "resource_changes[1].type is no text" }] });
});

test("a file that is not there is told as such", async () => {
  expect(await readPlan(join(folder, "none.json"))).toMatchObject({
    diagnostics: [{ code: "no-such-file" }],
  });
});

test.each([
  ["a plan without changes", { format_version: "1.2", planned_values: {} }],
  ["a plan of a later minor version with members that nobody knows", { format_version: "1.99", news: [1] }],
])("%s declares nothing, and is no error", async (_what, json) => {
  const file = join(folder, "plan.json");
  writeFileSync(file, JSON.stringify({ resource_changes: [], ...json }));
  expect(await readPlan(file)).toMatchObject({
    ok: true,
    value: { worlds: [{ resources: [], open: [] }], notes: [], files: [file] },
  });
});
