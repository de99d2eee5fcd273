import { questionNames } from "./tree.js";

const value = { description: "Any JSON value." };
const list = { type: "array", minItems: 1 };
const number = { type: "number" };
const flag = { type: "boolean" };
const duration = {
  type: "string",
  pattern: "^[0-9]+[mhd]$",
  description: "Minutes, hours or days before the state was read: 30m, 24h, 7d.",
};
const tree = { $ref: "#/$defs/tree" };

const operands: Readonly<Record<string, object>> = {
  equals: value,
  "not-equals": value,
  in: list,
  "not-in": list,
  contains: value,
  like: { type: "string", description: "Text in which * stands for any run of characters." },
  matches: {
    type: "string",
    minLength: 1,
    maxLength: 200,
    description:
      "A regular expression that is found in the text: ^ $ . ? * + {n} [ ] | \\d \\s \\w, no parentheses.",
  },
  "at-least": number,
  "at-most": number,
  exists: flag,
  "is-empty": flag,
  "younger-than": duration,
  "older-than": duration,
  "any-item": tree,
  "every-item": tree,
};

/** The `$defs` of a condition, for the schema of an evaluator's options: refer to `#/$defs/condition`. */
export const conditionDefinitions = {
  condition: {
    description: "An expression (CEL), or a tree of operators.",
    oneOf: [{ type: "string", minLength: 1 }, tree],
  },
  tree: {
    type: "object",
    oneOf: [
      {
        required: ["all"],
        additionalProperties: false,
        properties: { all: { type: "array", minItems: 1, items: tree } },
      },
      {
        required: ["any"],
        additionalProperties: false,
        properties: { any: { type: "array", minItems: 1, items: tree } },
      },
      { required: ["not"], additionalProperties: false, properties: { not: tree } },
      {
        required: ["path"],
        minProperties: 2,
        maxProperties: 2,
        additionalProperties: false,
        properties: {
          path: {
            type: "string",
            pattern: "^(\\.|[A-Za-z0-9_-]+(\\.[A-Za-z0-9_:-]+)*)$",
            description: "A property, or a dotted path into it; . is the item itself.",
          },
          ...Object.fromEntries(questionNames.map((name) => [name, operands[name] ?? value])),
        },
      },
    ],
  },
} as const;
