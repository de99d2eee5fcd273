import type { Finding } from "../core/report.js";
import type { SelectedRule } from "../core/rule.js";
import type { Touched } from "../forecasts/foreseen.js";
import { without } from "../shared/without.js";
import { subjectKey } from "./place-findings.js";

/** Whether a rule's verdict is about what only a running account shows, such as the last delivery. */
const observes = ({ observes: only = false }: SelectedRule): boolean => only;

/** What only a running account shows is not judged of what is new. */
export function notYetObserved(
  findings: readonly Finding[],
  rules: readonly SelectedRule[],
  touched: readonly Touched[],
): readonly Finding[] {
  const observing = new Set(rules.filter(observes).map(({ id }) => id));
  if (observing.size === 0) return findings;
  const fresh = new Set(touched.filter(({ kind }) => kind === "new").map(subjectKey));
  return findings.map((finding) => {
    if (!observing.has(finding.rule)) return finding;
    const { type, id, arn } = finding.subject;
    const key = subjectKey({ type, id, region: finding.region, ...(arn === undefined ? {} : { arn }) });
    return fresh.has(key) ? deployedFirst(finding) : finding;
  });
}

function deployedFirst(finding: Finding): Finding {
  const rest = without(finding, "remediation", "witness", "reason", "candidates");
  return { ...rest, status: "not-applicable", message: "this is judged once deployed" };
}
