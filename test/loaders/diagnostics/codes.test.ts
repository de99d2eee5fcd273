import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { diagnosticCodes } from "../../../src/loaders/diagnostics/codes.js";

const root = join(import.meta.dirname, "../../..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const codes = [...diagnosticCodes].sort();

function textOf(folder: string): string {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.(ts|mjs)$/u.test(file) && !file.endsWith("codes.ts"))
    .map((file) => read(join(folder, file)))
    .join("\n");
}

test("every code is documented, and nothing else is", () => {
  const documented = [...read("docs/diagnostics.md").matchAll(/^### (\S+)$/gmu)].map(([, code]) => code);
  expect(documented.sort()).toEqual(codes);
});

test("every code is used", () => {
  const text = ["src", "scripts"].map(textOf).join("\n");
  expect(codes.filter((code) => !text.includes(`"${code}"`))).toEqual([]);
});

test("every code is shown by a test", () => {
  const text = textOf("test");
  expect(codes.filter((code) => !new RegExp(`["(]${code}[ ")]`, "u").test(text))).toEqual([]);
});
