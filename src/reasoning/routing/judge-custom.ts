import { aboutRegion } from "../../core/judgement.js";
import type { Judgement } from "../../core/judgement.js";
import { customDemand } from "../detection/demanded-events-custom.js";
import type { CustomEvents } from "../detection/demanded-events-custom.js";
import { eventDemands, marksOf, sourcesOf } from "../detection/demanded-events-places.js";
import type { EventDemand } from "../detection/detection.js";
import { judgeHiddenRegions } from "./places.js";
import { customServiceDemand } from "./custom.js";
import type { CustomServiceEvents } from "./custom.js";
import type { Sending } from "./events.js";
import { callParts, serviceParts } from "./routing.js";
import { routingVerdict } from "./verdict.js";
import type { Routed } from "./verdict.js";

/** Events as options: of services, of API calls, and a set that ships. */
type CustomRoutes = {
  readonly service: readonly CustomServiceEvents[];
  readonly calls: readonly CustomEvents[];
  readonly more: ((sending: Sending) => readonly EventDemand[]) | undefined;
};

/** Judges each region in which one of the demanded events can occur. */
export function judgeCustom(
  { account, regions, options }: Routed,
  { service, calls, more }: CustomRoutes,
): readonly Judgement[] {
  const demanded = calls.flatMap(customDemand);
  const judged = regions.flatMap((region) => {
    const sending = { account: account.id, partition: account.partition, region };
    const own = [
      ...service.flatMap((events) => customServiceDemand(sending, events)),
      ...(more?.(sending) ?? []),
    ];
    const parts = [
      ...serviceParts(account, own, options),
      ...callParts(account, eventDemands(demanded, account, [region]), options),
    ];
    return parts.length === 0
      ? []
      : [
          aboutRegion(
            region,
            routingVerdict(account, parts, [
              ...marksOf(demanded),
              ...sourcesOf(demanded),
              ...service.flatMap((events) => events["detail-type"]),
            ]),
          ),
        ];
  });
  return [
    ...judged,
    ...judgeHiddenRegions(
      account,
      judged.length === 0 ? "no demanded event can occur in the regions looked at" : undefined,
    ),
  ];
}
