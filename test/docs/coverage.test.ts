import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { builtins } from "../../src/run/builtins.js";
import { root } from "../support/run-cli.js";

type Service = {
  readonly service: string;
  readonly statements: readonly { readonly says: string; readonly rules: readonly string[] }[];
};

const services = parse(readFileSync(join(root, "docs/coverage.yaml"), "utf8")) as readonly Service[];
const { coveragePage } = (await import(join(root, "scripts/generate-coverage.mjs"))) as {
  readonly coveragePage: (folder: string) => string;
};
const packs = await builtins.packs();
const ids = new Set((await builtins.rules()).map(({ id }) => id));

describe("docs/coverage.md", () => {
  it("is what docs/coverage.yaml says (else: node scripts/generate-coverage.mjs)", () => {
    expect(readFileSync(join(root, "docs/coverage.md"), "utf8")).toBe(coveragePage(root));
  });

  it.each(services.flatMap(({ statements }) => statements.map(({ says, rules }) => [says, rules] as const)))(
    "%s: each rule ships",
    (_, rules) => {
      expect(rules.length).toBeGreaterThan(0);
      expect(rules.filter((id) => !ids.has(id))).toEqual([]);
    },
  );

  it.each([
    ["S3 Glacier", "glacier-monitoring"],
    ["AWS Elemental MediaPackage", "mediapackage-monitoring"],
  ])("%s: the pack %s holds every rule that a statement names", (service, id) => {
    const held = packs.find((pack) => pack.id === id)?.rules ?? [];
    const statements = services.find((one) => one.service === service)?.statements ?? [];
    const missing = statements.flatMap(({ rules }) => rules).filter((rule) => !held.includes(rule));
    expect([statements.length > 5, missing]).toEqual([true, []]);
  });
});
