import type { Account } from "../../core/account.js";
import type { JsonObject } from "../../core/json.js";
import { fail, pass, unknown } from "../../core/verdict.js";
import type { Candidate, Evidence, RemedyWords, UnknownReason, Verdict } from "../../core/verdict.js";
import { exactly } from "../../languages/partial-record/partial-record.js";
import { byKeys, sortedUnique } from "../../shared/order.js";
import { explainBlind } from "../../shared/text/unreadable-text.js";
import { isObject } from "../../shared/read-property.js";
import { listed, plural } from "../../shared/text/words.js";
import { withReason } from "./chain.js";
import type { Break, ChainLink } from "./chain.js";
import { eventWitness, eventWords } from "./demanded-events-text.js";
import { notesBeyond } from "./beyond.js";
import { candidatesOf } from "./candidates.js";
import { decideDetection } from "./detection.js";
import { nearestBreaks } from "./nearest.js";
import type { Detection, Part, Slipped } from "./detection.js";

/** What is judged. `everyRegion`: it is about all enabled regions, so that it matters whether they are all known. */
type DetectionQuestion = {
  readonly account: Account;
  readonly parts: readonly Part[];
  /** Those of the chains that are worth showing. Default: all. */
  readonly shown?: readonly Part[];
  /** Candidates that are part of no chain. */
  readonly others?: readonly Candidate[];
  readonly everyRegion: boolean;
  /** What to say where there is no chain at all. */
  readonly nothing: string;
  /** What is known of the account that stands for words in the rule's remediation. */
  readonly words: () => RemedyWords;
};

/** Decides whether somebody hears of every demanded event and tells it: the chains that prove it, or the event that slips and where its way breaks. */
export function detectionVerdict(question: DetectionQuestion): Verdict {
  const answer = decideDetection(question.parts);
  const candidates = [...candidatesOf(question.shown ?? question.parts), ...(question.others ?? [])];
  if (answer.status === "heard") return heard(question, answer, candidates);
  if (answer.status === "unknown") return undecided(question, answer, candidates);
  const { slipped } = answer;
  const broken = nearestOf(question, slipped);
  const why = broken === undefined ? question.nothing : broken.text;
  const event = knownOf(slipped);
  return fail(`nobody hears of ${eventWords(event)}: ${why}`, {
    candidates,
    evidence: broken?.evidence ?? [],
    witness: { ...eventWitness(event, broken?.decided), brokenLink: why },
    words: question.words(),
  });
}

/** An event without what is assumed of it only. */
function knownOf({ event, isAccessUnknown = false }: Slipped): JsonObject {
  const { detail } = event;
  if (!isAccessUnknown || !isObject(detail)) return event;
  const told = Object.entries(detail).filter(([name]) => name !== "readOnly");
  return { ...event, detail: Object.fromEntries(told) };
}

function heard(
  { account, everyRegion, parts }: DetectionQuestion,
  { proof }: Detection & { readonly status: "heard" },
  candidates: readonly Candidate[],
): Verdict {
  const chains = [...new Set(proof.flatMap((one) => one.chains))];
  const links = chains.flatMap((chain) => chain.links);
  const evidence = evidenceOfLinks(links);
  const notes = sortedUnique([...links.flatMap((link) => link.notes ?? []), ...notesBeyond(parts, proof)]);
  const regions = new Set(parts.flatMap(({ demand }) => demand.regions)).size;
  const ways = sortedUnique(
    chains.map((chain) =>
      chain.links
        .filter(({ name }) => speaking.has(name))
        .map(({ name, id }) => `${name} ${id}`)
        .join(" → "),
    ),
  );
  const message = `somebody hears of every demanded event in ${plural(regions, "region")}, through ${listed(ways)}`;
  if (everyRegion && account.blindRegions !== undefined) {
    return unknown(
      account.blindRegions.kind,
      `${message}, but the enabled regions could not be listed (${explainBlind(account.blindRegions)}): there may be more`,
      { evidence, candidates },
    );
  }
  return pass(message, { evidence, candidates, ...(notes.length === 0 ? {} : { notes }) });
}

const speaking: ReadonlySet<ChainLink["name"]> = new Set(["filter", "alarm", "log alarm", "rule"]);

function undecided(
  question: DetectionQuestion,
  { slipped, because }: Detection & { readonly status: "unknown" },
  candidates: readonly Candidate[],
): Verdict {
  const gravity: readonly UnknownReason[] = ["unreadable", "not-collected", "too-complex", "undecidable"];
  const reason = gravity.find((one) => because.some((claim) => claim.reason === one)) ?? "undecidable";
  const what = slipped === undefined ? "the demanded events" : eventWords(knownOf(slipped));
  const whys = sortedUnique(because.map((claim) => claim.because))
    .slice(0, MOST_REASONS)
    .join("; ");
  const witness: JsonObject | undefined = slipped === undefined ? undefined : eventWitness(knownOf(slipped));
  const evidence = slipped === undefined ? [] : (nearestOf(question, slipped)?.evidence ?? []);
  return unknown(reason, `it cannot be said whether somebody hears of ${what} (${whys})`, {
    candidates,
    evidence,
    ...(witness === undefined ? {} : { witness }),
  });
}

const MOST_REASONS = 5;

/** `decided`: the place in the event that a pattern rejects. */
type Nearest = {
  readonly text: string;
  readonly evidence: readonly Evidence[];
  readonly decided?: readonly string[];
};

// Chains about something else break at their pattern; those that were meant for the event tell more.
function nearestOf({ parts, shown = parts }: DetectionQuestion, slipped: Slipped): Nearest | undefined {
  const chains = (some: readonly Part[]): Part["chains"] => some.flatMap((part) => part.chains);
  const one = { ...slipped, event: knownOf(slipped) };
  const own = nearestBreaks(chains(shown), one);
  const nearest = own.length > 0 ? own : nearestBreaks(chains(parts), one);
  const first = nearest.find(({ at }) => isMeant(at, one.event)) ?? nearest.find(isPattern) ?? nearest[0];
  if (first === undefined) return undefined;
  const { chain, at } = first;
  const evidence = evidenceOfLinks(chain.links.slice(0, Math.max(at.at, 0) + 1));
  const { link } = at;
  if (link === undefined || !isPattern({ at })) return { text: breakText(at), evidence };
  const decided = link.mismatch?.(one.event)?.path ?? [];
  const rejecting = rejectingLinks(
    nearest.filter(isPattern).map((each) => each.at),
    link,
  );
  if (rejecting.length < 2) return { text: breakText(at), evidence, decided };
  const whys = rejecting
    .slice(0, MOST_NAMES)
    .map(({ id, mismatch }) => withReason(id, mismatch?.(one.event)));
  return { text: `no ${link.name} matches it (nearest: ${whys.join("; ")})`, evidence, decided };
}

// It breaks although its pattern takes the event: it was meant for it.
function isMeant({ at, link }: Break, event: JsonObject): boolean {
  return at >= 0 && link?.claim.is === "no" && link.passes?.outcome(exactly(event)).kind === "yes";
}

// It breaks by what it asks of the event.
function isPattern({ at: { at, link } }: { readonly at: Break }): boolean {
  return at >= 0 && link?.passes !== undefined && link.claim.is === "yes";
}

function breakText({ link, claim }: Break): string {
  return link === undefined || link.id === "" ? claim.because : `${link.name} ${link.id}: ${claim.because}`;
}

// Those of a kind, each once.
function rejectingLinks(breaks: readonly Break[], { name }: ChainLink): readonly ChainLink[] {
  const links = breaks.flatMap(({ link }) =>
    link === undefined || link.name !== name || link.id === "" ? [] : [link],
  );
  return [...new Map(links.map((link) => [link.id, link])).values()].sort(byKeys(({ id }) => id));
}

const MOST_NAMES = 3;

/** What was read of the links, in their order, each value once; the path begins with the link's name. */
function evidenceOfLinks(links: readonly ChainLink[]): readonly Evidence[] {
  const all = links.flatMap(({ name, evidence }) =>
    evidence().map((item) => ({ ...item, path: `${name}: ${item.path}` })),
  );
  return [...new Map(all.map((item) => [item.path, item])).values()];
}
