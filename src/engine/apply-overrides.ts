import type { Config } from "../core/config.js";
import type { Finding } from "../core/report.js";
import type { SelectedRule } from "../core/rule.js";
import { matchesGlob } from "../shared/glob.js";

/** What a config changes about rules. */
export type Override = NonNullable<Config["overrides"]>[number];

/** The rules as this account is judged by: options and severities overridden, rules that are off left out. Overrides for single regions come later. */
export function overrideRules(
  rules: readonly SelectedRule[],
  overrides: readonly Override[],
  account: string,
): readonly SelectedRule[] {
  const here = overrides.filter(
    ({ accounts, regions }) =>
      regions === undefined && (accounts === undefined || accounts.includes(account)),
  );
  return rules.flatMap((rule) => {
    const matching = here.filter(({ rule: pattern }) => matchesGlob(pattern, rule.id));
    if (matching.some(({ off }) => off !== undefined)) return [];
    return [matching.reduce(override, rule)];
  });
}

/** The findings with the overrides for single regions applied. */
export function overrideFindings(
  findings: readonly Finding[],
  overrides: readonly Override[],
): readonly Finding[] {
  const regional = overrides.filter(({ regions }) => regions !== undefined);
  if (regional.length === 0) return findings;
  return findings.flatMap((finding) => {
    const matching = regional.filter((entry) => concerns(entry, finding));
    if (matching.some(({ off }) => off !== undefined)) return [];
    const severity = matching.findLast((entry) => entry.severity !== undefined)?.severity;
    return [severity === undefined ? finding : { ...finding, severity }];
  });
}

function override(rule: SelectedRule, { severity, with: options }: Override): SelectedRule {
  return { ...rule, severity: severity ?? rule.severity, with: { ...rule.with, ...options } };
}

function concerns({ rule, accounts, regions }: Override, finding: Finding): boolean {
  const inAccount = accounts === undefined || accounts.includes(finding.account);
  return (
    inAccount && regions !== undefined && regions.includes(finding.region) && matchesGlob(rule, finding.rule)
  );
}
