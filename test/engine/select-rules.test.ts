import { describe, expect, it } from "vitest";
import type { Rule } from "../../src/core/rule.js";
import { selectRules } from "../../src/engine/select-rules.js";
import type { Selection } from "../../src/engine/select-rules.js";

const rule = (id: string, template = false): Rule => ({
  id,
  title: id,
  severity: "low",
  evaluator: "fake",
  ...(template ? { template } : {}),
});
const known = [
  rule("s3.logging"),
  rule("cloudtrail.kms"),
  rule("cloudtrail.any"),
  rule("alarm.custom", true),
];
const packs = [
  { id: "trail", title: "Trail", rules: ["cloudtrail.*"] },
  {
    id: "cis",
    title: "CIS",
    controls: { "3.1": { title: "Trails", rules: ["cloudtrail.any", "s3.logging"] } },
  },
];
const select = (part: Partial<Selection>): { ids: readonly string[]; missed: readonly object[] } => {
  const { rules, missed } = selectRules({ known, packs, own: [], packNames: [], globs: [], ...part });
  return { ids: rules.map(({ id }) => id), missed };
};

describe("selecting rules", () => {
  it.each<[string, Partial<Selection>, readonly string[]]>([
    [
      "everything that is no template, sorted, when nothing is named",
      {},
      ["cloudtrail.any", "cloudtrail.kms", "s3.logging"],
    ],
    ["a pack's rules by pattern", { packNames: ["trail"] }, ["cloudtrail.any", "cloudtrail.kms"]],
    ["a framework pack's rules by control", { packNames: ["cis"] }, ["cloudtrail.any", "s3.logging"]],
    [
      "several packs, each rule once",
      { packNames: ["cis", "trail"] },
      ["cloudtrail.any", "cloudtrail.kms", "s3.logging"],
    ],
    ["own rules alone when there are some", { own: [rule("my.rule")] }, ["my.rule"]],
    [
      "own rules beside packs",
      { own: [rule("my.rule")], packNames: ["cis"] },
      ["cloudtrail.any", "my.rule", "s3.logging"],
    ],
    ["a glob narrows", { globs: ["cloudtrail.*"] }, ["cloudtrail.any", "cloudtrail.kms"]],
    ["several globs add up", { globs: ["*.kms", "s3.*"] }, ["cloudtrail.kms", "s3.logging"]],
    [
      "a template never, not even by name",
      { globs: ["*"] },
      ["cloudtrail.any", "cloudtrail.kms", "s3.logging"],
    ],
  ])("takes %s", (_, part, ids) => {
    expect(select(part)).toEqual({ ids, missed: [] });
  });

  it.each<[string, Partial<Selection>, readonly object[]]>([
    ["a glob without a match", { globs: ["cloudtrial.*", "s3.*"] }, [{ kind: "rule", name: "cloudtrial.*" }]],
    [
      "a glob that only matches outside the base",
      { packNames: ["trail"], globs: ["s3.logging"] },
      [{ kind: "rule", name: "s3.logging" }],
    ],
    ["an unknown pack", { packNames: ["trial"] }, [{ kind: "pack", name: "trial" }]],
    ["a template by name", { globs: ["alarm.custom"] }, [{ kind: "template", name: "alarm.custom" }]],
  ])("reports %s", (_, part, missed) => {
    expect(select(part).missed).toEqual(missed);
  });
});
