import type { Declaration, DeclarationTarget, World } from "../core/declared.js";
import type { Finding } from "../core/report.js";
import type { Snapshot } from "../core/snapshot.js";
import { couldHide } from "../engine/judged-places.js";
import { foresee } from "../forecasts/foresee.js";
import { builtins } from "../run/builtins.js";
import { planNeeds } from "../run/check.js";
import { addAll } from "../shared/many.js";
import { sortedUnique } from "../shared/order.js";
import { without } from "../shared/without.js";
import { blankAccount, regionsOf } from "./blank-account.js";
import { placeFindings } from "./place-findings.js";
import { judge, openJudge } from "./judge.js";
import type { Judge, JudgeOptions } from "./judge.js";
import { mergeWorlds } from "./merge-worlds.js";
import { notYetObserved } from "./observed-rules.js";

/** What was declared, judged alone: the findings about it, and what a person should know. */
export type JudgedPart = {
  readonly findings: readonly Finding[];
  readonly notes: readonly string[];
  /** The account that was judged, with nothing but what is declared. */
  readonly snapshot: Snapshot;
};

/** What to judge, by which rules, and as of when: an instant in ISO 8601. */
export type PartOptions = JudgeOptions & {
  readonly declaration: Declaration;
  readonly target: DeclarationTarget;
  readonly takenAt: string;
};

/**
 * Judges what is declared as a part of an account. What lies outside is taken not to break it, and never taken to mend it: what only
 * something outside could satisfy is `unknown: outside`; what is open inside is `unknown: undecidable`.
 */
export async function judgePart({
  declaration,
  target,
  takenAt,
  ...options
}: PartOptions): Promise<JudgedPart> {
  const opened = await openJudge(options);
  const blank = await blankAccount({
    needs: await planNeeds(options),
    collectors: (options.plugins ?? builtins).collectors,
    target,
    regions: options.regions ?? regionsOf(declaration, target),
    takenAt,
  });
  const worlds = [];
  const notes: string[] = [...declaration.notes];
  for (const world of declaration.worlds) {
    const judged = await judgeWorld(opened, world, blank);
    worlds.push({ given: world.given, findings: judged.findings });
    addAll(notes, judged.notes);
  }
  return { findings: mergeWorlds(worlds), notes: sortedUnique(notes), snapshot: blank.closed };
}

async function judgeWorld(
  opened: Judge,
  world: World,
  { closed, open }: { readonly closed: Snapshot; readonly open: Snapshot },
): Promise<Pick<JudgedPart, "findings" | "notes">> {
  const alone = foresee(closed, world);
  const found = await judge(opened, alone.snapshot);
  const blind = blindOf(await judge(opened, foresee(open, world).snapshot));
  const findings = found.map((finding) => asPart(finding, blind(finding)));
  const watched = notYetObserved(findings, opened.options.rules, alone.touched);
  return { findings: placeFindings(watched, alone.touched), notes: alone.notes };
}

/** What is said of the same subject where nobody knows what else there is; of a whole account also by what is said of its regions. */
function blindOf(findings: readonly Finding[]): (finding: Finding) => Finding | undefined {
  const byId = new Map(findings.map((finding) => [finding.id, finding]));
  return ({ id, rule, region, subject, status }) =>
    byId.get(id) ??
    (subject.kind === "resource" && status !== "unknown"
      ? undefined
      : findings.find((other) => other.rule === rule && couldHide(other, region)));
}

const UNBROKEN = "what lies outside the template or plan is taken not to break this";

/** `alone`: if there were nothing else; `blind`: if nobody knew what else there is. */
function asPart(alone: Finding, blind: Finding | undefined): Finding {
  if (alone.status === "unknown") return isOutside(alone, blind) ? outside(alone) : openInside(alone);
  if (blind === undefined || blind.status === alone.status || blind.status === "error") return alone;
  if (blind.status !== "unknown") return blind;
  if (alone.status === "pass") return { ...alone, notes: [...(alone.notes ?? []), UNBROKEN] };
  return outside(alone);
}

// What is open inside is not readable; anything else that nobody collected, or that is decided by what nobody collected, is outside.
function isOutside(alone: Finding, blind: Finding | undefined): boolean {
  return (
    alone.reason === "not-collected" || (alone.reason !== "unreadable" && blind?.reason === "not-collected")
  );
}

function outside(finding: Finding): Finding {
  const rest = without(finding, "remediation", "witness");
  return {
    ...rest,
    status: "unknown",
    reason: "outside",
    message: `what lies outside the template or plan decides; by itself: ${finding.message}`,
  };
}

// Nothing was refused here: what could not be read is what the input leaves open.
function openInside(finding: Finding): Finding {
  return finding.status === "unknown" && finding.reason === "unreadable"
    ? { ...finding, reason: "undecidable" }
    : finding;
}
