import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { completeness, type Slice, type Slices } from "../../../src/reasoning/firing/slices.js";

const endpoints = { OriginEndpoint: [["hls"], ["dash", "guid-dash"]] };
const requests = { RequestType: [["manifest"], ["segment"]] };
const both: Slices = { ...endpoints, ...requests };

describe("slices together", () => {
  it.each<[string, readonly Slice[], Slices, ReturnType<typeof completeness>]>([
    [
      "every endpoint, by whichever name",
      [{ OriginEndpoint: "guid-dash" }, { OriginEndpoint: "hls" }],
      endpoints,
      { isWhole: true },
    ],
    [
      "one endpoint of two",
      [{ OriginEndpoint: "hls" }],
      both,
      { isWhole: false, missing: { OriginEndpoint: "dash" } },
    ],
    [
      "both types of request, whatever the endpoints",
      [{ RequestType: "manifest" }, { RequestType: "segment" }],
      both,
      { isWhole: true },
    ],
    [
      "one endpoint whole, the other by type",
      [
        { OriginEndpoint: "hls" },
        { OriginEndpoint: "dash", RequestType: "manifest" },
        { OriginEndpoint: "dash", RequestType: "segment" },
      ],
      both,
      { isWhole: true },
    ],
    [
      "manifests everywhere, segments of one endpoint only",
      [{ RequestType: "manifest" }, { OriginEndpoint: "hls", RequestType: "segment" }],
      both,
      { isWhole: false, missing: { OriginEndpoint: "dash", RequestType: "segment" } },
    ],
    [
      "a value that is none of the parts",
      [{ OriginEndpoint: "hls" }, { OriginEndpoint: "old" }],
      endpoints,
      { isWhole: false, missing: { OriginEndpoint: "dash" } },
    ],
    ["a dimension whose parts are not known", [{ Host: "a" }], {}, { isWhole: false }],
    ["a dimension without parts", [{ OriginEndpoint: "hls" }], { OriginEndpoint: [] }, { isWhole: false }],
    ["a series for each part", [{}], {}, { isWhole: true }],
    ["no slice", [], endpoints, { isWhole: false, missing: { OriginEndpoint: "hls" } }],
  ])("%s", (_title, ...[seen, slices, expected]) => {
    expect(completeness(seen, slices)).toEqual(expected);
  });

  const slice = fc.record(
    {
      OriginEndpoint: fc.constantFrom("hls", "dash", "guid-dash", "old"),
      RequestType: fc.constantFrom("manifest", "segment"),
    },
    { requiredKeys: [] },
  );

  it("are whole exactly if every endpoint and type of request is seen, whether the whole is cut or not", () => {
    const requested = both["OriginEndpoint"]!.flatMap((names) =>
      both["RequestType"]!.map(([type = ""]) => ({ names, type })),
    );
    fc.assert(
      fc.property(fc.array(slice, { minLength: 1, maxLength: 6 }), (seen) => {
        const isSeen = ({ names, type }: (typeof requested)[number]): boolean =>
          seen.some(
            (one) =>
              (one.OriginEndpoint === undefined || names.includes(one.OriginEndpoint)) &&
              (one.RequestType === undefined || one.RequestType === type),
          );
        expect(completeness(seen, both).isWhole).toBe(requested.every(isSeen));
      }),
    );
  });

  it("see no less with one more of them", () => {
    fc.assert(
      fc.property(
        fc.array(slice, { maxLength: 5 }),
        slice,
        (seen, more) => !completeness(seen, both).isWhole || completeness([...seen, more], both).isWhole,
      ),
    );
  });
});
