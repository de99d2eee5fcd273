import type { Collector, Identity } from "../core/collector.js";
import { leaderRegion } from "../shared/aws/partitions.js";
import type { Ask } from "./caller.js";
import type { Entry } from "./entry.js";
import { brokenBy, explain, lostTo } from "./failure.js";

/** Where a named resource is, or why that is not known. */
export type Located = { readonly region: string; readonly lost?: NonNullable<Entry["lost"]> };

/** What locating takes. `located` remembers what was asked before. */
export type Locator = {
  readonly ask: Ask;
  readonly partition: string;
  readonly located: Map<string, Promise<Located>>;
};

/** Finds the region of a resource that was only named; each is asked for once. */
export function locateOnce(collector: Collector, identity: Identity, by: Locator): Promise<Located> {
  const key = `${collector.type} ${identity.arn ?? identity.id}`;
  const made = by.located.get(key) ?? locate(collector, identity, by);
  by.located.set(key, made);
  return made;
}

/** The region of what could not be located. */
export const nowhere = "unknown";

async function locate(
  collector: Collector,
  identity: Identity,
  by: Omit<Locator, "located">,
): Promise<Located> {
  try {
    return await askWhere(collector, identity, by);
  } catch (error) {
    return { region: nowhere, lost: lostTo(error) };
  }
}

async function askWhere(
  { locate: call, type }: Collector,
  identity: Identity,
  { ask, partition }: Omit<Locator, "located">,
): Promise<Located> {
  const region = leaderRegion(partition);
  if (call === undefined)
    throw new Error(`${type} refers to a resource without a region, and has no call to locate it`);
  const answer = await ask(call.operation, { region, input: call.input(identity.id, identity) });
  if (!answer.ok && call.gone?.includes(answer.failure.name) === true)
    return { region: nowhere, lost: { kind: "gone" } };
  if (!answer.ok)
    return {
      region: nowhere,
      lost: { kind: "failed", because: explain(answer.failure, call.operation, region) },
    };
  try {
    // The collector declares the operation together with the type of its output.
    return { region: call.region(answer.output as never) };
  } catch (error) {
    return {
      region: nowhere,
      lost: { kind: "failed", because: explain(brokenBy(error), call.operation, region) },
    };
  }
}
