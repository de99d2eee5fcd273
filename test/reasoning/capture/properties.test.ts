import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseSelectors } from "../../../src/languages/event-selector/parse.js";
import { unknownSelector } from "../../../src/languages/event-selector/event-selector.js";
import type { CloudTrailEvent } from "../../../src/languages/event-selector/event-selector.js";
import { decideCapture } from "../../../src/reasoning/capture/capture.js";
import type { CaptureAnswer } from "../../../src/reasoning/capture/capture.js";
import type { EventSet } from "../../../src/reasoning/capture/demand.js";
import type { Sink } from "../../../src/reasoning/capture/sink.js";
import { anyText, everyObject, textsAfter } from "../../../src/reasoning/capture/texts.js";
import { representatives } from "../../../src/reasoning/capture/atoms.js";
import { condition } from "../../../src/languages/event-selector/event-selector.js";
import { doubtful, holding, refuted } from "../../../src/shared/claim.js";
import type { Claim } from "../../../src/shared/claim.js";

// An independent oracle: it reads the raw selectors itself and tries every event over a small alphabet.
type Raw = { readonly Field: string; readonly [operator: string]: string | readonly string[] };
type Spec = {
  readonly id: string;
  readonly running: "yes" | "no" | "unknown";
  readonly delivers: "yes" | "no" | "unknown";
  readonly regions: readonly string[];
  readonly selectors: readonly (readonly Raw[])[] | "unknown";
};
type Concrete = { readonly [field: string]: string | undefined };

const known = [
  "eventCategory",
  "eventName",
  "readOnly",
  "userIdentity.arn",
  "sessionCredentialFromConsole",
  "resources.type",
  "resources.ARN",
  "errorCode",
];
const list = (raw: Raw, operator: string): readonly string[] => (raw[operator] ?? []) as readonly string[];

function rawHolds(raw: Raw, event: Concrete): boolean | undefined {
  if (!known.includes(raw.Field)) return undefined;
  const value = event[raw.Field];
  const positive = [
    ...list(raw, "Equals").map((v) => value === v),
    ...list(raw, "StartsWith").map((v) => value !== undefined && value.slice(0, v.length) === v),
    ...list(raw, "EndsWith").map(
      (v) => value !== undefined && value.length >= v.length && value.slice(value.length - v.length) === v,
    ),
  ];
  const negative = [
    ...list(raw, "NotEquals").map((v) => value === v),
    ...list(raw, "NotStartsWith").map((v) => value !== undefined && value.slice(0, v.length) === v),
    ...list(raw, "NotEndsWith").map(
      (v) => value !== undefined && value.length >= v.length && value.slice(value.length - v.length) === v,
    ),
  ];
  return (positive.length === 0 || positive.includes(true)) && !negative.includes(true);
}

function takes(spec: Spec, event: Concrete): "yes" | "no" | "unknown" {
  if (spec.selectors === "unknown") return "unknown";
  const answers = spec.selectors.map((selector) => {
    const parts = selector.map((raw) => rawHolds(raw, event));
    if (parts.includes(false)) return "no";
    return parts.includes(undefined) ? "unknown" : "yes";
  });
  return answers.includes("yes") ? "yes" : answers.includes("unknown") ? "unknown" : "no";
}

function oracle(
  specs: readonly Spec[],
  events: readonly Concrete[],
  regions: readonly string[],
): CaptureAnswer["status"] {
  let all = true;
  for (const region of regions) {
    for (const event of events) {
      const answers = specs.map((spec) =>
        spec.regions.includes(region) ? [spec.running, spec.delivers, takes(spec, event)] : ["no"],
      );
      const lower = answers.some((parts) => parts.every((part) => part === "yes"));
      const upper = answers.some((parts) => !parts.includes("no"));
      if (!upper) return "not-captured";
      all &&= lower;
    }
  }
  return all ? "captured" : "unknown";
}

const claims: Readonly<Record<Spec["running"], Claim>> = {
  yes: holding,
  no: refuted("off"),
  unknown: doubtful("unreadable", "refused"),
};

function sinkOf({ id, running, delivers, regions, selectors }: Spec): Sink {
  return {
    kind: "trail",
    id,
    ref: id,
    running: claims[running],
    delivery: claims[delivers],
    covers: (region) => (regions.includes(region) ? holding : refuted("elsewhere")),
    selectors:
      selectors === "unknown"
        ? [unknownSelector("refused")]
        : selectors.length === 0
          ? []
          : parseSelectors({ advanced: selectors.map((FieldSelectors) => ({ FieldSelectors })) }),
  };
}

const regions = ["r1", "r2"];
const letters = ["a", "b"];
// All texts over two letters up to length 4, and a third letter that no selector uses: it stands for "anything else".
const shortTexts = (base: string): readonly string[] => {
  let layer = [base];
  const all: string[] = [];
  for (let length = 1; length <= 4; length++) {
    layer = layer.flatMap((text) => [...letters, "z"].map((letter) => text + letter));
    all.push(...layer);
  }
  return all;
};

const literal = fc.stringMatching(/^[ab]{1,2}$/u);
const someOf = (values: fc.Arbitrary<string>): fc.Arbitrary<readonly string[]> =>
  fc.array(values, { maxLength: 2 });
const texts = (Field: string, values: fc.Arbitrary<string>): fc.Arbitrary<Raw> =>
  fc
    .record({
      Equals: someOf(values),
      StartsWith: someOf(values),
      EndsWith: someOf(literal),
      NotEquals: someOf(values),
      NotStartsWith: someOf(values),
      NotEndsWith: someOf(literal),
    })
    .filter((operators) => Object.values(operators).some((one) => one.length > 0))
    .map((operators) => ({ Field, ...operators }));
const readOnly = fc
  .constantFrom("true", "false")
  .map((value): Raw => ({ Field: "readOnly", Equals: [value] }));
const console_ = fc.constantFrom<Raw>(
  { Field: "sessionCredentialFromConsole", Equals: ["true"] },
  { Field: "sessionCredentialFromConsole", NotEquals: ["true"] },
);
const strange = fc.constant<Raw>({ Field: "someNewField", Equals: ["x"] });

function specs(
  category: string,
  conditions: fc.Arbitrary<Raw>,
  fixed: readonly Raw[] = [],
): fc.Arbitrary<readonly Spec[]> {
  const selector = fc
    .array(conditions, { maxLength: 2 })
    .map((raws): readonly Raw[] => [{ Field: "eventCategory", Equals: [category] }, ...fixed, ...raws]);
  const truth = fc.constantFrom(
    "yes" as const,
    "yes" as const,
    "yes" as const,
    "no" as const,
    "unknown" as const,
  );
  const spec = fc.record({
    running: truth,
    delivers: truth,
    regions: fc.constantFrom(regions, regions, ["r1"], ["r2"]),
    selectors: fc.oneof(
      { weight: 8, arbitrary: fc.array(selector, { minLength: 1, maxLength: 3 }) },
      { weight: 1, arbitrary: fc.constant("unknown" as const) },
    ),
  });
  return fc
    .array(spec, { maxLength: 4 })
    .map((list_) => list_.map((one, index) => ({ id: `s${index}`, ...one })));
}

const named: EventSet = {
  category: "Management",
  eventType: "AwsApiCall",
  eventSource: "x.amazonaws.com",
  names: ["aa", "ab", "ba"].map((name) => ({
    name,
    readOnly: name === "ba" ? [true, false] : [name === "aa"],
  })),
  unlisted: [true, false],
  principals: anyText(() => ["q"]),
};
const product = (names: readonly string[], more: readonly Concrete[]): readonly Concrete[] =>
  names.flatMap((eventName) =>
    (eventName === "aa" ? ["true"] : eventName === "ab" ? ["false"] : ["true", "false"]).flatMap((value) =>
      more.map((rest) => ({ eventCategory: "Management", eventName, readOnly: value, ...rest })),
    ),
  );

const decide = (sinks: readonly Sink[], set: EventSet, delivered = true): CaptureAnswer =>
  decideCapture(
    sinks,
    regions.map((region) => ({ region, events: [set] })),
    { delivered },
  );
const byName = specs(
  "Management",
  fc.oneof(texts("eventName", literal), texts("eventName", literal), readOnly, console_, strange),
);
const consoles = [{}, { sessionCredentialFromConsole: "true" }];

describe("the decision agrees with trying every event", () => {
  it("over names, accesses and consoles, in the open world", () => {
    const events = product([...new Set(["aa", "ab", "ba", ...shortTexts("")])], consoles);
    fc.assert(
      fc.property(byName, (list_) => {
        expect(decide(list_.map(sinkOf), named).status).toBe(oracle(list_, events, regions));
      }),
      { numRuns: 400 },
    );
  });

  it("over names and accesses, in the closed world", () => {
    const events = product(["aa", "ab", "ba"], consoles);
    fc.assert(
      fc.property(byName, (list_) => {
        expect(decide(list_.map(sinkOf), { ...named, unlisted: [] }).status).toBe(
          oracle(list_, events, regions),
        );
      }),
      { numRuns: 600 },
    );
  });

  it("over principals, one of whom may be missing", () => {
    const events = product(
      ["aa", "ba"],
      [{}, ...["", ...shortTexts("")].map((arn) => ({ "userIdentity.arn": arn }))],
    );
    const one = { ...named, names: named.names.filter(({ name }) => name !== "ab"), unlisted: [] };
    fc.assert(
      fc.property(
        specs(
          "Management",
          fc.oneof(texts("userIdentity.arn", literal), texts("userIdentity.arn", literal), readOnly),
        ),
        (list_) => {
          expect(decide(list_.map(sinkOf), one).status).toBe(oracle(list_, events, regions));
        },
      ),
      { numRuns: 400 },
    );
  });

  it("over every object of one bucket", () => {
    const base = "arn:aws:s3:::a/";
    const arn = fc.oneof(
      literal.map((key) => base + key),
      fc.constantFrom(base, "arn:aws:s3:::a", "arn:aws:s3:::", "arn:aws:s3:::b", "arn:aws:s3"),
    );
    const type: Raw = { Field: "resources.type", Equals: ["AWS::S3::Object"] };
    const events = shortTexts(base).flatMap((value) =>
      ["true", "false"].map((access) => ({
        eventCategory: "Data",
        eventName: "GetObject",
        readOnly: access,
        "resources.type": "AWS::S3::Object",
        "resources.ARN": value,
      })),
    );
    const set: EventSet = {
      ...named,
      category: "Data",
      names: [{ name: "GetObject", readOnly: [true, false] }],
      unlisted: [],
      resource: { type: "AWS::S3::Object", arns: textsAfter(base, ["object"]) },
    };
    fc.assert(
      fc.property(
        specs("Data", fc.oneof(texts("resources.ARN", arn), texts("resources.ARN", arn), readOnly), [type]),
        (list_) => {
          expect(decide(list_.map(sinkOf), set).status).toBe(oracle(list_, events, regions));
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("the text of every object, under S3's naming rules", () => {
  const set = everyObject("aws");
  const base = "arn:aws:s3:::";
  const first = Array.from("abcdefghijklmnopqrstuvwxyz0123456789");
  it("prefixes for every first letter leave nothing out", () => {
    const conditions = [condition("resources.ARN", { StartsWith: first.map((letter) => base + letter) })];
    expect(
      representatives(conditions, set).every((arn) => first.some((letter) => arn.startsWith(base + letter))),
    ).toBe(true);
  });
  it("one letter short, a bucket of that letter is found, and it is a legal one", () => {
    const conditions = [
      condition("resources.ARN", {
        StartsWith: first.filter((letter) => letter !== "q").map((letter) => base + letter),
      }),
    ];
    const [found] = representatives(conditions, set).filter((arn) => arn.startsWith(`${base}q`));
    expect(found).toMatch(/^arn:aws:s3:::q[a-z0-9-]{2,}\/.+$/u);
  });
  it("where every longer name is listed, the bucket of exactly that name is found", () => {
    const literals = [...first, "-", "."].map((letter) => `${base}prod${letter}`);
    const conditions = [
      condition("resources.ARN", { StartsWith: literals, NotStartsWith: [] }),
      condition("resources.ARN", { NotStartsWith: [`${base}prod`] }),
    ];
    expect(representatives(conditions, set).some((arn) => arn.startsWith(`${base}prod/`))).toBe(true);
  });
});

describe("the text that nothing lists", () => {
  it.each([["UnlistedEvent"], ["UnlistedEvent", "UnlistedEventa"]])(
    "is another one where %s is taken",
    (...taken) => {
      const found = representatives(
        [condition("eventName", { Equals: taken })],
        anyText(() => ["UnlistedEvent"]),
      );
      expect(found.filter((text) => !taken.includes(text))).toHaveLength(1);
      expect(found).toEqual(expect.arrayContaining(taken));
    },
  );
});

describe("what a change may do", () => {
  const rank = { "not-captured": 0, unknown: 1, "too-complex": 1, captured: 2 } satisfies Record<
    CaptureAnswer["status"],
    number
  >;
  const settings = { numRuns: 250 };

  it("adding a sink never un-captures", () => {
    fc.assert(
      fc.property(byName, byName, (some, more) => {
        expect(rank[decide([...some, ...more].map(sinkOf), named).status]).toBeGreaterThanOrEqual(
          rank[decide(some.map(sinkOf), named).status],
        );
      }),
      settings,
    );
  });

  it("adding a selector never un-captures", () => {
    fc.assert(
      fc.property(byName, (some) => {
        const more = some.map((spec) =>
          spec.selectors === "unknown"
            ? spec
            : {
                ...spec,
                selectors: [
                  ...spec.selectors,
                  [
                    { Field: "eventCategory", Equals: ["Management"] },
                    { Field: "readOnly", Equals: ["true"] },
                  ],
                ],
              },
        );
        expect(rank[decide(more.map(sinkOf), named).status]).toBeGreaterThanOrEqual(
          rank[decide(some.map(sinkOf), named).status],
        );
      }),
      settings,
    );
  });

  it("splitting selectors into read and write halves, duplicating a trail and permuting lists change nothing", () => {
    fc.assert(
      fc.property(byName, (some) => {
        const halves = some.map((spec) =>
          spec.selectors === "unknown"
            ? spec
            : {
                ...spec,
                selectors: spec.selectors.flatMap((selector) =>
                  ["true", "false"].map((value) => [...selector, { Field: "readOnly", Equals: [value] }]),
                ),
              },
        );
        const permuted = [...some].reverse().map((spec) =>
          spec.selectors === "unknown"
            ? spec
            : {
                ...spec,
                selectors: [...spec.selectors].reverse().map((selector) => [...selector].reverse()),
              },
        );
        const before = decide(some.map(sinkOf), named).status;
        for (const changed of [halves, permuted, [...some, ...some]])
          expect(decide(changed.map(sinkOf), named).status).toBe(before);
      }),
      settings,
    );
  });

  it("settling what is unknown never flips a definite answer", () => {
    const settle = (truth: Spec["running"], to: "yes" | "no"): Spec["running"] =>
      truth === "unknown" ? to : truth;
    fc.assert(
      fc.property(
        byName,
        fc.constantFrom("yes" as const, "no" as const),
        fc.constantFrom("yes" as const, "no" as const),
        (some, running, delivers) => {
          const before = decide(some.map(sinkOf), named).status;
          const after = some.map((spec) => ({
            ...spec,
            running: settle(spec.running, running),
            delivers: settle(spec.delivers, delivers),
          }));
          if (before !== "unknown") expect(decide(after.map(sinkOf), named).status).toBe(before);
        },
      ),
      settings,
    );
  });

  it("a proof captures by itself, and without any of its sinks no more", () => {
    fc.assert(
      fc.property(byName, (some) => {
        const answer = decide(some.map(sinkOf), named);
        if (answer.status !== "captured") return;
        for (const { region, sinks } of answer.proof) {
          const again = (used: readonly Sink[]): string =>
            decideCapture(used, [{ region, events: [named] }], { delivered: true }).status;
          expect(again(sinks)).toBe("captured");
          for (const sink of sinks)
            expect(again(sinks.filter((other) => other !== sink))).not.toBe("captured");
        }
      }),
      settings,
    );
  });
});

describe("size", () => {
  it("hundreds of prefixes and suffixes do not multiply", () => {
    const many = (letter: string): readonly string[] =>
      Array.from({ length: 250 }, (_, index) => `${letter}${index}`);
    const selectors = Array.from({ length: 5 }, (_, index): readonly Raw[] => [
      { Field: "eventCategory", Equals: ["Management"] },
      { Field: "eventName", NotStartsWith: many(`p${index}`), NotEndsWith: many(`s${index}`) },
      { Field: "userIdentity.arn", NotStartsWith: many(`u${index}`), NotEndsWith: many(`v${index}`) },
    ]);
    const spec: Spec = { id: "s", running: "yes", delivers: "yes", regions, selectors };
    const answer = decide([sinkOf(spec)], named);
    const missed: CloudTrailEvent | undefined =
      answer.status === "not-captured" ? answer.missed.event : undefined;
    // One event name or principal can hit one prefix and one suffix each, so that four of the five selectors can be failed.
    expect([answer.status, missed]).toEqual(["captured", undefined]);
  });
});
