import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeForecasts } from "../../src/forecasts/merge-forecasts.js";
import { resource, snapshot } from "../support/build.js";

const trail = (validation: boolean) =>
  resource({
    type: "AWS::CloudTrail::Trail",
    id: "audit",
    arn: "arn:aws:cloudtrail:us-east-1:111122223333:trail/audit",
    properties: { EnableLogFileValidation: validation, IsMultiRegionTrail: true },
    observed: { Exists: true },
  });
const world = (stage: string, ...resources: readonly ReturnType<typeof trail>[]) => ({
  given: [`parameter Stage is ${stage}`],
  snapshot: { ...snapshot({ resources }), collected: snapshot({ resources: [trail(true)] }).collected },
});

describe("one state of several", () => {
  it("keeps what all agree about, and says of the rest what decides", () => {
    const { resources } = mergeForecasts([world("prod", trail(true)), world("dev", trail(false))]);
    expect(resources).toEqual([
      {
        ...trail(true),
        properties: { IsMultiRegionTrail: true },
        unreadable: {
          EnableLogFileValidation: { reason: "KnownAfterDeployment", message: "depends on parameter Stage" },
        },
      },
    ]);
  });

  it("reads nothing of what may not be there", () => {
    const { resources } = mergeForecasts([world("prod", trail(true)), world("dev")]);
    expect(resources).toHaveLength(1);
    expect(resources[0]?.properties).toEqual({});
    expect(Object.keys(resources[0]?.unreadable ?? {}).sort()).toEqual([
      "EnableLogFileValidation",
      "Exists",
      "IsMultiRegionTrail",
    ]);
  });

  it("is one state itself where there is one", () => {
    const one = world("prod", trail(true));
    expect(mergeForecasts([one])).toBe(one.snapshot);
    expect(mergeForecasts([one, one]).resources).toEqual(one.snapshot.resources);
  });

  it("does not look at the order", () => {
    const worlds = fc.array(fc.option(fc.boolean()), { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(worlds, (validations) => {
        const all = validations.map((validation, at) =>
          world(at.toString(), ...(validation === null ? [] : [trail(validation)])),
        );
        const [first, ...rest] = all;
        const [last, ...others] = all.toReversed();
        if (first === undefined || last === undefined) return;
        expect(mergeForecasts([last, ...others])).toEqual(mergeForecasts([first, ...rest]));
      }),
    );
  });
});
