import type { JsonArray, JsonObject, JsonValue } from "../../core/json.js";
import type { Resource } from "../../core/resource.js";
import { isArray, isObject, readList } from "../../shared/read-property.js";
import { advancedEdits } from "./remedy-advanced.js";
import { basicEdits } from "./remedy-basic.js";
import type { CaptureGap, SelectorEdit } from "./remedy-gap.js";
import { advancedSelector } from "./remedy-wants.js";

/**
 * Small changes of a sink's selectors that may close a gap; none where the selectors are not known. A list of one kind
 * stays of that kind, selectors that are not named in an edit stay as they are, and what AWS would refuse is left out.
 */
export function selectorEdits(resource: Resource, gap: CaptureGap): readonly SelectorEdit[] {
  const isStore = resource.type === "AWS::CloudTrail::EventDataStore";
  const basic = isStore ? ({ kind: "absent" } as const) : readList(resource, "EventSelectors");
  const advanced = readList(resource, "AdvancedEventSelectors");
  if (basic.kind === "set" && basic.value.length > 0)
    return advanced.kind === "absent"
      ? edits(basic.value, (list) => basicEdits(list, gap)).filter((edit) => isAllowed(edit, isStore))
      : [];
  if (basic.kind !== "absent" && basic.kind !== "set") return [];
  if (advanced.kind === "set" && advanced.value.length > 0)
    return edits(advanced.value, (list) => advancedEdits(list, gap)).filter((edit) =>
      isAllowed(edit, isStore),
    );
  // Whoever sets selectors takes the default away, so that it must stand among them.
  return advanced.kind === "absent"
    ? advancedEdits([advancedSelector({ category: "Management" }, undefined)], gap).filter((edit) =>
        isAllowed(edit, isStore),
      )
    : [];
}

function edits(
  list: JsonArray,
  make: (selectors: readonly JsonObject[]) => readonly SelectorEdit[],
): readonly SelectorEdit[] {
  const selectors = list.filter(isObject);
  return selectors.length === list.length ? make(selectors) : [];
}

// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html
const MOST_BASIC = 5;
const MOST_DATA_VALUES = 250;
const MOST_ADVANCED_VALUES = 500;
const MOST_OF_STORE = 5;

/** Whether AWS takes a list of selectors: its limits, and no wildcards. */
export function isAllowed(
  { list, selectors }: Pick<SelectorEdit, "list" | "selectors">,
  isStore: boolean,
): boolean {
  return list === "EventSelectors" ? isAllowedBasic(selectors) : isAllowedAdvanced(selectors, isStore);
}

function isAllowedBasic(selectors: readonly JsonObject[]): boolean {
  const values = selectors.flatMap((selector) =>
    listIn(selector["DataResources"])
      .filter(isObject)
      .flatMap((resource) => listIn(resource["Values"])),
  );
  return selectors.length <= MOST_BASIC && values.length <= MOST_DATA_VALUES && !values.some(isWildcard);
}

function isAllowedAdvanced(selectors: readonly JsonObject[], isStore: boolean): boolean {
  const values = selectors.flatMap((selector) =>
    listIn(selector["FieldSelectors"])
      .filter(isObject)
      .flatMap((field) => Object.values(field).flatMap(listIn)),
  );
  return (
    (!isStore || selectors.length <= MOST_OF_STORE) &&
    values.length <= MOST_ADVANCED_VALUES &&
    !values.some(isWildcard)
  );
}

function isWildcard(value: JsonValue): boolean {
  return typeof value === "string" && (value.includes("*") || value.length > 2048);
}

function listIn(value: JsonValue | undefined): JsonArray {
  return isArray(value) ? value : [];
}
