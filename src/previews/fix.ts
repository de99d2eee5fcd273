import type { Finding } from "../core/report.js";
import type { Snapshot } from "../core/snapshot.js";
import { lay } from "../forecasts/lay.js";
import { check } from "../run/check.js";
import { recordedSource } from "../sources/recorded.js";
import { canonical } from "../engine/evaluate-rules.js";
import { byText } from "../shared/order.js";
import { candidateOf, candidatesOf, mergeCandidates, trimmed } from "./fix-candidates.js";
import type { Candidate } from "./fix-candidates.js";
import type { Fix, FixStep, LeftOut } from "./fix-plan.js";
import { judge, openJudge, rulesAbout } from "./judge.js";
import type { Judge, JudgeOptions } from "./judge.js";

/** The rules, and the state that is to be mended. */
export type FixOptions = JudgeOptions & { readonly snapshot: Snapshot };

/**
 * What to mend first: changes in the order in which they end most failures, each proven on the state as the ones before it leave it.
 * A change that would break what passes is left out and said. The same state gives the same plan.
 */
export async function planFix({ snapshot, ...options }: FixOptions): Promise<Fix> {
  const opened = await openJudge(options);
  const { findings } = await check({ ...options, source: recordedSource(snapshot) });
  const candidates = mergeCandidates(candidatesOf({ findings, snapshot }, options.rules));
  const { steps, leftOut, state } = await climb(opened, { snapshot, findings }, candidates);
  const left = state.findings.filter(({ status }) => status === "fail");
  return {
    format: "watchproof-fix/1",
    account: snapshot.account.id,
    takenAt: snapshot.takenAt,
    failing: findings.filter(({ status }) => status === "fail").length,
    steps,
    leftOut,
    left,
  };
}

type State = { readonly snapshot: Snapshot; readonly findings: readonly Finding[] };
type Climb = { readonly steps: FixStep[]; readonly leftOut: LeftOut[]; state: State };

/** Takes, again and again, the change that was proposed for most of what still fails, as long as it holds what it promises. */
async function climb(opened: Judge, begin: State, candidates: readonly Candidate[]): Promise<Climb> {
  const done: Climb = { steps: [], leftOut: [], state: begin };
  let waiting = candidates;
  for (;;) {
    const failing = new Map(
      done.state.findings.filter(({ status }) => status === "fail").map((finding) => [finding.id, finding]),
    );
    waiting = waiting.flatMap((one) => trimmed(one, failing));
    const [best] = [...waiting].sort(mostPromising(failing));
    if (best === undefined) return done;
    const outcome = await trial(opened, best, done.state);
    waiting = waiting.filter((one) => one !== best);
    if (outcome.broken.length > 0 && best.parts.length > 1)
      waiting = [...waiting, ...best.parts.map((part) => candidateOf([part]))];
    else if (outcome.broken.length > 0)
      done.leftOut.push({ ...best.words, changes: best.changes, breaks: outcome.broken });
    else if (outcome.ended.length > 0) {
      done.steps.push({ ...best.words, changes: best.changes, ends: outcome.ended });
      done.state = outcome.state;
    }
  }
}

const weights = { critical: 5, high: 4, medium: 3, low: 2, info: 1 } as const;

// Most failures first; of as many, the gravest; then by what the change is.
function mostPromising(failing: ReadonlyMap<string, Finding>): (a: Candidate, b: Candidate) => number {
  const hopes = (one: Candidate): readonly Finding[] =>
    [...one.origins].flatMap((id) => failing.get(id) ?? []);
  const gravity = (one: Candidate): number =>
    hopes(one).reduce((sum, { severity }) => sum + weights[severity], 0);
  return (a, b) => hopes(b).length - hopes(a).length || gravity(b) - gravity(a) || byText(a.key, b.key);
}

type Outcome = {
  readonly ended: readonly Finding[];
  readonly broken: readonly Finding[];
  readonly state: State;
};

/** What a change ends, and what of that which passes it would break. */
async function trial(opened: Judge, { changes }: Candidate, { snapshot, findings }: State): Promise<Outcome> {
  const after = lay(snapshot, changes);
  const rules = rulesAbout(opened, new Set(changes.map(({ type }) => type)));
  const again = new Set(rules.map(({ id }) => id));
  const judged = await judge(opened, after, rules);
  const now = new Map(judged.map((finding) => [finding.id, finding]));
  const before = new Map(findings.map((finding) => [finding.id, finding]));
  const broken = judged.filter(({ id, status }) => {
    const was = before.get(id)?.status;
    return status === "fail" && (was === undefined || was === "pass");
  });
  const ended = findings.filter(({ id, rule, status }) => {
    const finding = now.get(id);
    return (
      status === "fail" &&
      again.has(rule) &&
      (finding === undefined || finding.status === "pass" || finding.status === "not-applicable")
    );
  });
  const rest = findings.filter(({ rule }) => !again.has(rule));
  return { ended, broken, state: { snapshot: after, findings: [...rest, ...judged].sort(canonical) } };
}
