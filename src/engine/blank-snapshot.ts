import type { Need } from "../core/need.js";
import type { Gap, Snapshot } from "../core/snapshot.js";
import { groupBy } from "../shared/group-by.js";

/** What a blank account is made of. `refused`: nothing could be listed; `actions` then says what to grant, by type. */
export type Blank = {
  readonly needs: readonly Need[];
  readonly refused: boolean;
  readonly actions?: Readonly<Record<string, string>>;
};

const account = "111122223333";
const regions = ["us-east-1"] as const;

/** An account of one region in which there is nothing, or nothing that could be listed, of the types that some needs name. */
export function blankSnapshot({ needs, refused, actions = {} }: Blank): Snapshot {
  const byType = [...groupBy(needs.flatMap(typesOf), ({ type }) => type)];
  return {
    format: "watchproof-snapshot/1",
    takenAt: "2026-01-01T00:00:00.000Z",
    account: { id: account, partition: "aws" },
    regions,
    collected: Object.fromEntries(
      byType.map(([type, of]) => [
        type,
        { listed: regions, properties: asked(of.flatMap(({ properties }) => properties)) },
      ]),
    ),
    resources: [],
    gaps: refused ? byType.map(([type]) => gapOf(type, actions[type])) : [],
    calls: {},
  };
}

// A reference's root is read, too, whether a need of its own says so or not.
function typesOf({ type, properties, only }: Need): readonly Pick<Need, "type" | "properties">[] {
  return [{ type, properties }, ...(only === undefined ? [] : [{ type: only.referencedBy, properties: [] }])];
}

function asked(properties: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(properties.map((property) => [property, "nothing"]));
}

function gapOf(type: string, action: string | undefined): Gap {
  return {
    account,
    type,
    region: regions[0],
    reason: "AccessDenied",
    ...(action === undefined ? {} : { action }),
  };
}
