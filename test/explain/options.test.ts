import { describe, expect, it } from "vitest";
import { describeOptions, explainOptions } from "../../src/explain/options.js";

const schema = {
  type: "object",
  required: ["per"],
  properties: {
    per: { enum: ["account", "region"], description: "What is judged." },
    events: {
      type: "object",
      required: ["source"],
      description: "Which.",
      properties: { source: { type: "string" }, names: { type: "array", items: { type: "string" } } },
    },
    days: { type: "integer", default: 7 },
    when: { $ref: "#/$defs/condition", description: "Only these." },
    strict: { type: "boolean" },
    anything: {},
  },
  $defs: {
    condition: { description: "A condition.", oneOf: [{ type: "string" }, { $ref: "#/$defs/tree" }] },
    tree: { type: "object", properties: { not: { $ref: "#/$defs/tree" } } },
  },
};

describe("the options of a schema", () => {
  it("stand in its order, those within an option behind it, recursion cut", () => {
    expect(
      describeOptions(schema).map(
        ({ name, accepts, required }) => `${name}: ${accepts}${required ? " (required)" : ""}`,
      ),
    ).toEqual([
      "per: account | region (required)",
      "events: mapping",
      "events.source: text (required)",
      "events.names: list of text",
      "days: whole number",
      "when: text | mapping",
      "strict: true | false",
      "anything: anything",
    ]);
  });

  it("have defaults and meanings; what stands beside a reference goes first", () => {
    expect(describeOptions(schema).find(({ name }) => name === "days")?.default).toBe(7);
    expect(describeOptions(schema).find(({ name }) => name === "when")?.meaning).toBe("Only these.");
  });
});

it("a rule's options are told as deep as the schema names them", () => {
  expect(
    explainOptions(
      { per: "region", events: { source: "a.b", more: 1 }, when: { not: { a: 1 } }, other: true },
      schema,
    ),
  ).toEqual([
    { name: "per", value: "region", meaning: "What is judged." },
    { name: "events.source", value: "a.b" },
    { name: "events.more", value: 1 },
    { name: "when", value: { not: { a: 1 } }, meaning: "Only these." },
    { name: "other", value: true },
  ]);
});
