import type { Account, Blind } from "../../core/account.js";
import type { JsonObject } from "../../core/json.js";
import type { Resource } from "../../core/resource.js";
import { fail, pass, unknown } from "../../core/verdict.js";
import type { Support, Verdict } from "../../core/verdict.js";
import { doubtful, everyClaim } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { isKnownGone } from "../../shared/read-claim.js";
import { explainBlind } from "../../shared/text/unreadable-text.js";
import { listed } from "../../shared/text/words.js";
import { coversRegion } from "../capture/trails.js";
import { evidenceOf } from "../evidence.js";

const TRAIL = "AWS::CloudTrail::Trail";

/** What a claim about one resource comes to: `holds` is the sentence when it does, `subject` begins the one when it does not. */
export type ClaimWords = { readonly subject: string; readonly holds: string; readonly witness?: JsonObject };

/** A claim about one resource as a verdict. */
export function claimVerdict(
  claim: Claim,
  { subject, holds, witness }: ClaimWords,
  support: Support,
): Verdict {
  if (claim.is === "yes") return pass(holds, support);
  const message = `${subject}: ${claim.because}`;
  return claim.is === "no"
    ? fail(message, { ...support, ...(witness === undefined ? {} : { witness }) })
    : unknown(claim.reason, message, support);
}

/** "One trail meets it": what is asked of each, what is said, which properties are shown, and which blind place could hide one that meets it. */
export type SomeTrail = {
  readonly claim: (trail: Resource) => Claim;
  readonly demand: string;
  readonly properties: readonly string[];
  readonly hides: (blind: Blind) => boolean;
};

/** The account's trails as seen in the regions looked at, those that do not exist left out. */
export function trailsOf(account: Account): readonly Resource[] {
  return account.list(TRAIL).resources.filter((trail) => !isKnownGone(trail));
}

/** Whether one trail meets a demand, each trail a candidate with its first broken link. Absence fails. */
export function judgeSomeTrail(account: Account, { claim, demand, properties, hides }: SomeTrail): Verdict {
  const answers = trailsOf(account).map((trail) => ({ trail, claim: claim(trail) }));
  const candidates = answers.map(({ trail, claim: one }) => ({
    ref: trail.arn ?? trail.id,
    ...candidateStatus(one),
  }));
  const good = answers.filter((answer) => answer.claim.is === "yes").map(({ trail }) => trail);
  const evidence = (good.length > 0 ? good : answers.map(({ trail }) => trail)).flatMap((trail) =>
    evidenceOf(account, trail, properties),
  );
  if (good.length > 0)
    return pass(`${listed(good.map(({ id }) => id))} ${good.length === 1 ? "is" : "are"} ${demand}`, {
      candidates,
      evidence,
    });
  const hidden = account
    .list(TRAIL)
    .blind.filter(hides)
    .map((blind) => ({
      name: `trails of ${blind.region}`,
      claim: doubtful(blind.kind, `could not be listed: ${explainBlind(blind)}`),
    }));
  const doubts = [
    ...answers.map(({ trail, claim: one }) => ({ name: trail.id, claim: one })),
    ...hidden,
  ].flatMap((doubt) => (doubt.claim.is === "unknown" ? [{ ...doubt, claim: doubt.claim }] : []));
  const [first] = doubts;
  const support = { candidates, evidence };
  if (first !== undefined)
    return unknown(
      first.claim.reason,
      `no trail is for certain ${demand} (${doubts.map(({ name, claim: one }) => `${name}: ${one.because}`).join("; ")})`,
      support,
    );
  const links = answers.flatMap(({ trail, claim: one }) =>
    one.is === "no" ? [`${trail.id}: ${one.because}`] : [],
  );
  return fail(
    links.length === 0
      ? `no trail is ${demand}: there is none`
      : `no trail is ${demand} (${links.join("; ")})`,
    { ...support, witness: { kind: links.length === 0 ? "no-trail" : "no-such-trail" } },
  );
}

function candidateStatus(claim: Claim): {
  readonly status: "pass" | "fail" | "unknown";
  readonly brokenLink?: string;
} {
  if (claim.is === "yes") return { status: "pass" };
  return { status: claim.is === "no" ? "fail" : "unknown", brokenLink: claim.because };
}

/** Whether a trail covers every region looked at; a region that could not be listed may show it. */
export function coversEveryRegion(trail: Resource, account: Account): Claim {
  return everyClaim(account.regions.map((region) => coversRegion(trail, region, account)));
}

/** Whether a multi-region trail could hide in a place that could not be listed: not while any region was listed, which would show it. */
export function couldHideMultiRegion(account: Account): (blind: Blind) => boolean {
  const gaps = new Set(account.list(TRAIL).blind.map(({ region }) => region));
  const isAllBlind = gaps.has("global") || account.regions.every((region) => gaps.has(region));
  return () => isAllBlind;
}
