import type { Account, Blind } from "../../core/account.js";
import { aboutAccount, aboutRegion } from "../../core/judgement.js";
import type { Judgement } from "../../core/judgement.js";
import { fail, notApplicable, pass, unknown } from "../../core/verdict.js";
import type { Verdict } from "../../core/verdict.js";
import { isServed } from "../../shared/aws/served-regions.js";
import { explainBlind } from "../../shared/text/unreadable-text.js";
import { evidenceOf } from "../evidence.js";
import { admit, candidateOf, decideTally, tallyOf } from "./assert-quantifiers.js";
import type { Admitted, Bounds, Demand } from "./assert-quantifiers.js";
import { fillMessage } from "./fill-message.js";

/** How regions are judged: what must hold of the resources in each, and where the service is offered. */
export type RegionDemand = {
  readonly demand: Demand;
  /** undefined: every resource of the region must meet the demand. */
  readonly bounds: Bounds | undefined;
  /** A service of `shared/aws/served-regions.ts`; regions without it are not judged. */
  readonly servedAs?: string;
};

/** One judgement per region that is looked at and offers the service: the resources there meet the demand, or absence is judged. */
export function judgeRegions(
  account: Account,
  { demand, bounds, servedAs }: RegionDemand,
): readonly Judgement[] {
  const regions = account.regions.filter((region) => servedAs === undefined || isServed(servedAs, region));
  const judged = regions.map((region) =>
    aboutRegion(region, judgeRegion(account, region, { demand, bounds })),
  );
  const { blindRegions } = account;
  if (blindRegions !== undefined) {
    const message = `the enabled regions could not be listed (${explainBlind(blindRegions)}): there may be more`;
    return [...judged, aboutAccount(account, unknown(blindRegions.kind, message))];
  }
  if (judged.length > 0) return judged;
  return [aboutAccount(account, notApplicable("none of the regions looked at offers the service"))];
}

function judgeRegion(account: Account, region: string, { demand, bounds }: RegionDemand): Verdict {
  const { resources, blind } = account.list(demand.type);
  const here = resources.filter((resource) => resource.region === region);
  const admitted = here.flatMap((resource) => admit(demand, resource));
  const hidden = blind.filter((place) => place.region === region || place.region === "global");
  const verdict =
    admitted.length === 0 && (bounds?.from ?? 1) > 0
      ? absent(demand, region, hidden)
      : bounds === undefined
        ? every(demand, region, { admitted, hidden })
        : decideTally(demand, bounds, tallyOf(admitted, hidden));
  const properties = [...(demand.where?.properties ?? []), ...demand.assert.properties];
  return {
    ...verdict,
    candidates: admitted.map(candidateOf),
    evidence: here.flatMap((resource) => evidenceOf(account, resource, properties)).slice(0, MOST_EVIDENCE),
    ...(verdict.status === "fail" ? { witness: { region, ...verdict.witness } } : {}),
  };
}

const MOST_EVIDENCE = 20;

function absent({ noun, absence }: Demand, region: string, [place]: readonly Blind[]): Verdict {
  if (place !== undefined) return unknown(place.kind, unlisted(place, region));
  const message = `there is no ${noun} in ${region}`;
  return absence === "fail" ? fail(message) : notApplicable(`${message} that the rule is about`);
}

function unlisted(place: Blind, region: string): string {
  return `the ${place.type} list of ${region} could not be read: ${explainBlind(place)}`;
}

type Found = { readonly admitted: readonly Admitted[]; readonly hidden: readonly Blind[] };

function every({ noun, message }: Demand, region: string, { admitted, hidden: [place] }: Found): Verdict {
  const broken = admitted.find(({ truth }) => truth.kind === "no");
  if (broken !== undefined) {
    const { resource } = broken;
    return fail(
      message === undefined ? `${noun} ${resource.id} does not meet it` : fillMessage(message, resource),
      { witness: { resource: resource.arn ?? resource.id } },
    );
  }
  const [error] = admitted.flatMap(({ truth }) => (truth.kind === "error" ? [truth] : []));
  if (error !== undefined) return { status: "error", message: error.message };
  const [doubt] = admitted.flatMap(({ truth }) => (truth.kind === "unknown" ? [truth] : []));
  if (doubt !== undefined) return unknown(doubt.reason, doubt.message);
  return place === undefined
    ? pass(`every ${noun} in ${region} meets it`)
    : unknown(place.kind, unlisted(place, region));
}
