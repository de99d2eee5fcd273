import type { World } from "../core/declared.js";
import type { Finding } from "../core/report.js";
import type { Snapshot } from "../core/snapshot.js";
import type { Cause } from "../core/what-if.js";
import { foresee } from "../forecasts/foresee.js";
import type { Touched } from "../forecasts/foreseen.js";
import { byKeys } from "../shared/order.js";
import type { Classified } from "./classify.js";
import { judge } from "./judge.js";
import type { Judge } from "./judge.js";
import { subjectKey } from "./place-findings.js";
import { withWhatTheyName } from "./named-changes.js";
import type { JudgedWorld } from "./judged-world.js";

/** So many states are judged to find out what causes what; beyond that, a finding about something declared is put down to it. */
const MOST_TRIALS = 40;

type Search = {
  readonly snapshot: Snapshot;
  readonly world: World;
  readonly touched: readonly Touched[];
  /** The findings to be explained. */
  readonly targets: readonly Finding[];
};

/**
 * Which change of the input brings which finding: each change that could matter is laid over the state alone, with the new things
 * that it refers to; what none brings alone is put down to the fewest changes that bring it together.
 */
export async function findCauses(
  opened: Judge,
  {
    snapshot,
    worlds,
    classified,
  }: {
    readonly snapshot: Snapshot;
    readonly worlds: readonly JudgedWorld[];
    readonly classified: Classified;
  },
): Promise<readonly Cause[]> {
  const found = new Map<string, { readonly changes: readonly string[]; readonly findings: Set<string> }>();
  let targets: readonly Finding[] = [...classified.new, ...classified.unproven];
  for (const { world, foreseen } of worlds) {
    if (targets.length === 0) break;
    const search = { snapshot, world, touched: foreseen.touched, targets };
    const explained = await explain(opened, search);
    for (const { changes, findings } of explained) {
      const key = JSON.stringify(changes);
      const entry = found.get(key) ?? { changes, findings: new Set<string>() };
      for (const id of findings) entry.findings.add(id);
      found.set(key, entry);
    }
    const known = new Set(explained.flatMap(({ findings }) => findings));
    targets = targets.filter(({ id }) => !known.has(id));
  }
  return [...found.values()]
    .map(causeOf)
    .sort(byKeys((cause) => cause.change))
    .sort(mostFirst);
}

type Explained = { readonly changes: readonly string[]; readonly findings: readonly string[] };

function causeOf({
  changes,
  findings,
}: {
  readonly changes: readonly string[];
  readonly findings: Set<string>;
}): Cause {
  return {
    change: changes[0] ?? "",
    ...(changes.length > 1 ? { changes } : {}),
    findings: [...findings].sort(),
  };
}

function mostFirst(a: Cause, b: Cause): number {
  return b.findings.length - a.findings.length;
}

async function explain(opened: Judge, search: Search): Promise<readonly Explained[]> {
  const candidates = candidatesOf(opened, search);
  const tried = candidates.slice(0, MOST_TRIALS);
  const alone: Explained[] = [];
  for (const address of tried) {
    const findings = await broughtBy(opened, search, [address]);
    if (findings.length > 0) alone.push({ changes: [address], findings });
  }
  const untried =
    candidates.length > tried.length ? ownOf(search, new Set(candidates.slice(MOST_TRIALS))) : [];
  const known = new Set([...alone, ...untried].flatMap(({ findings }) => findings));
  const rest = search.targets.filter(({ id }) => !known.has(id));
  const together = await explainTogether(opened, { ...search, targets: rest }, tried);
  return [...alone, ...untried, ...together];
}

/** The changes that could matter, those of what exists first: what they touch is of a type that decides a rule in question. */
function candidatesOf({ types }: Judge, { touched, targets }: Search): readonly string[] {
  const rules = new Set(targets.map(({ rule }) => rule));
  const deciding = new Set([...rules].flatMap((rule) => [...(types.get(rule) ?? [])]));
  const relevant = touched.filter(({ kind, type }) => kind !== "unchanged" && deciding.has(type));
  const ordered = [
    ...relevant.filter(({ kind }) => kind !== "new"),
    ...relevant.filter(({ kind }) => kind === "new"),
  ];
  return [...new Set(ordered.map(({ address }) => address))];
}

/** Which of the findings in question some changes bring, laid over the state alone. */
async function broughtBy(
  opened: Judge,
  { snapshot, world, targets, touched }: Search,
  addresses: readonly string[],
): Promise<readonly string[]> {
  const resources = withWhatTheyName(world.resources, { addresses, touched });
  const trial = foresee(snapshot, { resources, open: [] });
  const changed = new Set(
    touched.filter(({ address }) => addresses.includes(address)).map(({ type }) => type),
  );
  const wanted = new Map(targets.map((finding) => [finding.id, finding]));
  const asked = new Set(targets.map(({ rule }) => rule));
  const rules = opened.options.rules.filter(
    ({ id }) => asked.has(id) && [...(opened.types.get(id) ?? [])].some((type) => changed.has(type)),
  );
  if (rules.length === 0) return [];
  const findings = await judge(opened, trial.snapshot, rules);
  return findings.filter((finding) => isLike(finding, wanted.get(finding.id))).map(({ id }) => id);
}

function isLike(finding: Finding, wanted: Finding | undefined): boolean {
  if (wanted === undefined) return false;
  return wanted.status === "fail"
    ? finding.status === "fail"
    : finding.status === "unknown" || finding.status === "error";
}

/** Beyond the trials: what is found of something declared is put down to its declaration. */
function ownOf({ touched, targets }: Search, addresses: ReadonlySet<string>): readonly Explained[] {
  const bySubject = new Map(
    touched
      .filter(({ address }) => addresses.has(address))
      .map((entry) => [subjectKey(entry), entry.address]),
  );
  return targets.flatMap(({ id, region, subject }) => {
    const { type, arn } = subject;
    const address = bySubject.get(
      subjectKey({ type, id: subject.id, region, ...(arn === undefined ? {} : { arn }) }),
    );
    return address === undefined ? [] : [{ changes: [address], findings: [id] }];
  });
}

/** For what no change brings alone: all of them together, less each that is not needed. */
async function explainTogether(
  opened: Judge,
  search: Search,
  candidates: readonly string[],
): Promise<readonly Explained[]> {
  const explained: Explained[] = [];
  let rest = search.targets;
  let trials = MOST_TRIALS;
  while (rest.length > 0 && trials > 0) {
    const [first, ...others] = rest;
    if (first === undefined) break;
    const one = { ...search, targets: [first] };
    let needed = candidatesOf(opened, one).filter((address) => candidates.includes(address));
    trials -= 1;
    if (needed.length === 0 || (await broughtBy(opened, one, needed)).length === 0) {
      rest = others;
      continue;
    }
    for (const address of needed) {
      const fewer = needed.filter((other) => other !== address);
      if (trials <= 0 || fewer.length === 0) break;
      trials -= 1;
      if ((await broughtBy(opened, one, fewer)).length > 0) needed = fewer;
    }
    const findings = await broughtBy(opened, { ...search, targets: rest }, needed);
    explained.push({ changes: needed, findings });
    rest = others.filter(({ id }) => !findings.includes(id));
  }
  return explained;
}
