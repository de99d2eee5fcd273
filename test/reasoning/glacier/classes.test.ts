import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../../src/core/json.js";
import type { Resource } from "../../../src/core/resource.js";
import type { Truth } from "../../../src/shared/truth.js";
import { glacierStorageTypes, holdsGlacierClasses } from "../../../src/reasoning/glacier/classes.js";
import { account, resource } from "../../support/build.js";

/** A value, or "unreadable" or "not-collected". */
type Sign = JsonValue;
type Row = {
  readonly lifecycle?: Sign;
  readonly tiering?: Sign;
  readonly series?: readonly string[];
  readonly denied?: boolean;
  readonly region?: string;
};

function bucket({ lifecycle = null, tiering = null, region = "us-east-1" }: Row): Resource {
  const signs = Object.entries({
    LifecycleConfiguration: lifecycle,
    IntelligentTieringConfigurations: tiering,
  });
  const unreadable = Object.fromEntries(
    signs.flatMap(([name, sign]) => (sign === "unreadable" ? [[name, { reason: "AccessDenied" }]] : [])),
  );
  return resource({
    type: "AWS::S3::Bucket",
    id: "b",
    region,
    properties: Object.fromEntries(
      signs.filter(([, sign]) => sign !== "unreadable" && sign !== "not-collected"),
    ),
    unreadable,
  });
}

const dimensions = (name: string, type: string): JsonObject => ({
  Dimensions: [
    { Name: "BucketName", Value: name },
    { Name: "StorageType", Value: type },
  ],
});

function holds(row: Row, classes?: "any" | "restored"): Truth {
  const series = (row.series ?? []).map((type, at) =>
    resource({ type: "AWS::S3::StorageMetric", id: `s${at}`, properties: dimensions("b", type) }),
  );
  const others = [
    resource({
      type: "AWS::S3::StorageMetric",
      id: "other",
      properties: dimensions("b-other", "GlacierStorage"),
    }),
  ];
  const gaps =
    row.denied === true
      ? [
          {
            account: "111122223333",
            type: "AWS::S3::StorageMetric",
            region: "us-east-1",
            reason: "AccessDenied",
          },
        ]
      : [];
  const target = bucket(row);
  return holdsGlacierClasses(account({ resources: [target, ...series, ...others], gaps }), target, classes)
    .is;
}

const rule = (Status: string, members: JsonObject): JsonObject => ({ Rules: [{ Status, ...members }] });
const to = (StorageClass: string): JsonObject => ({ Transitions: [{ StorageClass }] });

describe("a bucket with Glacier-class objects", () => {
  it.each<readonly [string, Row, Truth]>([
    ["no sign of it", {}, "no"],
    ["a rule to GLACIER", { lifecycle: rule("Enabled", to("GLACIER")) }, "yes"],
    ["a rule to DEEP_ARCHIVE", { lifecycle: rule("Enabled", to("DEEP_ARCHIVE")) }, "yes"],
    ["a rule to GLACIER_IR", { lifecycle: rule("Enabled", to("GLACIER_IR")) }, "yes"],
    [
      "a rule for noncurrent versions",
      { lifecycle: rule("Enabled", { NoncurrentVersionTransitions: [{ StorageClass: "GLACIER" }] }) },
      "yes",
    ],
    [
      "CloudFormation's singular transition",
      { lifecycle: rule("Enabled", { Transition: { StorageClass: "GLACIER" } }) },
      "yes",
    ],
    [
      "CloudFormation's singular transition, of old versions",
      {
        lifecycle: rule("Enabled", {
          NoncurrentVersionTransition: { StorageClass: "GLACIER", TransitionInDays: 1 },
        }),
      },
      "yes",
    ],
    ["a disabled rule", { lifecycle: rule("Disabled", to("GLACIER")) }, "no"],
    ["a rule to another class", { lifecycle: rule("Enabled", to("STANDARD_IA")) }, "no"],
    ["a rule that only expires", { lifecycle: rule("Enabled", { ExpirationInDays: 30 }) }, "no"],
    ["rules of a shape that nobody knows", { lifecycle: { Rules: "all" } }, "unknown"],
    [
      "Intelligent-Tiering with an archive tier",
      { tiering: [{ Status: "Enabled", Tierings: [{ AccessTier: "ARCHIVE_ACCESS", Days: 90 }] }] },
      "yes",
    ],
    [
      "a disabled one",
      { tiering: [{ Status: "Disabled", Tierings: [{ AccessTier: "ARCHIVE_ACCESS", Days: 90 }] }] },
      "no",
    ],
    ["bytes of DeepArchiveStorage", { series: ["DeepArchiveStorage"] }, "yes"],
    ["bytes of another class", { series: ["StandardStorage", "StandardIAStorage"] }, "no"],
    ["a lifecycle that may not be read", { lifecycle: "unreadable" }, "unknown"],
    ["a lifecycle that was not asked for", { lifecycle: "not-collected" }, "unknown"],
    [
      "one that may not be read, beside bytes that are counted",
      { lifecycle: "unreadable", series: ["GlacierStorage"] },
      "yes",
    ],
    ["a refused list of metrics", { denied: true }, "unknown"],
    [
      "a refused list of metrics beside a rule",
      { denied: true, lifecycle: rule("Enabled", to("GLACIER")) },
      "yes",
    ],
    ["a region that is not looked at", { region: "sa-east-1" }, "unknown"],
  ])("%s", (_, row, expected) => {
    expect(holds(row)).toBe(expected);
  });

  it.each([
    ["GLACIER needs a restore", { lifecycle: rule("Enabled", to("GLACIER")) }, "yes"],
    ["GLACIER_IR needs none", { lifecycle: rule("Enabled", to("GLACIER_IR")) }, "no"],
    [
      "nor do bytes of instant retrieval",
      { series: ["GlacierInstantRetrievalStorage", "GlacierIRSizeOverhead"] },
      "no",
    ],
    [
      "archive tiers do",
      { tiering: [{ Status: "Enabled", Tierings: [{ AccessTier: "DEEP_ARCHIVE_ACCESS", Days: 180 }] }] },
      "yes",
    ],
  ] as const)("%s", (_, row, expected) => {
    expect(holds(row, "restored")).toBe(expected);
  });

  const lifecycles = fc.oneof(
    fc.constantFrom<Sign>(null, "unreadable", "not-collected"),
    fc
      .record({
        status: fc.constantFrom("Enabled", "Disabled"),
        target: fc.constantFrom("GLACIER", "STANDARD_IA", "DEEP_ARCHIVE"),
      })
      .map(({ status, target }) => rule(status, to(target))),
  );
  const tierings = fc.constantFrom<Sign>(null, "unreadable", [
    { Status: "Enabled", Tierings: [{ AccessTier: "ARCHIVE_ACCESS", Days: 90 }] },
  ]);
  const rows = fc.record({
    lifecycle: lifecycles,
    tiering: tierings,
    series: fc.subarray(["StandardStorage", ...glacierStorageTypes.slice(0, 3)]),
    denied: fc.boolean(),
  });

  it("is yes if one sign is, no if all were read and none is, unknown otherwise", () => {
    fc.assert(
      fc.property(rows, (row) => {
        const alone = [
          holds({ lifecycle: row.lifecycle }),
          holds({ tiering: row.tiering }),
          holds({ series: row.series, denied: row.denied }),
        ];
        const expected = alone.includes("yes") ? "yes" : alone.includes("unknown") ? "unknown" : "no";
        expect(holds(row)).toBe(expected);
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  it("learning what could not be read never turns a definite answer round", () => {
    fc.assert(
      fc.property(rows, lifecycles, tierings, (row, lifecycle, tiering) => {
        const before = holds(row);
        const learned = {
          ...row,
          denied: false,
          ...(row.lifecycle === "unreadable" || row.lifecycle === "not-collected" ? { lifecycle } : {}),
          ...(row.tiering === "unreadable" ? { tiering } : {}),
        };
        if (before === "yes") expect(holds(learned)).toBe("yes");
        if (before === "no") expect(holds(learned)).toBe("no");
      }),
      { numRuns: 300, seed: 7 },
    );
  });
});
