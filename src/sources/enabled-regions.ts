import type { Operation } from "../core/collector.js";
import { REGIONS_TYPE } from "../core/snapshot.js";
import type { Gap } from "../core/snapshot.js";
import { sortedUnique } from "../shared/order.js";
import { leaderRegion } from "../shared/aws/partitions.js";
import { defaultRegions } from "../shared/aws/served-regions.js";
import type { Ask } from "./caller.js";
import { explain } from "./failure.js";
import { askPages } from "./pages.js";

/** The operation that lists an account's regions. */
export const listRegions: Operation = {
  service: "account",
  name: "ListRegions",
  proof: { members: ["Regions"] },
};

/** The regions that an account has enabled, sorted; a gap and the partition's default regions where AWS did not say. */
export type EnabledRegions = { readonly regions: readonly string[]; readonly gap?: Omit<Gap, "account"> };

/** Asks which regions are enabled for the account. */
export async function enabledRegions(ask: Ask, partition: string): Promise<EnabledRegions> {
  const region = leaderRegion(partition);
  const input = { RegionOptStatusContains: ["ENABLED", "ENABLED_BY_DEFAULT"] };
  const { pages, failure } = await askPages(ask, listRegions, {
    region,
    input,
    pages: { ask: "NextToken", answer: "NextToken" },
  });
  const found = pages.flatMap(namesIn);
  if (failure === undefined && found.length > 0) return { regions: sortedUnique(found) };
  const why =
    failure === undefined
      ? { reason: "Malformed", action: "account:ListRegions", region, message: "AWS lists no region" }
      : explain(failure, listRegions, region);
  return {
    regions: sortedUnique([...found, ...(defaultRegions[partition] ?? [region])]),
    gap: { type: REGIONS_TYPE, ...why },
  };
}

function namesIn(output: unknown): readonly string[] {
  const { Regions } = { ...(output as { readonly Regions?: unknown }) };
  if (!Array.isArray(Regions)) return [];
  return Regions.flatMap((item: unknown) => {
    const { RegionName } = { ...(item as { readonly RegionName?: unknown }) };
    return typeof RegionName === "string" ? [RegionName] : [];
  });
}
