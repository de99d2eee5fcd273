import type { JsonSchema } from "../core/json.js";

const text = { type: "string", minLength: 1, maxLength: 500 } as const;
const texts = { type: "array", items: text } as const;
const kebab = {
  type: "string",
  pattern: "^[a-z][a-z0-9]*(-[a-z0-9]+)*$",
  maxLength: 100,
  description: "words in kebab-case",
} as const;
const resourceType = {
  type: "string",
  pattern: "^[A-Za-z0-9]+(::[A-Za-z0-9]+)+$",
  description: "a resource type such as AWS::SNS::Topic",
} as const;
const property = { type: "string", pattern: "^[A-Za-z]\\w*$", description: "a property name" } as const;
const properties = { type: "array", items: property } as const;
const contract = { const: 1 } as const;

const some = { ...texts, minItems: 1 } as const;
const proof = {
  type: "object",
  additionalProperties: false,
  properties: { members: some, roots: some, source: text },
  anyOf: [{ required: ["members"] }, { required: ["roots", "source"] }],
  description:
    "what shows that AWS answered: members of every answer, or the XML roots of one without members, and the source for that",
} as const;
const operation = {
  type: "object",
  additionalProperties: false,
  required: ["service", "name", "proof"],
  properties: {
    service: { type: "string", pattern: "^[a-z][a-z0-9-]*$" },
    name: { type: "string", pattern: "^[A-Za-z]\\w*$" },
    actions: { type: "array", items: { type: "string", pattern: "^[a-z0-9-]+:[A-Za-z*]+$" } },
    proof,
  },
} as const;
const pages = {
  type: "object",
  additionalProperties: false,
  required: ["ask", "answer"],
  properties: { ask: text, answer: text },
} as const;
const places = { enum: ["each-region", "leader"] } as const;

const list = {
  type: "object",
  additionalProperties: false,
  required: ["operation", "at", "properties"],
  properties: {
    operation,
    pages,
    properties,
    notSet: texts,
    unlisted: { type: "object" },
    at: {
      anyOf: [
        places,
        {
          type: "object",
          additionalProperties: false,
          required: ["each"],
          properties: { each: resourceType },
        },
        {
          type: "object",
          additionalProperties: false,
          required: ["where"],
          properties: { where: { type: "array", items: resourceType } },
        },
      ],
    },
  },
} as const;
const read = {
  type: "object",
  additionalProperties: false,
  required: ["operation", "properties"],
  properties: {
    operation,
    pages,
    properties,
    notSet: texts,
    gone: texts,
    at: { enum: ["home", "leader"] },
    after: properties,
  },
} as const;

const shape = {
  description: 'a shape: "leaf", "open", a list with one shape, or shapes by name',
  anyOf: [
    { enum: ["leaf", "open"] },
    { type: "array", minItems: 1, maxItems: 1, items: { $ref: "#/$defs/shape" } },
    { type: "object", additionalProperties: { $ref: "#/$defs/shape" } },
  ],
} as const;

/** What the data of each kind of piece must look like, its functions aside. */
export const pieceSchemas = {
  evaluators: {
    type: "object",
    additionalProperties: false,
    required: ["contract", "id", "summary", "options"],
    properties: { contract, id: kebab, summary: text, options: { type: "object" } },
  },
  reporters: {
    type: "object",
    additionalProperties: false,
    required: ["contract", "id", "summary"],
    properties: { contract, id: kebab, summary: text },
  },
  collectors: {
    $defs: { shape },
    type: "object",
    additionalProperties: false,
    required: ["contract", "type", "summary", "reads", "observed"],
    properties: {
      contract,
      type: resourceType,
      summary: text,
      list,
      reads: { type: "array", items: read },
      observed: properties,
      shapes: { type: "object", additionalProperties: { $ref: "#/$defs/shape" } },
      servedAs: text,
      single: { type: "object", additionalProperties: false, required: ["at"], properties: { at: places } },
      locate: {
        type: "object",
        additionalProperties: false,
        required: ["operation"],
        properties: { operation, gone: texts },
      },
    },
  },
} as const satisfies Record<string, JsonSchema>;

const identity = {
  type: "object",
  additionalProperties: false,
  required: ["id", "account", "region"],
  properties: { id: text, arn: text, account: text, region: { type: "string" } },
} as const;
const found = {
  ...identity,
  required: ["id", "properties"],
  properties: { ...identity.properties, properties: { type: "object" } },
} as const;

const reference = { referencedBy: resourceType, path: { type: "string", pattern: "^[A-Za-z]" } } as const;

/** What the answer of each function must look like. `undefined` counts as null. */
export const answerSchemas = {
  needs: {
    type: "array",
    items: {
      type: "object",
      additionalProperties: false,
      required: ["type", "properties"],
      properties: {
        type: resourceType,
        properties,
        regions: texts,
        only: {
          type: "object",
          additionalProperties: false,
          required: ["referencedBy", "path"],
          properties: {
            ...reference,
            of: {
              type: "object",
              additionalProperties: false,
              required: ["referencedBy", "path"],
              properties: reference,
            },
          },
        },
      },
    },
  },
  review: {
    type: "array",
    items: {
      type: "object",
      additionalProperties: false,
      required: ["code", "path", "message"],
      properties: {
        code: { enum: ["bad-expression", "unknown-property", "unknown-type", "bad-value"] },
        path: { type: "array", items: { type: ["string", "integer"] } },
        offset: { type: "integer", minimum: 0 },
        length: { type: "integer", minimum: 1 },
        message: text,
        hint: text,
      },
    },
  },
  render: { type: "string" },
  input: { type: ["object", "null"] },
  wholeInput: { type: "object" },
  found: { type: "array", items: found },
  single: { ...identity, required: ["id"] },
  properties: { type: ["object", "null"] },
  identity: { anyOf: [identity, { type: "null" }] },
  region: { type: "string", minLength: 1 },
} as const satisfies Record<string, JsonSchema>;

/** What a function may answer. */
export type AnswerKind = keyof typeof answerSchemas;
