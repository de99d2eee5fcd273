import { manyCombinations } from "./search.js";
import { fail, pass, unknown } from "../../core/verdict.js";
import type { Candidate, Support, UnknownReason, Verdict } from "../../core/verdict.js";
import { doubtful, everyClaim, holding } from "../../shared/claim.js";
import { plural, listed } from "../../shared/text/words.js";
import { explainBlind } from "../../shared/text/unreadable-text.js";
import { decideCapture } from "./capture.js";
import type { Blocker, CaptureAnswer, MissedEvent } from "./capture.js";
import { candidateOf, evidenceOf } from "./evidence.js";
import type { CaptureQuestion } from "./question.js";
import { sinksCapturing } from "./sink.js";
import type { Sink, SinkAnswer } from "./sink.js";
import { missedText, witnessOf } from "./witness.js";
import { captureRemedy } from "./remedy.js";
import { sinkTypes } from "./sinks.js";
import { rememberByObject } from "../../shared/remember.js";
import { sortedUnique } from "../../shared/order.js";
import type { EventSet } from "./demand.js";

/** A question, the sinks that there are, and whether a failure should come with a remedy computed for it. */
type Asked = CaptureQuestion & { readonly sinks: readonly Sink[]; readonly remedied: boolean };

/** Decides a demand and tells it: the witness or the proof, every sink with its first broken link, and what was read. */
export function captureVerdict(
  asked: CaptureQuestion,
  { remedied = true }: { readonly remedied?: boolean } = {},
): Verdict {
  const question: Asked = { ...asked, sinks: asked.sinksOf(asked.account), remedied };
  const answer = decideCapture(question.sinks, question.demand, question);
  if (answer.status === "captured") return captured(question, answer);
  if (answer.status === "too-complex") return tooComplex(answer);
  const support = supportOf(question, answer.missed);
  if (answer.status === "unknown") return undecided(answer, support);
  return notCaptured(question, answer, support);
}

function captured(question: Asked, { proof }: CaptureAnswer & { readonly status: "captured" }): Verdict {
  const { account, sinks, demand, everyRegion } = question;
  const used = sinks.filter((sink) => proof.some((one) => one.sinks.includes(sink)));
  const evidence = used.flatMap((sink) => evidenceOf(sink, account, question));
  const candidates = sinks
    .filter(({ kind }) => kind !== "hidden")
    .map((sink) =>
      used.includes(sink) ? candidateOf({ sink, claim: holding }) : ownCandidate(sink, question),
    );
  const message = `every demanded event is captured in ${plural(demand.length, "region")}, by ${listed(used.map(({ id }) => id))}`;
  if (everyRegion && account.blindRegions !== undefined) {
    return unknown(
      account.blindRegions.kind,
      `${message}, but the enabled regions could not be listed (${explainBlind(account.blindRegions)}): there may be more`,
      { evidence, candidates },
    );
  }
  const notes = [
    ...used
      .filter(({ kind }) => kind === "channel")
      .map(
        ({ id }) =>
          `This rests on the service-linked channel ${id}, which another AWS service owns; check that its log is kept as long as a trail's would be.`,
      ),
    ...literalNotes(question),
  ];
  return pass(message, { evidence, candidates, ...(notes.length === 0 ? {} : { notes }) });
}

// A name that selectors leave out and that no known operation bears.
function literalNotes({ sinks, demand, delivered }: Asked): readonly string[] {
  const isNaming = sinks.some(({ selectors }) =>
    selectors.some(({ conditions }) => conditions.some(({ field }) => field === "eventName")),
  );
  if (!isNaming) return [];
  const whole = demand.map(({ region, events }) => ({ region, events: events.map(withEveryName) }));
  const answer = decideCapture(sinks, whole, { delivered });
  if (answer.status === "captured" || answer.status === "too-complex") return [];
  return [
    `Selectors leave out events named ${answer.missed.event.eventName}, which no known operation bears: nothing known is missed.`,
  ];
}

const withEveryName = rememberByObject((set: EventSet): EventSet => ({ ...set, literals: "all" }));

/** A sink by its own verdict: does it capture the demand in those demanded regions that it covers? A region that it lacks stands as its link. */
function ownCandidate(sink: Sink, { demand, delivered }: Asked): Candidate {
  const covered = demand.filter(({ region }) => sink.covers(region).is !== "no");
  const [first] = demand.filter((one) => !covered.includes(one));
  const lacking = first === undefined ? undefined : sink.covers(first.region);
  if (covered.length === 0)
    return candidateOf({ sink, claim: everyClaim([sink.running, lacking ?? holding]) });
  const answer = decideCapture([sink], covered, { delivered });
  if (answer.status === "too-complex")
    return candidateOf({ sink, claim: doubtful("too-complex", manyCombinations) });
  if (answer.status !== "captured")
    return candidateOf(
      sinksCapturing([sink], answer.missed.event, { region: answer.missed.region, delivered })[0] ?? {
        sink,
        claim: holding,
      },
    );
  return {
    ...candidateOf({ sink, claim: holding }),
    ...(lacking?.is === "no" ? { brokenLink: lacking.because } : {}),
  };
}

function notCaptured(
  question: Asked,
  { missed, kind }: CaptureAnswer & { readonly status: "not-captured" },
  support: Support,
): Verdict {
  const { sinks, delivered, remedied } = question;
  const notes = [memberNote, ...hiddenNotes(sinks)];
  if (kind === "missed") {
    const why = sinks.length === 0 ? ": the account has no trail, event data store or channel" : "";
    const remediation = remedied ? captureRemedy(question) : undefined;
    return fail(`CloudTrail does not record ${missedText(missed)}${why}`, {
      ...support,
      notes,
      witness: witnessOf(missed),
      ...(remediation === undefined ? {} : { remediation }),
    });
  }
  const recording = sinksCapturing(sinks, missed.event, { region: missed.region, delivered: false }).filter(
    ({ claim }) => claim.is !== "no",
  );
  const broken = sinksCapturing(
    recording.map(({ sink }) => sink),
    missed.event,
    { region: missed.region, delivered },
  );
  const links = broken.flatMap(({ sink, claim }) =>
    claim.is === "no" ? [`${sink.id}: ${claim.because}`] : [],
  );
  return fail(`${missedText(missed)} is recorded but delivered nowhere (${links.join("; ")})`, {
    ...support,
    notes,
    witness: witnessOf(missed, "undelivered"),
  });
}

// Where stores and channels of all regions are listed is not documented beyond doubt: a quota counts them in every region.
function hiddenNotes(sinks: readonly Sink[]): readonly string[] {
  const regions = sinks.flatMap(({ blind }) =>
    blind?.kind === "unreadable" && blind.type !== sinkTypes.trail ? [blind.region] : [],
  );
  if (regions.length === 0) return [];
  return [
    `Event data stores or channels of ${listed(sortedUnique(regions))} could not be listed; one of them that covers other regions would be expected in their lists too.`,
  ];
}

const memberNote =
  "An event data store of the organization cannot be seen from a member account; if this is one, look in the management account too.";

function undecided(
  { missed, blockedBy }: CaptureAnswer & { readonly status: "unknown" },
  support: Support,
): Verdict {
  const because =
    blockedBy.map(({ sink, claim }) => `${sink.id}: ${claim.because}`).join("; ") || accessUnknown;
  return unknown(
    reasonOf(blockedBy),
    `it cannot be said whether CloudTrail records ${missedText(missed)} (${because})`,
    { ...support, witness: witnessOf(missed) },
  );
}

function tooComplex({ region, sinks }: CaptureAnswer & { readonly status: "too-complex" }): Verdict {
  return unknown(
    "too-complex",
    `it cannot be said whether CloudTrail records all of it in ${region}: ${listed(sinks.map(({ id }) => id))}: ${manyCombinations}`,
  );
}

const accessUnknown =
  "whether CloudTrail records it as a read or as a write is not known, and only one of both is captured";

const gravity: readonly UnknownReason[] = ["unreadable", "not-collected", "too-complex", "undecidable"];

function reasonOf(blockedBy: readonly Blocker[]): UnknownReason {
  return gravity.find((reason) => blockedBy.some(({ claim }) => claim.reason === reason)) ?? "undecidable";
}

function supportOf(question: Asked, { event, region }: MissedEvent): Support {
  const answers = sinksCapturing(question.sinks, event, { region, delivered: question.delivered }).filter(
    ({ sink, claim }) => sink.kind !== "hidden" || claim.is !== "no",
  );
  // In the only region that is demanded, a sink that misses this event fails by it.
  const isDecided = ({ sink, claim }: SinkAnswer): boolean =>
    sink.kind === "hidden" || (claim.is === "no" && question.demand.length === 1);
  const candidates = answers.map((answer) =>
    isDecided(answer) ? candidateOf(answer) : ownCandidate(answer.sink, question),
  );
  return {
    candidates,
    evidence: answers.flatMap(({ sink }) => evidenceOf(sink, question.account, question)),
  };
}
