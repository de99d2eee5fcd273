import type { Need } from "../../core/need.js";
import { sinkProperties } from "./evidence.js";
import type { Delivered } from "./sink.js";
import { sinkTypes } from "./sinks.js";
import { deliveryNeeds } from "./delivery.js";

/** What must be read to judge every sink; with delivery, also the places that trails and event data stores name. */
export function sinkNeeds({ delivered }: Delivered): readonly Need[] {
  const sinks = [need("trail", delivered), need("event-data-store", delivered), need("channel", delivered)];
  return delivered ? [...sinks, ...deliveryNeeds] : sinks;
}

const types = {
  trail: sinkTypes.trail,
  "event-data-store": sinkTypes.store,
  channel: sinkTypes.channel,
} as const;

function need(kind: keyof typeof types, delivered: boolean): Need {
  const { recording, delivery } = sinkProperties[kind];
  return { type: types[kind], properties: [...recording, ...(delivered ? delivery : [])] };
}
