import type { Account, Blind } from "../../core/account.js";
import { aboutAccount } from "../../core/judgement.js";
import type { Judgement } from "../../core/judgement.js";
import type { Resource } from "../../core/resource.js";
import { fail, notApplicable, pass, unknown } from "../../core/verdict.js";
import type { Candidate, Evidence, UnknownReason, Verdict } from "../../core/verdict.js";
import { explainBlind } from "../../shared/text/unreadable-text.js";
import { plural } from "../../shared/text/words.js";
import { fillMessage } from "./fill-message.js";
import type { Condition, ConditionContext, Truth } from "./condition.js";
import { evidenceOf } from "../evidence.js";
import { judgeEach } from "../per-resource.js";

/** What is demanded of the resources of one type. */
export type Demand = {
  readonly type: string;
  readonly noun: string;
  readonly where?: Condition;
  readonly assert: Condition;
  readonly absence: "not-applicable" | "fail";
  readonly message?: string;
  readonly context: ConditionContext;
};

/** How many resources must meet the demand; `to` without bound where it is undefined. */
export type Bounds = { readonly from: number; readonly to?: number };

/** One judgement per resource that `where` admits: each must meet the demand. */
export function judgeEvery(account: Account, demand: Demand): readonly Judgement[] {
  const { type, absence, noun } = demand;
  return judgeEach(account, {
    type,
    absence,
    noun,
    judge: (resource) => judgeOne(account, demand, resource),
  });
}

/** One judgement about the account: the number of resources that meet the demand lies within bounds. */
export function judgeCounted(account: Account, demand: Demand, bounds: Bounds): Judgement {
  const { resources, blind } = account.list(demand.type);
  const concerned = resources.flatMap((resource) => admit(demand, resource));
  const admitted = bounds.from > 0 ? concerned : concerned.map((one) => orSurelyNot(demand, one));
  const hidden = account.blindRegions === undefined ? blind : [...blind, account.blindRegions];
  const tally = tallyOf(admitted, hidden);
  const isAbsent =
    admitted.length === 0 && hidden.length === 0 && bounds.from > 0 && demand.absence === "not-applicable";
  if (isAbsent)
    return aboutAccount(account, notApplicable(`this account has no ${demand.noun} that the rule is about`));
  const evidence = admitted
    .flatMap(({ resource }) => evidenceOf(account, resource, demand.assert.properties))
    .slice(0, MOST_EVIDENCE);
  return aboutAccount(account, {
    ...decideTally(demand, bounds, tally),
    candidates: admitted.map(candidateOf),
    evidence,
  });
}

const MOST_EVIDENCE = 50;

/** How many resources surely meet the demand, how many may, and why it is not known. */
export type Tally = {
  readonly all: number;
  readonly certain: number;
  readonly possible: number;
  readonly trouble?: Trouble;
};
type Trouble = { readonly reason: UnknownReason | "error"; readonly message: string };

/** Counts those that surely meet the demand and those that may, where more could hide in `hidden`. */
export function tallyOf(admitted: readonly Admitted[], hidden: readonly Blind[]): Tally {
  const certain = admitted.filter(({ truth }) => truth.kind === "yes").length;
  const undecided = admitted.flatMap(({ truth }) =>
    truth.kind === "unknown" || truth.kind === "error" ? [truth] : [],
  );
  const possible = hidden.length > 0 ? Number.POSITIVE_INFINITY : certain + undecided.length;
  const first = undecided.find(({ kind }) => kind === "error") ?? undecided[0];
  const tally = { all: admitted.length, certain, possible };
  if (first !== undefined)
    return {
      ...tally,
      trouble: { reason: first.kind === "unknown" ? first.reason : "error", message: first.message },
    };
  const [place] = hidden;
  return place === undefined
    ? tally
    : {
        ...tally,
        trouble: { reason: place.kind, message: `${place.type} in ${place.region}: ${explainBlind(place)}` },
      };
}

/** Whether a tally lies within bounds. */
export function decideTally(demand: Demand, bounds: Bounds, tally: Tally): Verdict {
  const { from, to = Number.POSITIVE_INFINITY } = bounds;
  const found = `${tally.certain.toString()} of ${plural(tally.all, demand.noun)} ${tally.certain === 1 ? "meets" : "meet"} it`;
  if (tally.certain >= from && tally.possible <= to) return pass(`${found}; ${wanted(bounds)} demanded`);
  const isBroken = tally.certain > to || tally.possible < from;
  if (isBroken)
    return fail(demand.message ?? `${found}, but ${wanted(bounds)} demanded`, {
      witness: { count: tally.certain },
    });
  const { reason, message } = tally.trouble ?? { reason: "undecidable", message: "" };
  if (reason === "error") return { status: "error", message };
  return unknown(
    reason,
    `${found} for certain and ${wanted(bounds)} demanded, but not everything could be read: ${message}`,
  );
}

/** A resource that the demand concerns, and whether it meets it. */
export type Admitted = { readonly resource: Resource; readonly truth: Truth };

/** The resource, where the demand may concern it; else nothing. */
export function admit({ where, assert, context }: Demand, resource: Resource): readonly Admitted[] {
  const admitted = where?.decide(resource, context) ?? { kind: "yes" };
  if (admitted.kind === "no") return [];
  return [{ resource, truth: admitted.kind === "yes" ? assert.decide(resource, context) : admitted }];
}

// Where only too many can be wrong, what does not meet the demand never counts, concerned or not.
function orSurelyNot({ assert, context }: Demand, one: Admitted): Admitted {
  return one.truth.kind === "unknown" && assert.decide(one.resource, context).kind === "no"
    ? { ...one, truth: { kind: "no" } }
    : one;
}

function judgeOne(account: Account, demand: Demand, resource: Resource): Verdict | undefined {
  const [admitted] = admit(demand, resource);
  if (admitted === undefined) return undefined;
  const { truth } = admitted;
  const evidence: readonly Evidence[] = evidenceOf(account, resource, [
    ...(demand.where?.properties ?? []),
    ...demand.assert.properties,
  ]);
  if (truth.kind === "yes") return pass(`${demand.noun} ${resource.id} meets it`, { evidence });
  if (truth.kind === "unknown") return unknown(truth.reason, truth.message, { evidence });
  if (truth.kind === "error") return { status: "error", message: truth.message, evidence };
  const observed = Object.fromEntries(
    evidence.map(({ path, value }) => [path.slice(path.lastIndexOf("/") + 1), value]),
  );
  return fail(
    demand.message === undefined
      ? `${demand.noun} ${resource.id} does not meet it`
      : fillMessage(demand.message, resource),
    { evidence, witness: { resource: resource.arn ?? resource.id, ...observed } },
  );
}

/** A resource as a candidate of a verdict. */
export function candidateOf({ resource, truth }: Admitted): Candidate {
  const ref = resource.arn ?? resource.id;
  if (truth.kind === "yes") return { ref, status: "pass" };
  if (truth.kind === "no") return { ref, status: "fail", brokenLink: "does not meet the condition" };
  return { ref, status: truth.kind === "error" ? "error" : "unknown", brokenLink: truth.message };
}

function wanted({ from, to }: Bounds): string {
  if (to === undefined) return `at least ${from.toString()} ${from === 1 ? "is" : "are"}`;
  if (to === 0) return "none is";
  return from === to
    ? `exactly ${from.toString()} ${from === 1 ? "is" : "are"}`
    : `${from.toString()} to ${to.toString()} are`;
}
