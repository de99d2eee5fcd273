import type { Candidate } from "../core/verdict.js";
import { readText } from "../shared/read-property.js";
import type { Ways } from "./chain-build.js";
import type { Chain } from "./chain.js";

/** Alarms on a metric of the name that a filter of these chains writes, in another namespace or region: they hear nothing of it. */
export function nearMisses({ filters, index }: Ways, chains: readonly Chain[]): readonly Candidate[] {
  const refs = new Set(chains.flatMap(({ links }) => links.map(({ ref }) => ref)));
  const meant = filters.filter(({ link }) => refs.has(link.ref));
  const misses = meant.flatMap(({ metrics, link, resource }) =>
    metrics.flatMap(({ publication: { namespace, metric } }) =>
      index.named(metric).map((alarm): Candidate => {
        const own = readText(alarm, "Namespace");
        const watched = own.kind === "set" ? `${own.value}/${metric}` : metric;
        return { ref: alarm.arn ?? alarm.id, status: "fail", brokenLink: `watches ${watched} in ${alarm.region}, and filter ${link.id} writes ${namespace}/${metric} in ${resource.region}` };
      }),
    ),
  );
  return [...new Map(misses.map((miss) => [miss.ref, miss])).values()].filter(({ ref }) => !refs.has(ref));
}
