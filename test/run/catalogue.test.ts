import { describe, expect, it } from "vitest";
import { catalogue, filterCatalogue } from "../../src/run/catalogue.js";
import type { CatalogueEntry } from "../../src/run/catalogue.js";

const entry = (id: string, part: Partial<CatalogueEntry> = {}): CatalogueEntry => ({
  id,
  summary: `About ${id}`,
  from: "built-in",
  ...part,
});
const entries = [
  entry("cloudtrail.a", {
    service: "cloudtrail",
    severity: "low",
    frameworks: ["cis-aws-5.0.0", "nist-800-53-r5"],
  }),
  entry("s3.b", { service: "s3", severity: "high", frameworks: ["cis-aws-3.0.0"] }),
  entry("json"),
];

describe("a list is narrowed", () => {
  it.each([
    ["by service", { service: "S3" }, ["s3.b"]],
    ["by severity", { severity: "low" }, ["cloudtrail.a"]],
    ["by a framework in any version", { framework: "cis-aws" }, ["cloudtrail.a", "s3.b"]],
    ["by a framework in one version", { framework: "cis-aws-3.0.0" }, ["s3.b"]],
    ["not by half a word of a framework", { framework: "cis-a" }, []],
    ["by words that all stand in id or summary", { words: ["ABOUT", "cloudtrail"] }, ["cloudtrail.a"]],
    ["by all conditions at once", { framework: "cis-aws", severity: "high" }, ["s3.b"]],
    ["by nothing", {}, ["cloudtrail.a", "s3.b", "json"]],
  ] as const)("%s", (_, filter, expected) => {
    expect(filterCatalogue(entries, filter).map(({ id }) => id)).toEqual(expected);
  });
});

it("built-in rules say their service and frameworks, collectors their service", async () => {
  expect((await catalogue("rules")).find(({ id }) => id === "cloudtrail.log-file-validation")).toMatchObject({
    service: "cloudtrail",
    from: "built-in",
    frameworks: ["cis-aws-5.0.0", "cis-aws-foundations-3.0.0", "cis-aws-foundations-5.0.0", "nist-800-53-r5"],
  });
  expect((await catalogue("collectors")).find(({ id }) => id === "AWS::CloudTrail::Trail")).toMatchObject({
    service: "cloudtrail",
  });
});
