import { defineEvaluator } from "../../core/evaluator.js";
import { aboutAccount } from "../../core/judgement.js";
import type { Need } from "../../core/need.js";
import { firingProperties, indexAlarms, stateProperties } from "../../reasoning/cover/alarm-index.js";
import { glacierClassNeeds } from "../../reasoning/glacier/classes.js";
import { requestMetricsNeeds } from "../../reasoning/cover/bucket.js";
import { placeholdersOf } from "../../reasoning/cover/custom.js";
import { mediapackageNeeds } from "../../reasoning/cover/mediapackage.js";
import type { WatchOptions, Watchers } from "../../reasoning/cover/watch.js";
import { reachNeeds } from "../../reasoning/reach/alarm-needs.js";
import { ALARM_TYPES, alarmWorld } from "../../reasoning/reach/alarm-world.js";
import { judgeBuckets } from "./covers/buckets.js";
import { judgeResources, judgeAccount } from "./covers/custom.js";
import { judgeMediapackage } from "./covers/mediapackage.js";
import { options } from "./covers/options.js";
import type { Options } from "./covers/options.js";

/** Whether an alarm watches each demanded metric, can fire on it, and reaches somebody. */
export const alarmCovers = defineEvaluator<Options>({
  id: "alarm-covers",
  summary: "Demanded metrics have an alarm that covers them, can fire and reaches somebody",
  options,
  needs: (chosen) => [
    { type: ALARM_TYPES.metric, properties: [...firingProperties, ...stateProperties] },
    ...reachNeeds,
    ...subjectNeeds(chosen),
  ],
  evaluate: (account, chosen) => {
    const world = alarmWorld(account);
    const watchers: Watchers = { world, index: indexAlarms(world), options: watchOptions(chosen) };
    if (chosen["key-metrics"] === "mediapackage") return judgeMediapackage(watchers, chosen);
    if (chosen["key-metrics"] === "glacier") return judgeBuckets(watchers, chosen);
    return chosen.for === undefined
      ? [aboutAccount(account, judgeAccount(watchers, chosen))]
      : judgeResources(watchers, chosen, chosen.for);
  },
});

function subjectNeeds({ "key-metrics": preset, for: type, metrics = [] }: Options): readonly Need[] {
  if (preset === "mediapackage") return mediapackageNeeds;
  if (preset === "glacier") return [...glacierClassNeeds, ...requestMetricsNeeds];
  return type === undefined ? [] : [{ type, properties: placeholdersOf(metrics) }];
}

function watchOptions({ aggregate, settings, indirect, incidents }: Options): WatchOptions {
  return {
    ...(aggregate === undefined ? {} : { aggregate }),
    ...(settings === undefined ? {} : { settings }),
    ...(indirect === undefined ? {} : { indirect }),
    ...(incidents === undefined ? {} : { incidents }),
  };
}
