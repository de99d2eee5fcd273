import type { Need } from "../../core/need.js";
import { alarmNeeds } from "./chain-alarms.js";
import { feedNeeds } from "./chain-feeds.js";
import { filterNeeds } from "./chain-filters.js";

/** What must be read to know how API calls come to EventBridge, and who hears of an alarm on the way. */
export const callNeeds: readonly Need[] = [...feedNeeds, ...alarmNeeds];

/** What must be read to follow an API call through a trail, a metric filter and an alarm, or a rule, to somebody. */
export const detectionNeeds: readonly Need[] = [...feedNeeds, ...filterNeeds, ...alarmNeeds];
