import type { Declaration, DeclarationTarget, World } from "../core/declared.js";
import type { GateOptions } from "../core/gate.js";
import type { Finding } from "../core/report.js";
import type { Snapshot } from "../core/snapshot.js";
import { version } from "../core/version.js";
import type { WhatIf } from "../core/what-if.js";
import { canonical } from "../engine/evaluate-rules.js";
import { applyWaivers } from "../accept/apply-waivers.js";
import { foresee } from "../forecasts/foresee.js";
import type { Touched } from "../forecasts/foreseen.js";
import { builtins } from "../run/builtins.js";
import { planNeeds } from "../run/check.js";
import { blankAccount, regionsOf } from "./blank-account.js";
import { findCauses } from "./causes.js";
import { classify } from "./classify.js";
import type { Classified } from "./classify.js";
import { decideWhatIf } from "./decide-what-if.js";
import { judge, openJudge, rulesAbout } from "./judge.js";
import type { Judge, JudgeOptions } from "./judge.js";
import type { JudgedWorld } from "./judged-world.js";
import { mergeWorlds } from "./merge-worlds.js";
import { notYetObserved } from "./observed-rules.js";
import { declaredAt, placeFindings } from "./place-findings.js";
import type { Plan } from "../sources/plan.js";
import { withoutUnmetReferences } from "../sources/unmet-references.js";
import { sortedUnique } from "../shared/order.js";
import { viewAccount } from "../shared/view-account.js";

/** What would be deployed, over which state, by which rules. */
export type WhatIfOptions = JudgeOptions & {
  readonly declaration: Declaration;
  readonly target: DeclarationTarget;
  /** The account before; absent only with `wholeAccount`: nothing was there, and nothing was judged. */
  readonly snapshot?: Snapshot;
  /** The input is all that there is after: nothing of the snapshot stays. */
  readonly wholeAccount?: boolean;
  readonly gate: GateOptions;
  /** "live", "recorded", … as in a report. */
  readonly source: string;
  /** As of when an account is judged that is not in a snapshot: ISO 8601. */
  readonly takenAt: string;
};

/** Judges an account before and after a deployment, and says what the deployment brings, mends and leaves. */
export async function whatIf({ declaration, gate, source, ...options }: WhatIfOptions): Promise<WhatIf> {
  const opened = await openJudge(options);
  const { snapshot } = options;
  const base = await baseOf(options, declaration);
  const before = snapshot === undefined ? [] : await judge(opened, snapshot);
  const known = base.all === undefined ? before : undefined;
  const worlds = [];
  for (const world of declaration.worlds) worlds.push(await foreseeWorld(opened, { world, base, known }));
  const touched = worlds.flatMap((world) => world.foreseen.touched);
  const account = accountOf(base.state, source, options);
  const after = waive(mergeWorlds(worlds), options, account);
  const classified = classify({ before, after, touched });
  const causes = await findCauses(opened, { snapshot: base.state, worlds, classified });
  const placed = placeLists(classified, { causes, touched });
  return {
    format: "watchproof-what-if/1",
    tool: { name: "watchproof", version },
    account,
    ...placed,
    causes,
    notes: sortedUnique([...declaration.notes, ...worlds.flatMap(({ foreseen }) => foreseen.notes)]),
    ...decideWhatIf(placed, gate),
  };
}

/** What is laid over: the account, or where the input is all that there is, an empty one in its place, and what can be referred to there. */
async function baseOf(
  {
    snapshot,
    wholeAccount = false,
    target,
    takenAt,
    ...options
  }: Omit<WhatIfOptions, "declaration" | "gate" | "source">,
  declaration: Declaration,
): Promise<Base> {
  if (snapshot !== undefined && !wholeAccount) return { state: snapshot };
  const { closed, plan } = await blankAccount({
    needs: await planNeeds(options),
    collectors: (options.plugins ?? builtins).collectors,
    target: snapshot === undefined ? target : { ...target, account: snapshot.account },
    regions: snapshot?.regions ?? regionsOf(declaration, target),
    takenAt: snapshot?.takenAt ?? takenAt,
  });
  return { state: closed, all: plan };
}

/** What is laid over; `all`: whatever is not there then does not exist. */
type Base = { readonly state: Snapshot; readonly all?: Plan };

// Rules about types that nothing touches say what they said before.
async function foreseeWorld(
  opened: Judge,
  {
    world,
    base,
    known,
  }: { readonly world: World; readonly base: Base; readonly known: readonly Finding[] | undefined },
): Promise<JudgedWorld> {
  const laid = foresee(base.state, world);
  const foreseen =
    base.all === undefined ? laid : { ...laid, snapshot: withoutUnmetReferences(laid.snapshot, base.all) };
  const rules =
    known === undefined ? opened.options.rules : rulesAbout(opened, typesChanged(foreseen.touched, world));
  const again = new Set(rules.map(({ id }) => id));
  const found = await judge(opened, foreseen.snapshot, rules);
  const findings = [...(known ?? []).filter(({ rule }) => !again.has(rule)), ...found].sort(canonical);
  return {
    world,
    given: world.given,
    foreseen,
    findings: notYetObserved(findings, rules, foreseen.touched),
  };
}

function typesChanged(touched: readonly Touched[], { open }: World): ReadonlySet<string> | "*" {
  if (open.some(({ types }) => types === "*")) return "*";
  return new Set([
    ...touched.filter(({ kind }) => kind !== "unchanged").map(({ type }) => type),
    ...open.flatMap(({ types }) => (types === "*" ? [] : types)),
  ]);
}

function waive(
  findings: readonly Finding[],
  { waiving }: JudgeOptions,
  account: WhatIf["account"],
): readonly Finding[] {
  return waiving === undefined ? findings : applyWaivers({ accounts: [account], findings }, waiving).findings;
}

function accountOf(
  snapshot: Snapshot,
  source: string,
  { regions, exclude = [] }: JudgeOptions,
): WhatIf["account"] {
  const view = viewAccount(snapshot, {
    ...(regions === undefined ? {} : { regions }),
    exclude: exclude.map(({ region }) => region),
  });
  const { id, partition } = snapshot.account;
  return { id, partition, regions: view.regions, source, takenAt: snapshot.takenAt };
}

/** A finding stands where what causes it is declared, else where its subject is. */
function placeLists(
  classified: Classified,
  { causes, touched }: { readonly causes: WhatIf["causes"]; readonly touched: readonly Touched[] },
): Classified {
  const byAddress = new Map(touched.map((entry) => [entry.address, entry]));
  const causeOf = new Map<string, Touched>();
  for (const { change, findings } of causes) {
    const entry = byAddress.get(change);
    for (const id of findings) if (entry !== undefined && !causeOf.has(id)) causeOf.set(id, entry);
  }
  const place = (findings: readonly Finding[]): readonly Finding[] =>
    placeFindings(findings, touched).map((finding) => {
      const cause = causeOf.get(finding.id);
      return cause === undefined ? finding : { ...finding, declared: declaredAt(cause) };
    });
  return {
    new: place(classified.new),
    unproven: place(classified.unproven),
    unjudged: place(classified.unjudged),
    fixed: place(classified.fixed),
    failing: place(classified.failing),
  };
}
