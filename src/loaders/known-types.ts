import type { Collector } from "../core/collector.js";
import type { KnownTypes } from "../core/evaluator.js";
import type { Lazy } from "../core/plugins.js";
import type { PropertyShapes } from "../core/property-shape.js";
import { EXISTS, SEEN_IN } from "../core/resource.js";
import { sortedUnique } from "../shared/order.js";

/** What the collectors that there are know of resource types. */
export function knownTypes(collectors: Lazy<Collector>): KnownTypes {
  const collectorOf = async (type: string): Promise<Collector | undefined> =>
    Object.hasOwn(collectors, type) ? collectors[type]?.() : undefined;
  return {
    names: Object.keys(collectors),
    propertiesOf: async (type) => {
      const collector = await collectorOf(type);
      return collector === undefined ? undefined : propertiesOf(collector);
    },
    shapesOf: async (type) => {
      const collector = await collectorOf(type);
      return collector === undefined ? {} : (collector.shapes ?? (await shippedShapes(type)));
    },
  };
}

// Only needed where a file looks below a property.
async function shippedShapes(type: string): Promise<PropertyShapes> {
  const shapes = (await import("../generated/property-shapes.js")).readShapes();
  return Object.hasOwn(shapes, type) ? (shapes[type] ?? {}) : {};
}

function propertiesOf({ list, reads }: Collector): readonly string[] {
  return sortedUnique([
    ...(list?.properties ?? []),
    ...reads.flatMap(({ properties }) => properties),
    SEEN_IN,
    EXISTS,
  ]);
}
