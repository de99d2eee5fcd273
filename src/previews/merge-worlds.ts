import type { Finding } from "../core/report.js";
import type { Status } from "../core/verdict.js";
import { canonical } from "../engine/evaluate-rules.js";
import { groupBy } from "../shared/group-by.js";
import { sortedUnique } from "../shared/order.js";
import { listed } from "../shared/text/words.js";
import { without } from "../shared/without.js";

/** What was found in one world, and by what that world is known. */
export type WorldFindings = { readonly given: readonly string[]; readonly findings: readonly Finding[] };

/**
 * The findings that hold in every world. Where worlds disagree about a subject, nobody knows: `unknown`, with what decides. A subject
 * that is there in some worlds only fails nowhere else: it is known to pass, but not to fail. The order of worlds decides nothing but
 * whose words a finding has.
 */
export function mergeWorlds(worlds: readonly WorldFindings[]): readonly Finding[] {
  const [only] = worlds;
  if (worlds.length === 1 && only !== undefined) return only.findings;
  const told = worlds.flatMap(({ given, findings }) => findings.map((finding) => ({ given, finding })));
  const merged = [...groupBy(told, ({ finding }) => finding.id).values()].map((entries) =>
    mergeOne(entries, worlds),
  );
  return merged.sort(canonical);
}

type Told = { readonly given: readonly string[]; readonly finding: Finding };

function mergeOne(told: readonly Told[], worlds: readonly WorldFindings[]): Finding {
  const [first] = told;
  if (first === undefined) throw new Error("a group of findings is never empty");
  const statuses = new Set<Status>(told.map(({ finding }) => finding.status));
  const isEverywhere = told.length === worlds.length;
  if (statuses.size === 1 && (isEverywhere || !statuses.has("fail"))) return first.finding;
  const good = told.find(({ finding }) => finding.status === "pass");
  if (good !== undefined && [...statuses].every((status) => status === "pass" || status === "not-applicable"))
    return good.finding;
  return disagreement(told, { isEverywhere });
}

function disagreement(told: readonly Told[], { isEverywhere }: { readonly isEverywhere: boolean }): Finding {
  const worst =
    told.find(({ finding }) => finding.status === "fail") ??
    told.find(({ finding }) => finding.status === "unknown" || finding.status === "error") ??
    told[0];
  if (worst === undefined) throw new Error("a group of findings is never empty");
  const rest = without(worst.finding, "remediation", "reason");
  const failing = told.filter(({ finding }) => finding.status === "fail");
  const decides = sortedUnique(told.flatMap(({ given }) => given));
  const where = sortedUnique(failing.flatMap(({ given }) => given));
  const cause = decides.length === 0 ? "what is not decided" : listed(sortedUnique(decides.map(subjectOf)));
  const fails =
    where.length === 0
      ? ""
      : `; it fails where ${where.join(" or ")}${isEverywhere ? "" : ", and is not there otherwise"}`;
  return {
    ...rest,
    status: "unknown",
    reason: "undecidable",
    message: `depends on ${cause}${fails}: ${worst.finding.message}`,
  };
}

/** "parameter Environment" of "parameter Environment is prod". */
function subjectOf(given: string): string {
  return given.split(" is ")[0] ?? given;
}
