import type { Account } from "../../core/account.js";
import type { Change } from "../../core/change.js";
import type { JsonValue } from "../../core/json.js";
import type { Resource } from "../../core/resource.js";
import type { Remediation } from "../../core/verdict.js";
import { byText } from "../../shared/order.js";
import { isArray, isObject, readProperty } from "../../shared/read-property.js";
import { listed } from "../../shared/text/words.js";
import { joinAdvanced, joinBasic } from "./join-selectors.js";
import { changeFor } from "./remedy.js";
import { isAllowed } from "./remedy-selectors.js";
import { remedyWords } from "./remedy-words.js";

const STORE = "AWS::CloudTrail::EventDataStore";
const TRAIL = "AWS::CloudTrail::Trail";
const lists = ["EventSelectors", "AdvancedEventSelectors"] as const;

/** Whether a change replaces the whole list of a trail's or store's selectors, so that another such change would undo it. */
export function setsSelectors({ kind, type, properties = {} }: Change): boolean {
  return kind === "set" && (type === TRAIL || type === STORE) && lists.some((list) => list in properties);
}

/** What rules demand of one trail or store: the change that each of them asks for. */
export type Asked = { readonly rules: readonly string[]; readonly changes: readonly Change[] };

/** One change of a trail or store that takes all that each of some changes of it takes; undefined where AWS would not take it. */
export function joinedRemedy(account: Account, { rules, changes }: Asked): Remediation | undefined {
  const [first] = changes;
  const resource = first && account.find(first.type, first.arn ?? first.id);
  const list = lists.find((one) => changes.every(({ properties = {} }) => one in properties));
  if (resource === undefined || list === undefined) return undefined;
  const wanted = changes.map(({ properties = {} }) => selectorsIn(properties[list]));
  const join = list === "EventSelectors" ? joinBasic : joinAdvanced;
  const selectors = join(selectorsOf(resource, list), wanted);
  if (!isAllowed({ list, selectors }, resource.type === STORE)) return undefined;
  const change = {
    resource,
    start: changes.some(({ observed = {} }) => observed["IsLogging"] === true || "Status" in observed),
    multiRegion: changes.some(
      ({ properties = {} }) => "IsMultiRegionTrail" in properties || "MultiRegionEnabled" in properties,
    ),
    selectors: { list, selectors, weight: 0, says: "set the selectors below" },
  };
  const names = listed(rules.toSorted(byText));
  const words = remedyWords(
    change,
    "Data",
    `One change serves ${names}: a command for each of them would undo the others. Tried on the state that was read: with it, all of them pass.`,
  );
  return { ...words, changes: [changeFor(change, account)] };
}

function selectorsOf(resource: Resource, list: (typeof lists)[number]): ReturnType<typeof selectorsIn> {
  const reading = readProperty(resource, list);
  return reading.kind === "set" ? selectorsIn(reading.value) : [];
}

function selectorsIn(value: JsonValue | undefined): Parameters<typeof joinBasic>[0] {
  return isArray(value) ? value.filter(isObject) : [];
}
