import type { Finding, Report } from "../../core/report.js";
import { sortedUnique } from "../../shared/order.js";

/** What the filters offer. Findings carry positions in these lists, never the names: a name from AWS is no attribute's syntax. */
export type Choices = {
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  /** The first part of a rule's id, such as "cloudtrail". */
  readonly services: readonly string[];
  readonly rules: readonly string[];
  readonly frameworks: readonly string[];
  /** The position of a value in a list. */
  readonly at: Readonly<Record<Listed, ReadonlyMap<string, number>>>;
};

type Listed = "accounts" | "regions" | "services" | "rules" | "frameworks";

/** Every value that occurs, sorted. */
export function choicesOf({ accounts, findings }: Report): Choices {
  const lists: Readonly<Record<Listed, readonly string[]>> = {
    accounts: sortedUnique([...accounts.map(({ id }) => id), ...findings.map(({ account }) => account)]),
    regions: sortedUnique(findings.map(({ region }) => region)),
    services: sortedUnique(findings.map(serviceOf)),
    rules: sortedUnique(findings.map(({ rule }) => rule)),
    frameworks: sortedUnique(
      findings.flatMap(({ controls = [] }) => controls.map(({ framework }) => framework)),
    ),
  };
  const at = (name: Listed): ReadonlyMap<string, number> =>
    new Map(lists[name].map((value, position) => [value, position]));
  return {
    ...lists,
    at: {
      accounts: at("accounts"),
      regions: at("regions"),
      services: at("services"),
      rules: at("rules"),
      frameworks: at("frameworks"),
    },
  };
}

/** The service of a finding's rule: what stands before the first dot of its id. */
export function serviceOf({ rule }: Pick<Finding, "rule">): string {
  return rule.split(".", 1)[0] ?? rule;
}
