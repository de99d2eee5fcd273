import type { Collector } from "../../../src/core/collector.js";
import type { Need } from "../../../src/core/need.js";
import type { Resource } from "../../../src/core/resource.js";
import type { Snapshot } from "../../../src/core/snapshot.js";
import { liveSource } from "../../../src/sources/live.js";
import { fakeAws } from "../../sources/support/fake-aws.js";
import type { FakeAws, Respond } from "../../sources/support/fake-aws.js";
import { virtualClock } from "../../sources/support/virtual-clock.js";

export type Answers = Readonly<Record<string, Respond>>;
export type Read = { readonly snapshot: Snapshot; readonly aws: FakeAws };

/** Reads needs with some collectors from a fake AWS, in the regions given. */
export async function readNeeds(
  collectors: readonly Collector[],
  answers: Answers,
  {
    needs,
    regions = ["us-east-1"],
  }: { readonly needs: readonly Need[]; readonly regions?: readonly string[] },
): Promise<Read> {
  const aws = fakeAws({ answers });
  const lazy = Object.fromEntries(
    collectors.map((collector) => [collector.type, () => Promise.resolve(collector)]),
  );
  const source = liveSource({
    collectors: lazy,
    transport: aws.transport,
    clock: virtualClock(),
    now: () => new Date("2026-11-20T12:00:00Z"),
  });
  return { snapshot: await source.read({ needs, regions }), aws };
}

/** What a resource says of itself, observed or not. */
export function saysOf(snapshot: Snapshot, type: string, id?: string): Resource["properties"] {
  const found = snapshot.resources.find(
    (resource) => resource.type === type && (id === undefined || resource.id === id),
  );
  return { ...found?.properties, ...found?.observed };
}
