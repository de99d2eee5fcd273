import { fail, notApplicable, pass, unknown } from "../../core/verdict.js";
import type { Candidate, Evidence, Remediation, Verdict } from "../../core/verdict.js";
import type { Claim } from "../../shared/claim.js";
import { byText } from "../../shared/order.js";
import { FARTHEST } from "./support.js";
import { listed } from "../../shared/text/words.js";
import type { Watched } from "./watch.js";
import { greatest, least } from "../../shared/many.js";

/** The answer for one demanded metric: that of the alarms, or of a precondition without which there is nothing to watch. */
export type MetricAnswer =
  | { readonly kind: "watched"; readonly watched: Watched }
  | {
      readonly kind: "blocked";
      readonly name: string;
      readonly claim: Exclude<Claim, { readonly is: "yes" }>;
    };

/** Whose metrics are judged, whether one watched metric is enough, and the remedy for those that are not. */
export type CoverQuestion = {
  readonly subject: string;
  readonly need: "every" | "some";
  readonly remedy: (failing: readonly MetricAnswer[]) => Remediation | undefined;
};

/** The verdict about one subject: every demanded metric (or some) is watched by an alarm that fires and that somebody hears of. */
export function coverVerdict(answers: readonly MetricAnswer[], question: CoverQuestion): Verdict {
  const { subject, need } = question;
  const plain = answers.map(plainly);
  const of = (status: Plain["status"]): readonly Plain[] => plain.filter((one) => one.status === status);
  const good = of("pass");
  if (answers.length === 0) return notApplicable(`no metric of ${subject} is demanded`);
  if (isMet(need, { good: good.length, all: answers.length }))
    return passVerdict(good, { subject, support: supportOf(plain) });
  const isBroken = need === "every" ? of("fail").length > 0 : of("unknown").length === 0;
  const open = of(isBroken ? "fail" : "unknown");
  const [first, ...more] = nearestFirst(need, open);
  const why = [...(first === undefined ? [] : [first]), ...more]
    .map((one) => `${one.name}: ${one.why}`)
    .join("; ");
  if (!isBroken)
    return unknown(
      first?.reason ?? "undecidable",
      `it cannot be said whether somebody hears of trouble with ${subject}: ${why}`,
      supportOf(plain),
    );
  const remediation = question.remedy(answers.filter((_, at) => plain[at]?.status === "fail"));
  return fail(`nobody hears of trouble with ${subject}: ${why}`, {
    ...supportOf(plain),
    ...(first?.witness && { witness: first.witness }),
    ...(remediation && { remediation }),
  });
}

// Where one would be enough, the nearest miss says most.
function nearestFirst(need: CoverQuestion["need"], open: readonly Plain[]): readonly Plain[] {
  return need === "every" ? open : open.toSorted((a, b) => (a.distance ?? 0) - (b.distance ?? 0));
}

function passVerdict(
  good: readonly Plain[],
  { subject, support }: { readonly subject: string; readonly support: ReturnType<typeof supportOf> },
): Verdict {
  const notes = [...new Set(good.flatMap((one) => one.notes))];
  return pass(`somebody hears of ${listed(good.map(({ name, why }) => `${name} (${why})`))} of ${subject}`, {
    ...support,
    ...(notes.length === 0 ? {} : { notes }),
  });
}

function isMet(
  need: "every" | "some",
  { good, all }: { readonly good: number; readonly all: number },
): boolean {
  return need === "every" ? good === all : good > 0;
}

type Plain = Omit<Watched, "watch"> & { readonly name: string };

/** How far the answers are from being met; the smaller, the nearer. */
export function distanceTo({ need }: Pick<CoverQuestion, "need">, answers: readonly MetricAnswer[]): number {
  const distances = answers.map((answer) =>
    answer.kind === "watched" ? (answer.watched.distance ?? 0) : FARTHEST,
  );
  return need === "every" ? greatest(distances, 0) : least(distances, FARTHEST);
}

function plainly(answer: MetricAnswer): Plain {
  if (answer.kind === "watched") return { ...answer.watched, name: answer.watched.watch.name };
  const { name, claim } = answer;
  const shared = { name, why: claim.because, notes: [], evidence: [], candidates: [] };
  return claim.is === "unknown"
    ? { ...shared, status: "unknown", reason: claim.reason }
    : { ...shared, status: "fail", witness: { name, because: claim.because } };
}

const MOST_EVIDENCE = 60;
const worth: readonly Candidate["status"][] = ["pass", "unknown", "fail"];

// An alarm that serves one metric is no failure for not serving the others.
function supportOf(plain: readonly Plain[]): {
  readonly evidence?: readonly Evidence[];
  readonly candidates?: readonly Candidate[];
} {
  const best = new Map<string, Candidate>();
  for (const candidate of plain.flatMap(({ candidates }) => candidates)) {
    const known = best.get(candidate.ref);
    if (known === undefined || worth.indexOf(candidate.status) < worth.indexOf(known.status))
      best.set(candidate.ref, candidate);
  }
  const evidence = [
    ...new Map(plain.flatMap((one) => one.evidence).map((one) => [one.path, one])).values(),
  ].slice(0, MOST_EVIDENCE);
  return { evidence, candidates: [...best.values()].sort((a, b) => byText(a.ref, b.ref)) };
}
