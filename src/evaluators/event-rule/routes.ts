import { somebody } from "../../reasoning/reach/somebody.js";
import type { FromSchema } from "json-schema-to-ts";
import { defineEvaluator } from "../../core/evaluator.js";
import type { Need } from "../../core/need.js";
import { customEvents } from "../../reasoning/detection/demanded-events-custom.js";
import { reachNeeds } from "../../reasoning/reach/alarm-needs.js";
import { customServiceEvents } from "../../reasoning/routing/custom.js";
import { eventSets, judgeRoutes, routesNeeds } from "../../reasoning/routing/judge.js";

const options = {
  type: "object",
  additionalProperties: false,
  anyOf: [{ required: ["events"] }, { required: ["service-events"] }, { required: ["calls"] }],
  properties: {
    events: { enum: eventSets, description: "A set of events that ships." },
    "service-events": customServiceEvents,
    calls: {
      ...customEvents,
      description: "API calls, which come to EventBridge where a trail records them.",
    },
    reads: { type: "boolean", description: "With glacier: calls that read, too. Default: false." },
    regions: {
      type: "array",
      minItems: 1,
      uniqueItems: true,
      items: { type: "string", minLength: 1 },
      description: "Only these regions, of those looked at. Default: all.",
    },
    indirect: somebody.indirect,
  },
} as const;

type Options = FromSchema<typeof options>;

/** Whether an enabled rule on the default bus, or several together, bring every demanded event to somebody. */
export const eventRuleRoutes = defineEvaluator<Options>({
  id: "event-rule-routes",
  summary: "EventBridge rules bring demanded events of services to somebody",
  options,
  needs: (chosen) => [...reachNeeds, ...busNeeds, ...routesNeeds(chosen)],
  evaluate: (account, chosen) => {
    const regions = account.regions.filter((region) => chosen.regions?.includes(region) ?? true);
    const options = chosen.indirect === undefined ? {} : { indirect: chosen.indirect };
    return judgeRoutes({ account, regions, options }, chosen);
  },
});

const busNeeds: readonly Need[] = [
  { type: "AWS::Events::Rule", properties: ["ScheduleExpression", "ManagedBy"] },
];
