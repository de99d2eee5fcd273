import type { Finding, Report } from "../core/report.js";
import { groupBy } from "../shared/group-by.js";

/** What was judged: the accounts with their regions, and every finding. */
export type JudgedReport = Pick<Report, "accounts" | "findings">;

/** A place where a rule found something before. */
export type Place = Pick<Finding, "id" | "rule" | "account" | "region">;

/**
 * What a report says about such a place. `found`: it was judged again. `outside`: its account, region or rule was not in the run.
 * `hidden`: the rule could not look everywhere here, so that the subject may still exist. `gone`: the rule looked, and it is not there.
 */
export type Standing =
  | { readonly kind: "found"; readonly finding: Finding }
  | { readonly kind: "outside"; readonly missing: "account" | "region" | "rule" }
  | { readonly kind: "hidden" }
  | { readonly kind: "gone" };

/** Answers for a report what it says about places. */
export function judgedPlaces({ accounts, findings }: JudgedReport): (place: Place) => Standing {
  const byId = new Map(findings.map((finding) => [finding.id, finding]));
  const regions = new Map(accounts.map((account) => [account.id, new Set(account.regions)]));
  const byRule = groupBy(findings, ({ rule, account }) => keyOf(rule, account));
  return (place) => {
    const finding = byId.get(place.id);
    if (finding !== undefined) return { kind: "found", finding };
    // Of an account that could not be entered, nothing is said, whichever rules were in the run.
    if (regions.get(place.account)?.size === 0) return { kind: "outside", missing: "account" };
    const own = byRule.get(keyOf(place.rule, place.account));
    if (own === undefined)
      return { kind: "outside", missing: regions.has(place.account) ? "rule" : "account" };
    if (place.region !== "global" && regions.get(place.account)?.has(place.region) === false)
      return { kind: "outside", missing: "region" };
    return { kind: own.some((other) => couldHide(other, place.region)) ? "hidden" : "gone" };
  };
}

/** Whether a verdict says nothing: neither that something holds nor that it does not. */
export function isUndecided({ status }: Finding): boolean {
  return status === "unknown" || status === "error";
}

/** Whether a finding says that the rule could not look everywhere in a region: what it is about is more than one resource. */
export function couldHide(finding: Finding, region: string): boolean {
  const isThere = finding.region === "global" || region === "global" || finding.region === region;
  return isUndecided(finding) && finding.subject.kind !== "resource" && isThere;
}

function keyOf(rule: string, account: string): string {
  return `${account} ${rule}`;
}
