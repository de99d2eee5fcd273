import type { Account } from "../core/account.js";
import { reachable } from "../core/case.js";
import type { Reachable, RuleCoverage, Untaken } from "../core/case.js";
import type { Position } from "../core/diagnostic.js";
import type { JsonObject, JsonValue } from "../core/json.js";
import type { Finding } from "../core/report.js";
import type { ReadyCases } from "../loaders/cases/load-cases.js";
import { readDocument } from "../loaders/read-document.js";
import type { Places } from "../loaders/yaml/places.js";
import type { ConditionOption } from "../reasoning/condition/condition.js";
import { coverCondition } from "../reasoning/condition/coverage.js";
import type { CoveredCondition, Side } from "../reasoning/condition/coverage.js";
import { isObject } from "../shared/read-property.js";

/** The evaluator whose options are conditions. Others decide in code, which has tests of its own. */
const ASSERT = "assert";

/** What came of one case: the account, the findings, and the options that it was judged with. */
export type CoveredCase = {
  readonly account: Account;
  readonly findings: readonly Finding[];
  readonly with: JsonObject;
};

/** What the cases of a rule showed of it: the statuses that were reached, and the sides of its conditions that were taken. */
export async function coverRule(
  { content, rule, ruleFile }: Pick<ReadyCases, "content" | "rule" | "ruleFile">,
  cases: readonly CoveredCase[],
): Promise<RuleCoverage> {
  const impossible = reachable.filter((status) => content.impossible?.[status] !== undefined);
  const isReached = (status: Reachable): boolean =>
    cases.some(({ findings }) => findings.some((finding) => finding.status === status));
  const sides = rule.evaluator === ASSERT ? await coverAssert(rule.with ?? {}, cases) : [];
  const missed = sides.filter(({ taken }) => !taken);
  const places =
    missed.length === 0 || ruleFile === undefined
      ? undefined
      : (await readDocument(ruleFile, "rule")).document?.places;
  return {
    unreached: reachable.filter((status) => !isReached(status) && !impossible.includes(status)),
    refuted: impossible.filter(isReached),
    sides: sides.length,
    untaken: missed.map((side) => untakenOf(side, places)),
  };
}

// A case with conditions of its own says nothing about the rule's.
async function coverAssert(options: JsonObject, cases: readonly CoveredCase[]): Promise<readonly Side[]> {
  const { for: type, where, assert: asserted } = options;
  const same = cases.filter(({ with: used }) =>
    ["for", "where", "assert"].every((key) => JSON.stringify(used[key]) === JSON.stringify(options[key])),
  );
  const asked = same.map(({ account, with: { params } }) => ({
    account,
    resources: typeof type === "string" ? account.list(type).resources : [],
    params: isObject(params) ? params : {},
  }));
  const among = isCondition(where) ? where : undefined;
  const conditions: readonly CoveredCondition[] = [
    ...(among === undefined ? [] : [{ name: "where", condition: among }]),
    ...(isCondition(asserted)
      ? [{ name: "assert", condition: asserted, ...(among === undefined ? {} : { among }) }]
      : []),
  ];
  return (await Promise.all(conditions.map((condition) => coverCondition(condition, asked)))).flat();
}

function isCondition(value: JsonValue | undefined): value is JsonValue & ConditionOption {
  return typeof value === "string" || isObject(value);
}

function untakenOf({ name, path, stretch, text, when }: Side, places: Places | undefined): Untaken {
  const steps = path.map((step) => (typeof step === "number" ? `[${step.toString()}]` : `.${step}`)).join("");
  const position = places === undefined ? undefined : placeOf(["with", name, ...path], stretch, places);
  return { text, when, at: `${name}${steps}`, ...(position === undefined ? {} : { position }) };
}

function placeOf(path: readonly (string | number)[], stretch: Side["stretch"], places: Places): Position {
  return stretch === undefined ? places.ofValue(path) : places.within(path, stretch);
}
