import type { Collector } from "../../../src/core/collector.js";
import type { Snapshot } from "../../../src/core/snapshot.js";
import { liveSource } from "../../../src/sources/live.js";
import { fakeAws } from "../../sources/support/fake-aws.js";
import type { FakeAws, Respond } from "../../sources/support/fake-aws.js";
import { virtualClock } from "../../sources/support/virtual-clock.js";

/** Reads some properties of one collector's type from a fake AWS, in the regions given. */
export async function readType(
  collector: Collector,
  answers: Readonly<Record<string, Respond>>,
  {
    properties,
    regions = ["us-east-1"],
  }: { readonly properties: readonly string[]; readonly regions?: readonly string[] },
): Promise<{ readonly snapshot: Snapshot; readonly aws: FakeAws }> {
  const aws = fakeAws({ answers });
  const source = liveSource({
    collectors: { [collector.type]: () => Promise.resolve(collector) },
    transport: aws.transport,
    clock: virtualClock(),
    now: () => new Date(0),
  });
  return { snapshot: await source.read({ needs: [{ type: collector.type, properties }], regions }), aws };
}
