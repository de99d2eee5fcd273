import type { Snapshot } from "../core/snapshot.js";
import { mappingOf } from "../mappings/mappings.js";
import { isThere, openFinder } from "./find-resource.js";
import type { OpenChange } from "./lay.js";
import { standingOf } from "./own-changes.js";
import { typeOf } from "./place.js";
import type { Placed } from "./place.js";
import { textsIn } from "./settle.js";

/** The changes that give what a resource shows to those that stand for it under another name, as aliases of keys do. */
export function copiesOf(placed: readonly Placed[], snapshot: Snapshot): readonly OpenChange[] {
  const finder = openFinder(snapshot);
  return placed.flatMap((declared) => {
    const { copies } = mappingOf(declared.type);
    const type = typeOf(declared);
    if (copies === undefined || !Object.hasOwn(snapshot.collected, type)) return [];
    const standing = standingOf(declared, snapshot, "after");
    const { id, arn, region } = standing;
    const target = { type, id, ...(arn === undefined ? {} : { arn }), region };
    if (declared.action === "delete") return [{ kind: "remove", ...target, unseen: true }];
    const name = declared.properties[copies];
    const original =
      typeof name === "string"
        ? finder.named(type, name, { home: standing, properties: textsIn(declared.properties) })
        : undefined;
    if (declared.action === "forget" || !isThere(original)) return unknown(declared, target, snapshot);
    const { properties, observed = {}, unreadable = {} } = original;
    return [{ kind: "create", ...target, properties, observed, unreadable }];
  });
}

// A name that leads to something nobody knows is no name that leads nowhere.
function unknown(
  declared: Placed,
  target: Pick<OpenChange, "type" | "id" | "arn" | "region">,
  { collected }: Snapshot,
): readonly OpenChange[] {
  if (declared.action === "forget") return [];
  const because = {
    reason: "KnownAfterDeployment",
    message: `depends on what ${declared.address} leads to`,
  };
  const asked = Object.keys(collected[target.type]?.properties ?? {}).filter(
    (property) => property !== "Exists",
  );
  return [
    {
      kind: "create",
      ...target,
      unreadable: Object.fromEntries(asked.map((property) => [property, because])),
    },
  ];
}
