import type { Found } from "../core/collector.js";
import type { AccountIdentity, Gap } from "../core/snapshot.js";
import { isAccountId } from "../shared/aws/account-id.js";
import { parseArn } from "../shared/aws/arn.js";
import { sortedUnique } from "../shared/order.js";
import type { Ask } from "./caller.js";
import type { Identified } from "./identify.js";
import { isListed, regionsToAsk } from "./plan.js";
import type { Plan } from "./plan.js";
import { askList, spotsOf } from "./sweep.js";

/** What is going to be read of the account that did not say who it is. `ask` must not ask anything twice. */
export type Recognizing = {
  readonly plan: Plan;
  readonly ask: Ask;
  /** The regions looked at. */
  readonly regions: readonly string[];
};

/** Takes the account from the ARNs of its own resources, where nobody said whose the credentials are and all ARNs agree. Asks only what is asked anyway. */
export async function recognize({ account, gaps }: Identified, reading: Recognizing): Promise<Identified> {
  const [id, ...others] = await ownersIn(account, reading);
  if (id === undefined || others.length > 0) return { account, gaps };
  return { account: { ...account, id }, gaps: gaps.map((gap) => of(id, gap)) };
}

function of(id: string, { message = "", ...gap }: Gap): Gap {
  return {
    ...gap,
    account: id,
    message: `${message === "" ? "" : `${message}; `}the account's id is taken from the ARNs of its own resources`,
  };
}

async function ownersIn(
  account: AccountIdentity,
  { plan, ask, regions }: Recognizing,
): Promise<readonly string[]> {
  const asked = [...plan.types.values()].filter(isListed).flatMap((typePlan) => {
    const { collector } = typePlan;
    const { list } = collector;
    if (list === undefined) return [];
    return spotsOf({ ...collector, list }, account, regionsToAsk(typePlan, regions)).map((spot) =>
      askList(ask, { ...collector, list }, spot),
    );
  });
  const listed = await Promise.all(asked);
  return sortedUnique(listed.flatMap(({ found }) => found.filter(isOwn)).flatMap(ownerOf));
}

// A list that also shows what other accounts share names each one's account; a trail that is not an organization's is its account's alone.
function isOwn({ account, properties }: Found): boolean {
  return account === undefined || properties["IsOrganizationTrail"] === false;
}

function ownerOf({ arn = "" }: Found): readonly string[] {
  const owner = parseArn(arn)?.account ?? "";
  return isAccountId(owner) ? [owner] : [];
}
