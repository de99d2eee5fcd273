import type { FromSchema } from "json-schema-to-ts";
import type { Account } from "../../core/account.js";
import { defineEvaluator } from "../../core/evaluator.js";
import type { KnownTypes, OptionProblem } from "../../core/evaluator.js";
import type { Judgement } from "../../core/judgement.js";
import type { Need } from "../../core/need.js";
import { judgeCounted, judgeEvery } from "../../reasoning/condition/assert-quantifiers.js";
import type { Bounds, Demand } from "../../reasoning/condition/assert-quantifiers.js";
import { judgeRegions } from "../../reasoning/condition/assert-regions.js";
import { identityNames, prepareCondition } from "../../reasoning/condition/condition.js";
import type { ConditionOption } from "../../reasoning/condition/condition.js";
import { conditionDefinitions } from "../../reasoning/condition/schema.js";
import { propertyOf } from "../../reasoning/condition/tree.js";
import { placeholdersOf } from "../../reasoning/condition/fill-message.js";
import {
  reviewCondition,
  reviewedType,
  reviewMessage,
  reviewType,
} from "../../reasoning/condition/review-condition.js";

const plainOptions = {
  type: "object",
  additionalProperties: false,
  required: ["for", "assert"],
  properties: {
    for: { type: "string", minLength: 1, description: "The resource type, such as AWS::CloudTrail::Trail." },
    noun: {
      type: "string",
      minLength: 1,
      description: "What a resource of the type is called in a sentence, such as trail.",
    },
    where: { description: "Only these resources are concerned." },
    assert: { description: "What must hold." },
    quantifier: {
      enum: ["every", "some", "none", "count"],
      default: "every",
      description: "every: one finding per resource. The others: one finding about the account.",
    },
    "at-least": { type: "integer", minimum: 0, description: "With quantifier count." },
    "at-most": { type: "integer", minimum: 0, description: "With quantifier count." },
    absence: {
      enum: ["not-applicable", "fail"],
      default: "not-applicable",
      description: "What having no such resource means.",
    },
    per: {
      enum: ["account", "region"],
      default: "account",
      description:
        "region: one finding per region, about the resources there; absence is then judged for each region.",
    },
    "served-as": {
      type: "string",
      minLength: 1,
      description: "With per region: regions that do not offer this service are not judged, such as macie2.",
    },
    message: {
      type: "string",
      minLength: 1,
      description: "Said when it fails; {id}, {arn}, {region} and {Property.path} are filled in.",
    },
    params: { type: "object", description: "Values that expressions see as params." },
  },
} as const;

const options = {
  ...plainOptions,
  $defs: conditionDefinitions,
  properties: {
    ...plainOptions.properties,
    where: { $ref: "#/$defs/condition" },
    assert: { $ref: "#/$defs/condition" },
  },
  if: { required: ["quantifier"], properties: { quantifier: { const: "count" } } },
  then: { anyOf: [{ required: ["at-least"] }, { required: ["at-most"] }] },
  else: { properties: { "at-least": false, "at-most": false } },
} as const;

/** The conditions are recursive, which types cannot follow; the schema has checked them. */
type AssertOptions = Omit<
  FromSchema<typeof plainOptions, { keepDefaultedPropertiesOptional: true }>,
  "where" | "assert" | "params"
> & {
  readonly where?: ConditionOption;
  readonly assert: ConditionOption;
  readonly params?: ConditionParams;
};
type ConditionParams = Demand["context"]["params"];

/** Resources of one type meet a condition: every one, some, none, or a number of them. */
export const assert = defineEvaluator<AssertOptions, Promise<readonly Need[]>, Promise<readonly Judgement[]>>(
  {
    id: "assert",
    summary: "Resources of one type meet a condition: every one, some, none, or a number of them.",
    options,
    review,
    needs: async (given) => [
      {
        type: given.for,
        properties: (await propertiesOf(given)).filter((name) => !identityNames.includes(name)),
      },
    ],
    evaluate: async (account, given) => {
      const demand = await demandOf(account, given);
      const bounds = boundsOf(given);
      const { per, "served-as": servedAs } = given;
      if (per === "region")
        return judgeRegions(account, { demand, bounds, ...(servedAs === undefined ? {} : { servedAs }) });
      return bounds === undefined ? judgeEvery(account, demand) : [judgeCounted(account, demand, bounds)];
    },
  },
);

async function review(given: AssertOptions, types: KnownTypes): Promise<readonly OptionProblem[]> {
  const type = await reviewedType(given.for, types);
  const isKnown = type.properties !== undefined;
  const name = isKnown ? [] : reviewType(given.for, ["for"], types);
  const where = given.where === undefined ? [] : await reviewCondition(given.where, ["where"], type);
  const asserted = await reviewCondition(given.assert, ["assert"], type);
  const message = isKnown ? reviewMessage(given.message ?? "", type, boundsOf(given) === undefined) : [];
  return [...name, ...where, ...asserted, ...message, ...reviewBounds(given)];
}

function reviewBounds(given: AssertOptions): readonly OptionProblem[] {
  const { from = 0, to = Number.POSITIVE_INFINITY } = boundsOf(given) ?? {};
  if (from <= to) return [];
  return [
    {
      code: "bad-value",
      path: ["at-most"],
      message: `at most ${to.toString()} can never be at least ${from.toString()}`,
      hint: `write ${from.toString()} or more`,
    },
  ];
}

async function propertiesOf({
  where,
  assert: asserted,
  message = "",
}: AssertOptions): Promise<readonly string[]> {
  const conditions = await Promise.all(
    [where, asserted].flatMap((option) => (option === undefined ? [] : [prepareCondition(option)])),
  );
  return [
    ...new Set([
      ...conditions.flatMap(({ properties }) => properties),
      ...placeholdersOf(message).map(({ path }) => propertyOf(path)),
    ]),
  ];
}

async function demandOf(account: Account, given: AssertOptions): Promise<Demand> {
  return {
    type: given.for,
    noun: given.noun ?? given.for,
    absence: given.absence ?? "not-applicable",
    assert: await prepareCondition(given.assert),
    ...(given.where === undefined ? {} : { where: await prepareCondition(given.where) }),
    ...(given.message === undefined ? {} : { message: given.message }),
    context: { account, params: given.params ?? {} },
  };
}

function boundsOf(given: AssertOptions): Bounds | undefined {
  const { quantifier = "every" } = given;
  if (quantifier === "every") return undefined;
  if (quantifier === "some") return { from: 1 };
  if (quantifier === "none") return { from: 0, to: 0 };
  const most = given["at-most"];
  return { from: given["at-least"] ?? 0, ...(most === undefined ? {} : { to: most }) };
}
