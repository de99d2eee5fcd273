import { expect, it } from "vitest";
import { membersText, witnessText } from "../../../src/shared/text/witness-text.js";

it.each([
  [
    "an event reads as a sentence",
    { eventSource: "glacier.amazonaws.com", eventName: "CreateVault", region: "eu-west-1", readOnly: false },
    "CreateVault (write) of glacier.amazonaws.com in eu-west-1",
  ],
  [
    "what else is known of an event follows",
    { eventName: "GetObject", readOnly: true, resource: "arn:aws:s3:::b/k", kind: "undelivered" },
    "GetObject (read); kind: undelivered, resource: arn:aws:s3:::b/k",
  ],
  ["anything else is listed", { alarm: "a", broken: ["x", 1] }, 'alarm: a, broken: ["x",1]'],
  [
    "null members of an event are left out of the sentence",
    { eventName: "CreateVault", region: null },
    "CreateVault",
  ],
])("%s", (_title, witness, expected) => {
  expect(witnessText(witness)).toBe(expected);
});

it("members are sorted, so that the same object gives the same text", () => {
  expect(membersText({ b: 1, a: true })).toBe(membersText({ a: true, b: 1 }));
});
