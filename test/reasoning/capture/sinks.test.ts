import { expect, it } from "vitest";
import { decideCapture } from "../../../src/reasoning/capture/capture.js";
import { managementEvents } from "../../../src/reasoning/capture/demand.js";
import { sinksOf } from "../../../src/reasoning/capture/sinks.js";
import { storeSink } from "../../../src/reasoning/capture/stores.js";
import { principals } from "../../../src/reasoning/capture/texts.js";
import { account, store } from "./account.js";

it.each([
  ["in a region without CloudTrail Lake, though its home has it", "us-east-1", "mx-central-1", "no"],
  [
    "nowhere from a home without it to a region that has it, as far as Lake itself goes",
    "mx-central-1",
    "eu-west-1",
    "yes",
  ],
  ["in a region that has it", "us-east-1", "eu-west-1", "yes"],
])("a store takes events %s", (_fact, home, region, is) => {
  const one = store({ home });
  expect(storeSink(one, account({ resources: [one] })).covers(region).is).toBe(is);
});

it.each(["Trail", "EventDataStore", "Channel"])(
  "a list of %s that was refused everywhere may hide a sink in every region",
  (type) => {
    const state = account({ resources: [], denied: [[type, "global"]] });
    const hidden = sinksOf(state).filter(({ kind }) => kind === "hidden");
    expect(hidden.map((sink) => sink.covers("eu-west-1").is)).toEqual(["yes"]);
    const events = managementEvents("glacier.amazonaws.com", {
      principals: principals("aws", "111122223333"),
    });
    expect(decideCapture(sinksOf(state), [{ region: "eu-west-1", events }], { delivered: true }).status).toBe(
      "unknown",
    );
  },
);
