import type {
  Collector,
  Found,
  Identity,
  ListCall,
  ListedParent,
  Place,
  Properties,
} from "../core/collector.js";
import type { AccountIdentity, Gap } from "../core/snapshot.js";
import { groupBy } from "../shared/group-by.js";
import { byText, sortedUnique } from "../shared/order.js";
import { leaderRegion } from "../shared/aws/partitions.js";
import { isServed } from "../shared/aws/served-regions.js";
import type { Ask } from "./caller.js";
import { keyOf } from "./entry.js";
import { brokenBy, explain, pluginFailure } from "./failure.js";
import type { Failure } from "./failure.js";
import { askPages } from "./pages.js";
import type { PagedAnswer } from "./pages.js";

/** Where a list is asked. */
export type Spot = { readonly place: Place; readonly parent?: ListedParent };

/** What one list call found, and what it could not show. */
export type Listed = Spot & { readonly found: readonly Found[]; readonly gap?: Gap };

/** A resource as all lists together show it. */
export type Sighting = {
  readonly identity: Identity;
  readonly properties: Properties;
  readonly seenIn: readonly string[];
};

/** The spots where a list without parents is asked. */
export function spotsOf(
  { list, servedAs }: Collector & { readonly list: ListCall },
  account: AccountIdentity,
  regions: readonly string[],
): readonly Spot[] {
  if (typeof list.at === "object") return [];
  const places = list.at === "leader" ? [leaderRegion(account.partition)] : regions;
  const served = places.filter((region) => servedAs === undefined || isServed(servedAs, region));
  return served.map((region) => ({ place: { account, region } }));
}

/** Asks a list at one spot, all pages of it. */
export async function askList(
  ask: Ask,
  collector: Collector & { readonly list: ListCall },
  spot: Spot,
): Promise<Listed> {
  const { list, type } = collector;
  const { place, parent } = spot;
  const { pages, failure } = await askSpot(ask, list, spot);
  const { found, broken } = understand(pages, list, spot);
  const problem =
    failure !== undefined && list.notSet?.includes(failure.name) === true ? broken : (failure ?? broken);
  if (problem === undefined) return { ...spot, found };
  const gap = {
    account: place.account.id,
    type,
    ...explain(problem, list.operation, place.region),
    ...(parent === undefined ? {} : { parent: parent.arn ?? parent.id }),
  };
  return { ...spot, found, gap };
}

async function askSpot(ask: Ask, list: ListCall, { place, parent }: Spot): Promise<PagedAnswer> {
  try {
    const inputs = [list.input?.(place, parent) ?? {}].flat();
    const answers = await Promise.all(
      inputs.map((input) =>
        askPages(ask, list.operation, { region: place.region, input, pages: list.pages }),
      ),
    );
    const failure = answers.find((answer) => answer.failure !== undefined)?.failure;
    return { pages: answers.flatMap(({ pages }) => pages), ...(failure === undefined ? {} : { failure }) };
  } catch (error) {
    return { pages: [], failure: pluginFailure(error) };
  }
}

// A collector catches nothing; an answer that it cannot take apart is a gap, not the end of the run.
function understand(
  pages: readonly unknown[],
  list: ListCall,
  { place, parent }: Spot,
): { readonly found: readonly Found[]; readonly broken?: Failure } {
  try {
    // The collector declares the operation together with the type of its output.
    return { found: pages.flatMap((page) => list.found(page as never, place, parent)) };
  } catch (error) {
    return { found: [], broken: brokenBy(error) };
  }
}

/** Merges what several lists show of one resource. Its home region's answer counts; else the first region's that shows it. */
export function mergeSightings(listed: readonly Listed[]): readonly Sighting[] {
  const seen = listed.flatMap(({ found, place }) =>
    found.map((one) => ({
      from: place.region,
      identity: identityOf(one, place),
      properties: one.properties,
    })),
  );
  return [...groupBy(seen, ({ identity }) => keyOf(identity)).values()].flatMap((group) => {
    const ordered = [...group].sort((a, b) => byText(a.from, b.from));
    const best = ordered.find(({ from, identity }) => from === identity.region) ?? ordered[0];
    return best === undefined
      ? []
      : [
          {
            identity: best.identity,
            properties: best.properties,
            seenIn: sortedUnique(group.map(({ from }) => from)),
          },
        ];
  });
}

/** Who a listed resource is. */
export function identityOf({ id, arn, account, region }: Found, place: Place): Identity {
  return {
    id,
    account: account ?? place.account.id,
    region: region ?? place.region,
    ...(arn === undefined ? {} : { arn }),
  };
}
