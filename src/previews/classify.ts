import type { Finding } from "../core/report.js";
import type { WhatIf } from "../core/what-if.js";
import { couldHide } from "../engine/judged-places.js";
import { fingerprint } from "../engine/fingerprint.js";
import type { Touched } from "../forecasts/foreseen.js";
import { groupBy } from "../shared/group-by.js";
import { without } from "../shared/without.js";
import { subjectKey } from "./place-findings.js";

/** What became of each finding; one that is as well as before stands nowhere. */
export type Classified = Pick<WhatIf, "new" | "unproven" | "unjudged" | "fixed" | "failing">;

type Kind = keyof Classified;

/** Compares the findings before and after; a subject that replaces another is compared with that one. */
export function classify({
  before,
  after,
  touched,
}: {
  readonly before: readonly Finding[];
  readonly after: readonly Finding[];
  readonly touched: readonly Touched[];
}): Classified {
  const old = new Map(before.map((finding) => [finding.id, finding]));
  const predecessorOf = predecessors(touched);
  const met = new Set<string>();
  const lists: Record<Kind, Finding[]> = { new: [], unproven: [], unjudged: [], fixed: [], failing: [] };
  for (const now of after) {
    const was = old.get(now.id) ?? old.get(predecessorOf(now) ?? "");
    if (was !== undefined) met.add(was.id);
    const kind = kindOf(was, now);
    if (kind !== undefined) lists[kind].push(now);
  }
  const blind = groupBy(after, ({ rule }) => rule);
  for (const was of before) {
    if (was.status !== "fail" || met.has(was.id)) continue;
    const isHidden = (blind.get(was.rule) ?? []).some((finding) => couldHide(finding, was.region));
    if (!isHidden) lists.fixed.push(gone(was));
  }
  return lists;
}

function kindOf(was: Finding | undefined, now: Finding): Kind | undefined {
  if (now.status === "fail") return was?.status === "fail" ? "failing" : "new";
  if (now.status === "unknown" || now.status === "error") {
    if (was === undefined || was.status === "not-applicable") return "unjudged";
    return was.status === "pass" ? "unproven" : undefined;
  }
  return was?.status === "fail" ? "fixed" : undefined;
}

function gone(was: Finding): Finding {
  const rest = without(was, "remediation", "witness", "candidates", "evidence");
  return { ...rest, status: "not-applicable", message: `this would be gone; before: ${was.message}` };
}

/** Finds for a finding about a replacement the id that it had about what is replaced. */
function predecessors(touched: readonly Touched[]): (finding: Finding) => string | undefined {
  const replaced = new Map(
    touched.flatMap((entry) => (entry.was === undefined ? [] : [[subjectKey(entry), entry.was] as const])),
  );
  return ({ rule, account, region, subject }) => {
    const { type, id, arn, kind } = subject;
    const was = replaced.get(subjectKey({ type, id, region, ...(arn === undefined ? {} : { arn }) }));
    return was && fingerprint({ rule, account, region, subject: { kind, type, ...was } });
  };
}
