import type { Resource } from "../../core/resource.js";
import type { Candidate } from "../../core/verdict.js";
import { readText } from "../../shared/read-property.js";
import type { Ways } from "./chain-build.js";
import { refsOf } from "./chain.js";
import type { Chain } from "./chain.js";
import type { Publication } from "../firing/event.js";

/** Alarms on a metric of the name that a filter of these chains writes, in another namespace or region: they hear nothing of it. */
export function nearMisses({ filters, index }: Ways, chains: readonly Chain[]): readonly Candidate[] {
  const refs = new Set<string>();
  for (const chain of chains) for (const ref of refsOf(chain)) refs.add(ref);
  const written = filters
    .filter(({ link }) => refs.has(link.ref))
    .flatMap(({ metrics, link, resource }) =>
      metrics.map(({ publication }) => ({ publication, link, region: resource.region })),
    );
  // Many filters write a metric of the same name: of those the last one tells.
  const last = new Map(written.map((one) => [one.publication.metric, one]));
  const inOrder = [...last.keys()].flatMap((metric) => index.named(metric));
  const told = new Map(
    [...new Set(written.toReversed().map(({ publication }) => publication.metric))]
      .toReversed()
      .flatMap((metric) => index.named(metric).map((alarm) => [refOf(alarm), last.get(metric)] as const)),
  );
  const missing = new Map(inOrder.map((alarm) => [refOf(alarm), alarm]));
  return [...missing].flatMap(([ref, alarm]) => {
    const one = refs.has(ref) ? undefined : told.get(ref);
    return one === undefined
      ? []
      : [
          miss(
            alarm,
            one.publication,
            `filter ${one.link.id} writes ${one.publication.namespace}/${one.publication.metric} in ${one.region}`,
          ),
        ];
  });
}

function refOf({ arn, id }: Resource): string {
  return arn ?? id;
}

function miss(alarm: Resource, { metric }: Publication, instead: string): Candidate {
  const own = readText(alarm, "Namespace");
  const watched = own.kind === "set" ? `${own.value}/${metric}` : metric;
  return {
    ref: alarm.arn ?? alarm.id,
    status: "fail",
    brokenLink: `watches ${watched} in ${alarm.region}, and ${instead}`,
  };
}
