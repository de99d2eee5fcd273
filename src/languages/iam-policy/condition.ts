import { allOf, truthOf, anyOf, opposite } from "../../shared/truth.js";
import type { Truth } from "../../shared/truth.js";
import type { PolicyCondition } from "./iam-policy.js";
import { freeSpan } from "./free-keys.js";
import { matchesNobody } from "./holdable.js";
import { operatorOf } from "./operators.js";
import type { Operator } from "./operators.js";
import { fixed } from "./question.js";
import type { Asker, RequestContext, Span } from "./question.js";

/** Whether a condition can hold, and must hold, for the requests of an asker. */
export function judgeCondition(condition: PolicyCondition, asker: Asker, context: RequestContext): Span {
  const isStranger = asker.kind === "anyone" || asker.kind === "outsider";
  const given = lookUp(isStranger ? { ...strangersContext, ...context } : context, condition.key);
  if (given !== undefined) return fixed(judgeKnown(condition, given));
  return isStranger ? freeSpan(condition, asker) : fixed(judgeUnknown(condition));
}

// Every stranger's request says that no AWS service makes it.
const strangersContext: RequestContext = {
  "aws:principalisawsservice": ["false"],
  "aws:principalservicename": null,
  "aws:principalservicenameslist": null,
};

// A list without values, or with none that the key can hold, is never met, whatever the request carries.
function judgeUnknown(condition: PolicyCondition): Truth {
  const { operator, values, ifExists, quantifier } = condition;
  if (matchesNobody(condition)) return "no";
  const isPositive = operatorOf(operator)?.negated === false;
  return isPositive && values.length === 0 && !ifExists && quantifier !== "all" ? "no" : "unknown";
}

function lookUp(context: RequestContext, key: string): readonly string[] | null | undefined {
  const name = Object.keys(context).find((written) => written.toLowerCase() === key);
  return name === undefined ? undefined : context[name];
}

function judgeKnown(condition: PolicyCondition, given: readonly string[] | null): Truth {
  const { operator: name, quantifier, ifExists, values } = condition;
  const isAbsent = given === null || given.length === 0;
  if (name === "null")
    return anyOf(values.map((value) => truthOf((value.toLowerCase() === "true") === isAbsent)));
  const operator = operatorOf(name);
  if (operator === undefined) return "unknown";
  if (isAbsent) return whenAbsent({ ifExists, quantifier, negated: operator.negated });
  const fits = given.map((value) => fitsOne(operator, value, values));
  if (quantifier === "any") return anyOf(fits);
  if (quantifier === "all") return allOf(fits);
  return fits.length === 1 ? (fits[0] ?? "unknown") : agreed(fits);
}

// Source: IAM User Guide, "Condition operators" and "Set operators for multivalued context keys".
function whenAbsent({
  ifExists,
  quantifier,
  negated,
}: {
  readonly ifExists: boolean;
  readonly quantifier: "any" | "all" | undefined;
  readonly negated: boolean;
}): Truth {
  if (ifExists || quantifier === "all") return "yes";
  return truthOf(negated && quantifier === undefined);
}

function fitsOne({ negated, compare }: Operator, given: string, values: readonly string[]): Truth {
  const fits = anyOf(values.map((wanted) => compare(given, wanted)));
  if (!negated) return fits;
  return values.length === 0 ? "unknown" : opposite(fits);
}

// Several values under an operator for one value: AWS does not say which counts.
function agreed(fits: readonly Truth[]): Truth {
  return fits.every((fit) => fit === fits[0]) ? (fits[0] ?? "unknown") : "unknown";
}
