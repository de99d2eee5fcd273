import type { Openness } from "../core/declared.js";
import type { Gap, Snapshot } from "../core/snapshot.js";
import { attachmentsOf } from "../mappings/mappings.js";
import { byKeys } from "../shared/order.js";
import { isThere } from "./find-resource.js";
import { lay } from "./lay.js";
import type { OpenChange } from "./lay.js";

const REASON = "KnownAfterDeployment";

/** The state where more resources of some types could come than are known: their lists have a gap in every region looked at. */
export function openTypes(snapshot: Snapshot, open: readonly Openness[]): Snapshot {
  if (open.length === 0) return snapshot;
  const gaps = new Map(snapshot.gaps.map((gap) => [JSON.stringify(gap), gap]));
  for (const gap of open.flatMap((openness) => gapsOf(openness, snapshot)))
    gaps.set(JSON.stringify(gap), gap);
  return lay(
    { ...snapshot, gaps: [...gaps.values()].sort(canonical) },
    open.flatMap((openness) => doubtsOf(openness, snapshot)),
  );
}

const canonical = byKeys<Gap>(
  ({ type }) => type,
  ({ region }) => region,
  ({ reason }) => reason,
  ({ message }) => message ?? "",
);

function gapsOf({ types, cause }: Openness, { collected, regions, account }: Snapshot): readonly Gap[] {
  const held = Object.entries(collected).filter(([type]) => types === "*" || types.includes(type));
  return held.flatMap(([type, { listed }]) => {
    const where = listed === "account" ? ["global"] : listed.filter((region) => regions.includes(region));
    return where.map((region) => ({
      account: account.id,
      type,
      region,
      reason: REASON,
      message: `undecided: ${cause}`,
    }));
  });
}

// A policy that could come takes the place of whatever policy there is.
function doubtsOf({ types, cause }: Openness, { resources, collected }: Snapshot): readonly OpenChange[] {
  if (types === "*") return [];
  return types.flatMap(attachmentsOf).flatMap(({ to, property }) =>
    resources
      .filter((owner) => owner.type === to && isThere(owner))
      .filter(() => Object.hasOwn(collected[to]?.properties ?? {}, property))
      .map((owner): OpenChange => ({
        kind: "set",
        type: to,
        id: owner.id,
        ...(owner.arn === undefined ? {} : { arn: owner.arn }),
        region: owner.region,
        unreadable: { [property]: { reason: REASON, message: `undecided: ${cause}` } },
      })),
  );
}
