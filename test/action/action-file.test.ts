import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { outputNames } from "../../src/action/run-action.js";
import { inputNames } from "../../src/action/read-inputs.js";
import { root } from "../support/run-cli.js";

type Described = Readonly<
  Record<string, { readonly description?: string; readonly default?: string; readonly required?: boolean }>
>;
const action: {
  readonly inputs: Described;
  readonly outputs: Described;
  readonly runs: { readonly using: string; readonly main: string };
} = parse(readFileSync(join(root, "action.yml"), "utf8"));

it("action.yml declares the inputs that are read and the outputs that are set, each with its meaning", () => {
  expect(Object.keys(action.inputs).sort()).toEqual([...inputNames].sort());
  expect(Object.keys(action.outputs).sort()).toEqual([...outputNames].sort());
  expect(
    [...Object.values(action.inputs), ...Object.values(action.outputs)].filter(
      ({ description = "" }) => description.length < 10,
    ),
  ).toEqual([]);
});

it("docs/github-action.md tells every input and output", () => {
  const page = readFileSync(join(root, "docs/github-action.md"), "utf8");
  expect([...inputNames, ...outputNames].filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});

it("what it runs is built", () => {
  expect(action.runs.using).toBe("node24");
  expect(existsSync(join(root, action.runs.main))).toBe(true);
});
