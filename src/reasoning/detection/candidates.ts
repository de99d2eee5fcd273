import type { Candidate } from "../../core/verdict.js";
import { doubtful, holding, refuted } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { byKeys } from "../../shared/order.js";
import { candidateOf } from "../reach/alarm-tell.js";
import { chainOf, refsOf } from "./chain.js";
import type { Chain, ChainLink } from "./chain.js";
import { decideDetection, mayPass, usefulChains } from "./detection.js";
import { nearestBreaks } from "./nearest.js";
import type { Detection, EventDemand, Part } from "./detection.js";

/** The kinds of links that are candidates, each with its own verdict. */
const judged: ReadonlySet<ChainLink["name"]> = new Set(["filter", "alarm", "log alarm", "rule"]);

/**
 * The chains that are about a demand: their patterns let some demanded event pass, or name one of `marks`, as those of
 * somebody who meant it and got it wrong.
 */
export function concerned(
  chains: readonly Chain[],
  demand: readonly EventDemand[],
  marks: readonly string[],
): readonly Chain[] {
  const answers = new Map<string, boolean>();
  const lets = ({ passes }: ChainLink): boolean =>
    demand.some((one) => one.regions.length > 0 && mayPass(passes, one));
  const concerns = (link: ChainLink): boolean => {
    const answer =
      answers.get(link.ref) ?? (marks.some((mark) => link.text?.includes(mark) === true) || lets(link));
    answers.set(link.ref, answer);
    return answer;
  };
  return chains.filter(({ links }) => {
    const looking = links.filter(({ passes, text }) => passes !== undefined && text !== undefined);
    return looking.length > 0 && looking.every(concerns);
  });
}

/** Each filter, alarm and rule by its own verdict: do the chains through it hear of the whole demand in the regions that they cover? */
export function candidatesOf(parts: readonly Part[]): readonly Candidate[] {
  const links = judgedLinks(parts);
  const through = indexed(parts, (chains) => byRef(chains, links));
  // What never lets a demanded event through does not in fewer regions either.
  const useful = parts.map((part) => new Set(usefulChains(part)));
  const own = [...links.values()].map((link) =>
    judge(link, through.partsOf(link.ref), (chain, at) => useful[at]?.has(chain) === true),
  );
  const ways = indexed(parts, byWayBeyond);
  const beyond = ways.refs.map((ref) => judge({ ref, id: ref }, ways.partsOf(ref), () => true));
  return [...own, ...beyond]
    .sort(byKeys<Candidate>(({ ref }) => ref))
    .filter((candidate, at, all) => all[at - 1]?.ref !== candidate.ref);
}

function judgedLinks(parts: readonly Part[]): ReadonlyMap<string, ChainLink> {
  const links = new Map<string, ChainLink>();
  const chains = [...new Set(parts.map((part) => part.chains))].flat();
  for (const chain of chains)
    for (const link of chain.links) if (judged.has(link.name)) links.set(link.ref, link);
  return links;
}

type Index = ReadonlyMap<string, readonly Chain[]>;

/** The parts with the chains of one ref alone, in their order, each once; demands that share their chains share the index. */
function indexed(
  parts: readonly Part[],
  indexBy: (chains: readonly Chain[]) => Index,
): { readonly refs: readonly string[]; readonly partsOf: (ref: string) => readonly Part[] } {
  const indexes = new Map<readonly Chain[], Index>();
  const indexOf = (chains: readonly Chain[]): Index => {
    const index = indexes.get(chains) ?? indexBy(chains);
    indexes.set(chains, index);
    return index;
  };
  return {
    refs: [...new Set(parts.flatMap(({ chains }) => [...indexOf(chains).keys()]))],
    partsOf: (ref) => parts.map(({ demand, chains }) => ({ demand, chains: indexOf(chains).get(ref) ?? [] })),
  };
}

function byRef(chains: readonly Chain[], wanted: ReadonlyMap<string, ChainLink>): Index {
  const found = new Map<string, Chain[]>();
  for (const chain of chains) for (const ref of refsOf(chain)) if (wanted.has(ref)) add(found, ref, chain);
  return found;
}

function byWayBeyond(chains: readonly Chain[]): Index {
  const found = new Map<string, Chain[]>();
  for (const chain of chains) for (const { ref, way } of waysBeyond(chain)) add(found, ref, way);
  return found;
}

function add(found: Map<string, Chain[]>, ref: string, chain: Chain): void {
  const chains = found.get(ref);
  if (chains === undefined) found.set(ref, [chain]);
  else chains.push(chain);
}

function judge(
  { ref, id }: Pick<ChainLink, "ref" | "id">,
  parts: readonly Part[],
  isUseful: (chain: Chain, part: number) => boolean,
): Candidate {
  const covered = parts.map(({ demand, chains }) => ({ demand: coveredBy(chains, demand), chains }));
  const all = parts.flatMap(({ chains }) => chains);
  if (covered.every(({ demand }) => demand.regions.length === 0)) return candidateOf(ref, wholeClaim(all));
  const useful = covered.map(({ demand, chains }, at) => ({
    demand,
    chains: chains.filter((chain) => isUseful(chain, at)),
  }));
  return candidateOf(ref, claimOf(decideDetection(useful), all, id));
}

function coveredBy(chains: readonly Chain[], demand: EventDemand): EventDemand {
  const regions = demand.regions.filter((region) => chains.some((chain) => chain.covers(region).is !== "no"));
  return regions.length === demand.regions.length ? demand : { ...demand, regions };
}

function claimOf(detection: Detection, chains: readonly Chain[], id: string): Claim {
  if (detection.status === "heard") return holding;
  if (detection.status === "unknown") {
    const [first] = detection.because;
    return doubtful(first?.reason ?? "undecidable", first?.because ?? "it cannot be said");
  }
  const [nearest] = nearestBreaks(chains, detection.slipped);
  if (nearest === undefined) return refuted("does not hear of every demanded event");
  const { link, claim } = nearest.at;
  return refuted(
    link === undefined || link.id === id || link.id === ""
      ? claim.because
      : `${link.name} ${link.id}: ${claim.because}`,
  );
}

function wholeClaim(chains: readonly Chain[]): Claim {
  const broken = chains.find(({ claim }) => claim.is === "no")?.claim;
  return broken ?? refuted("covers no region where a demanded event occurs");
}

/** Composite alarms beyond an alarm: the chain up to the alarm, and from there what is known of that way. */
function waysBeyond(chain: Chain): readonly { readonly ref: string; readonly way: Chain }[] {
  const last = chain.links.at(-1);
  if (last?.name !== "action") return [];
  const composites = (last.beyond ?? []).filter(({ ref }) => ref.includes(":alarm:"));
  return composites.map((candidate) => ({
    ref: candidate.ref,
    way: chainOf(
      [...chain.links.slice(0, -1), { ...last, ref: candidate.ref, claim: claimOfCandidate(candidate) }],
      (region) => chain.covers(region),
    ),
  }));
}

function claimOfCandidate({ status, brokenLink = "" }: Candidate): Claim {
  if (status === "pass") return holding;
  return status === "unknown" ? doubtful("undecidable", brokenLink) : refuted(brokenLink);
}
