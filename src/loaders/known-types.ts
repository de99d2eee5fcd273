import type { Collector } from "../core/collector.js";
import type { KnownTypes } from "../core/evaluator.js";
import type { Lazy } from "../core/plugins.js";
import { EXISTS, SEEN_IN } from "../core/resource.js";
import { sortedUnique } from "../shared/order.js";

/** What the collectors that there are know of resource types. */
export function knownTypes(collectors: Lazy<Collector>): KnownTypes {
  return {
    names: Object.keys(collectors),
    propertiesOf: async (type) => {
      const load = Object.hasOwn(collectors, type) ? collectors[type] : undefined;
      return load === undefined ? undefined : propertiesOf(await load());
    },
  };
}

function propertiesOf({ list, reads }: Collector): readonly string[] {
  return sortedUnique([
    ...(list?.properties ?? []),
    ...reads.flatMap(({ properties }) => properties),
    SEEN_IN,
    EXISTS,
  ]);
}
