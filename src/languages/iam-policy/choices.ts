import type { PolicyCondition, PolicyStatement } from "./iam-policy.js";
import { isChosenKey } from "./free-keys.js";
import { operatorOf } from "./operators.js";
import { hasVariable } from "./patterns.js";
import type { RequestContext } from "./question.js";

/**
 * What a stranger may choose for the keys on which several conditions of a grant and its denials speak: contexts that
 * stand for every choice. One empty context, where no key is bound so, or where the choices cannot be told apart.
 */
export function choicesOf(
  grant: PolicyStatement,
  denials: readonly PolicyStatement[],
  given: RequestContext,
): readonly RequestContext[] {
  const known = new Set(Object.keys(given).map((key) => key.toLowerCase()));
  const conditions = [grant, ...denials].flatMap((statement) => statement.conditions);
  const keys = [...new Set(grant.conditions.map(({ key }) => key))].filter((key) => !known.has(key));
  const choices = keys.flatMap((key) => {
    const about = conditions.filter((condition) => condition.key === key);
    const values = about.length < 2 ? undefined : valuesFor(key, about);
    return values === undefined ? [] : [{ key, values }];
  });
  const count = choices.reduce((product, { values }) => product * values.length, 1);
  if (count > mostChoices) return [{}];
  return choices.reduce<readonly RequestContext[]>(
    (contexts, { key, values }) =>
      contexts.flatMap((context) => values.map((value) => ({ ...context, [key]: value }))),
    [{}],
  );
}

const mostChoices = 512;

type Value = readonly string[] | null;

/** Values that stand for all that a key can hold, as far as these conditions tell them apart; undefined where that is not known. */
function valuesFor(key: string, conditions: readonly PolicyCondition[]): readonly Value[] | undefined {
  if (conditions.some(({ values, quantifier }) => quantifier !== undefined || values.some(hasVariable)))
    return undefined;
  const others = conditions.filter(({ operator }) => operator !== "null");
  if (others.length === 0) return alwaysThere.has(key) ? undefined : [null, ["x"]];
  if (!isChosenKey(key)) return undefined;
  const absent = alwaysThere.has(key) ? [] : [null];
  if (others.every(({ operator }) => operator === "bool")) return [["true"], ["false"], ...absent];
  if (!others.every(({ operator }) => isText(operator))) return undefined;
  const written = others.flatMap(({ values }) => values.flatMap(samplesOf));
  const fresh = `x${written.join("")}`;
  return [...[...new Set([...written, fresh])].map((value) => [value]), ...absent];
}

/** Keys that every request carries. */
const alwaysThere: ReadonlySet<string> = new Set(["aws:securetransport"]);

function isText(operator: string): boolean {
  return operator.startsWith("string") && operatorOf(operator) !== undefined;
}

// Of a pattern the text itself and two that it may stand for.
function samplesOf(pattern: string): readonly string[] {
  if (!/[*?]/u.test(pattern)) return [pattern];
  return ["", "x"].map((run) => pattern.replaceAll("*", run).replaceAll("?", "x"));
}
