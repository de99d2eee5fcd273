import type { Account, Blind } from "../core/account.js";
import { aboutAccount, aboutRegion, aboutResource } from "../core/judgement.js";
import type { Judgement } from "../core/judgement.js";
import type { Resource } from "../core/resource.js";
import { fail, notApplicable, unknown } from "../core/verdict.js";
import type { Verdict } from "../core/verdict.js";
import { explainBlind } from "../shared/text/unreadable-text.js";

/** How the resources of one type are judged. */
export type PerResource = {
  readonly type: string;
  /** What having no such resource means. */
  readonly absence: "not-applicable" | "fail";
  /** What a resource of the type is called in a sentence: "trail". Default: the type's name. */
  readonly noun?: string;
  /** undefined: the resource is not among those that the rule is about. */
  readonly judge: (resource: Resource) => Verdict | undefined;
};

/**
 * One judgement per resource of a type. Where no resource is judged, one about the account: absence. A place that could
 * not be listed adds one `unknown` that names it, since more resources may hide there, and absence is then not said.
 */
export function judgeEach(
  account: Account,
  { type, absence, noun = type, judge }: PerResource,
): readonly Judgement[] {
  const { resources, blind } = account.list(type);
  const judged = resources.flatMap((resource) => {
    const verdict = judge(resource);
    return verdict === undefined ? [] : [aboutResource(resource, verdict)];
  });
  const hidden = judgeBlind(
    account,
    account.blindRegions === undefined ? blind : [...blind, account.blindRegions],
  );
  if (judged.length > 0 || hidden.length > 0) return [...judged, ...hidden];
  const message =
    resources.length === 0
      ? `this account has no ${noun}`
      : `none of the ${noun}s of this account is concerned`;
  return [aboutAccount(account, absence === "fail" ? fail(message) : notApplicable(message))];
}

/** The `unknown` judgements for places that could not be looked at: one per region, or one about the account when all regions are alike. */
export function judgeBlind(account: Account, blind: readonly Blind[]): readonly Judgement[] {
  const [first] = blind;
  if (first === undefined) return [];
  const isEverywhere =
    blind.length > 1 &&
    blind.length >= account.regions.length &&
    blind.every((one) => one.kind === first.kind && one.reason === first.reason);
  if (isEverywhere) return [aboutAccount(account, unknownBlind(first, "any region"))];
  return blind.map((one) => {
    if (one.region === "global") return aboutAccount(account, unknownBlind(one, "this account"));
    return aboutRegion(one.region, unknownBlind(one, one.region));
  });
}

function unknownBlind(blind: Blind, where: string): Verdict {
  const what = blind.type.startsWith("Watchproof::") ? "the enabled regions" : `the ${blind.type} list`;
  return unknown(blind.kind, `${what} of ${where} could not be read: ${explainBlind(blind)}`);
}
