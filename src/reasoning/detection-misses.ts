import type { Resource } from "../core/resource.js";
import type { Candidate } from "../core/verdict.js";
import { readText } from "../shared/read-property.js";
import type { Ways } from "./chain-build.js";
import type { Chain } from "./chain.js";
import type { Publication } from "./firing-event.js";

/** Alarms on a metric of the name that a filter of these chains writes, in another namespace or region: they hear nothing of it. */
export function nearMisses({ filters, index }: Ways, chains: readonly Chain[]): readonly Candidate[] {
  const refs = new Set(chains.flatMap(({ links }) => links.map(({ ref }) => ref)));
  const written = filters.filter(({ link }) => refs.has(link.ref)).flatMap(({ metrics, link, resource }) => metrics.map(({ publication }) => ({ publication, link, region: resource.region })));
  const misses = new Map<string, () => Candidate>();
  for (const { publication, link, region } of written) {
    for (const alarm of index.named(publication.metric)) {
      const ref = alarm.arn ?? alarm.id;
      if (!refs.has(ref)) misses.set(ref, () => miss(alarm, publication, `filter ${link.id} writes ${publication.namespace}/${publication.metric} in ${region}`));
    }
  }
  return [...misses.values()].map((tell) => tell());
}

function miss(alarm: Resource, { metric }: Publication, instead: string): Candidate {
  const own = readText(alarm, "Namespace");
  const watched = own.kind === "set" ? `${own.value}/${metric}` : metric;
  return { ref: alarm.arn ?? alarm.id, status: "fail", brokenLink: `watches ${watched} in ${alarm.region}, and ${instead}` };
}
