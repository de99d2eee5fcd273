import type { Finding } from "../core/report.js";
import type { DiffKind, FindingChange, ReportDiff } from "../core/report-diff.js";
import { canonical } from "../engine/evaluate-rules.js";
import { isUndecided, judgedPlaces } from "../engine/judged-places.js";
import type { JudgedReport, Standing } from "../engine/judged-places.js";

/** Compares two reports, finding by finding. */
export function compareReports(before: JudgedReport, after: JudgedReport): ReportDiff {
  const was = new Map(before.findings.map((finding) => [finding.id, finding]));
  const standingOf = judgedPlaces(after);
  const vanished = before.findings.flatMap((old) => {
    const standing = standingOf(old);
    return standing.kind === "found" ? [] : [afterwards(old, standing)];
  });
  const present = after.findings.map((now) => compareOne(was.get(now.id), now));
  const all = [...vanished, ...present].filter((entry) => entry.kind !== "nothing");
  const having = (kind: DiffKind): readonly FindingChange[] =>
    all
      .filter((entry) => entry.kind === kind)
      .map(({ change }) => change)
      .sort(inReportOrder);
  return {
    new: having("new"),
    unjudged: having("unjudged"),
    changed: having("changed"),
    failing: having("failing"),
    fixed: having("fixed"),
    gone: having("gone"),
    same: all.filter((entry) => entry.kind === "same").length,
  };
}

/** New failures that nobody waived: what a comparison fails for. */
export function newOpenFailures({ new: appeared }: ReportDiff): readonly FindingChange[] {
  return appeared.filter((change) => change.new?.waiver === undefined);
}

type Compared = { readonly kind: DiffKind | "same" | "nothing"; readonly change: FindingChange };

function compareOne(old: Finding | undefined, now: Finding): Compared {
  const change: FindingChange = { id: now.id, ...(old === undefined ? {} : { old }), new: now };
  const failed = old?.status === "fail";
  if (now.status === "fail" && !failed) return { kind: "new", change };
  if (old === undefined) return { kind: "nothing", change };
  if (failed && isUndecided(now)) return { kind: "unjudged", change: { ...change, because: now.message } };
  if (failed && now.status !== "fail") return { kind: "fixed", change };
  if (!isAlike(old, now)) return { kind: "changed", change };
  return { kind: failed ? "failing" : "same", change };
}

function isAlike(old: Finding, now: Finding): boolean {
  return (
    old.status === now.status &&
    old.severity === now.severity &&
    old.message === now.message &&
    old.reason === now.reason
  );
}

// Only a failure is missed; and it is never taken for mended because nobody looked.
function afterwards(old: Finding, standing: Exclude<Standing, { readonly kind: "found" }>): Compared {
  const change = { id: old.id, old };
  if (old.status !== "fail") return { kind: "nothing", change };
  if (standing.kind === "gone")
    return { kind: "gone", change: { ...change, because: "the subject is no longer there" } };
  if (standing.kind === "hidden")
    return {
      kind: "unjudged",
      change: { ...change, because: "the rule could not look everywhere, so the subject may still be there" },
    };
  if (standing.missing === "rule")
    return { kind: "gone", change: { ...change, because: "the rule is no longer judged" } };
  return { kind: "unjudged", change: { ...change, because: `the ${standing.missing} was not judged` } };
}

function inReportOrder(a: FindingChange, b: FindingChange): number {
  const one = a.new ?? a.old;
  const other = b.new ?? b.old;
  return one === undefined || other === undefined ? 0 : canonical(one, other);
}
