import { somebody } from "../../reasoning/reach/somebody.js";
import type { FromSchema } from "json-schema-to-ts";
import type { Account } from "../../core/account.js";
import { defineEvaluator } from "../../core/evaluator.js";
import { aboutAccount } from "../../core/judgement.js";
import { notApplicable } from "../../core/verdict.js";
import type { Verdict } from "../../core/verdict.js";
import { waysOf } from "../../reasoning/detection/chain-build.js";
import { customDemand, customEvents } from "../../reasoning/detection/demanded-events-custom.js";
import { demandNamed, demandNames } from "../../reasoning/detection/demanded-events.js";
import type { CloudTrailDemand } from "../../reasoning/detection/demanded-events.js";
import { eventDemands, marksOf } from "../../reasoning/detection/demanded-events-places.js";
import { concerned } from "../../reasoning/detection/candidates.js";
import type { Part } from "../../reasoning/detection/detection.js";
import { nearMisses } from "../../reasoning/detection/misses.js";
import { detectionNeeds } from "../../reasoning/detection/needs.js";
import { filterWords } from "../../reasoning/detection/remedy-words.js";
import { detectionVerdict } from "../../reasoning/detection/verdict.js";
import { listed } from "../../shared/text/words.js";

const options = {
  type: "object",
  additionalProperties: false,
  oneOf: [{ required: ["demand"] }, { required: ["events"] }],
  properties: {
    demand: { enum: demandNames, description: "A set of events that ships." },
    events: customEvents,
    regions: {
      type: "array",
      minItems: 1,
      uniqueItems: true,
      items: { type: "string", minLength: 1 },
      description: "Only these regions, of those looked at. Default: all.",
    },
    ...somebody,
  },
} as const;

type Options = FromSchema<typeof options>;

/** Whether somebody hears of every demanded API call: through a trail, a metric filter and an alarm, or through an EventBridge rule. */
export const detects = defineEvaluator<Options>({
  id: "detects",
  summary:
    "Somebody hears of demanded API calls: trail, metric filter, alarm and person, or EventBridge rule and person",
  options,
  needs: () => detectionNeeds,
  evaluate: (account, chosen) => [aboutAccount(account, judge(account, chosen))],
});

function judge(account: Account, chosen: Options): Verdict {
  const regions = account.regions.filter((region) => chosen.regions?.includes(region) ?? true);
  const demanded = demandedBy(chosen);
  const demand = eventDemands(demanded, account, regions);
  if (demand.length === 0) return notApplicable(`no demanded event can occur in ${listed(regions)}`);
  const { indirect, incidents } = chosen;
  const ways = waysOf(account, {
    ...(indirect === undefined ? {} : { indirect }),
    ...(incidents === undefined ? {} : { incidents }),
  });
  const shown = concerned(ways.chains, demand, marksOf(demanded));
  const part = (chains: typeof shown): readonly Part[] => demand.map((one) => ({ demand: one, chains }));
  return detectionVerdict({
    account,
    parts: part(ways.chains),
    shown: part(shown),
    others: nearMisses(ways, shown),
    everyRegion: chosen.regions === undefined,
    nothing: "the account has no trail",
    words: () => filterWords(account, indirect === undefined ? {} : { indirect }),
  });
}

function demandedBy({ demand, events }: Options): readonly CloudTrailDemand[] {
  return demand === undefined ? events.flatMap(customDemand) : demandNamed(demand);
}
