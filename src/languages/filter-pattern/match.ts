import type { JsonObject, JsonValue } from "../../core/json.js";
import { isObject } from "../../shared/read-property.js";
import { simpleConditions } from "./filter-pattern.js";
import type { Condition, FilterPattern, Selector, SelectorStep, SimpleCondition } from "./ast.js";
import { outcomeOnFields } from "./fields.js";
import { outcomeOnLine, outcomeOnRecord, probeOfTerms } from "./terms.js";
import { compareScalar, isWord, probeOfComparing, probeOfWord } from "./values.js";
import { all, any, beyondLimits, NO, undocumented, YES, type Outcome } from "../partial-record/kleene.js";
import {
  exactly,
  memberOf,
  viewOf,
  type PartialRecord,
  type PartialValue,
  type Path,
  type View,
} from "../partial-record/partial-record.js";
import { joinProbes, NO_PROBE, rememberProbe, type Probe } from "../partial-record/choices.js";
import { anyOf, decide, type Decision, type Question } from "../partial-record/search.js";
import { greatest } from "../../shared/many.js";

type Simple = SimpleCondition<Selector>;

/** Whether a record matches a pattern; unknown where AWS does not document it. */
export type FilterMatch = Exclude<Outcome, { readonly kind: "open" }>;

/** Evaluates a pattern on a CloudTrail record, or on any line of a log. */
export function matchFilterPattern(pattern: FilterPattern, record: JsonObject | string): FilterMatch {
  const outcome = typeof record === "string" ? onLine(pattern, record) : outcomeOf(pattern, exactly(record));
  return outcome.kind === "open" ? { kind: "unknown", reason: "the record is not fixed" } : outcome;
}

/** Whether every record of a set matches one of the patterns. Give several when filters may cover the set together. */
export function decideFilterPatterns(patterns: readonly FilterPattern[], records: PartialRecord): Decision {
  return decide(anyOf(patterns.map(filterPatternQuestion)), records);
}

/** A pattern as a question about records, to be combined with questions in other languages. */
export function filterPatternQuestion(pattern: FilterPattern): Question {
  const conditions = pattern.kind === "json" ? simpleConditions(pattern.condition) : [];
  if (conditions.some(({ place }) => place.length > MOST_STEPS_DEEP))
    return { outcome: () => tooDeep, probe: () => NO_PROBE };
  const terms = pattern.kind === "terms" ? probeOfTerms(pattern.terms) : NO_PROBE;
  return {
    outcome: (record) => outcomeOf(pattern, record),
    probe: rememberProbe((path) =>
      joinProbes([
        terms,
        ...conditions.map((condition) => probeAt(condition, path)),
        wildcardLists(conditions, path),
      ]),
    ),
    weight: conditions.reduce((sum, { place }) => sum + place.length, 1),
  };
}

/** CloudTrail's records are a dozen members deep. */
const MOST_STEPS_DEEP = 100;
const tooDeep = beyondLimits(`a selector leads more than ${MOST_STEPS_DEEP.toString()} members deep`);

function onLine(pattern: FilterPattern, line: string): Outcome {
  if (pattern.kind === "terms") return outcomeOnLine(pattern.terms, line);
  if (pattern.kind === "fields") return outcomeOnFields(pattern.slots, line);
  const record = pattern.kind === "json" ? parseRecord(line) : {};
  return record === undefined ? NO : outcomeOf(pattern, exactly(record));
}

// A line that is not JSON never matches a JSON pattern.
function parseRecord(line: string): JsonObject | undefined {
  try {
    // JSON.parse gives JSON values and nothing else.
    const value = JSON.parse(line) as JsonValue;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function outcomeOf(pattern: FilterPattern, record: PartialValue): Outcome {
  switch (pattern.kind) {
    case "everything":
      return YES;
    case "json":
      return outcomeOfCondition(pattern.condition, record);
    case "terms":
      return outcomeOnRecord(pattern.terms, record);
    case "fields":
      return undocumented("AWS does not document how a JSON record divides into fields");
  }
}

function outcomeOfCondition(condition: Condition<Selector>, record: PartialValue): Outcome {
  if (condition.kind === "and") return all(condition.parts, (part) => outcomeOfCondition(part, record));
  if (condition.kind === "or") return any(condition.parts, (part) => outcomeOfCondition(part, record));
  return outcomeOfSimple(condition, record);
}

function outcomeOfSimple(condition: Simple, record: PartialValue): Outcome {
  const found = select(record, { steps: condition.place, depth: 0, trail: undefined });
  const hasWildcard = condition.place.some(isWildcard);
  if (condition.kind === "not-exists")
    return condition.doubt === undefined
      ? outcomeOfAbsence(found, hasWildcard)
      : undocumented(condition.doubt);
  const outcomes = found.map((place) =>
    place.kind === "view" ? outcomeOfView(condition, place.view) : place,
  );
  const some = any(outcomes, itself);
  if (condition.kind !== "compare" || condition.operator !== "!=" || !hasWildcard || some.kind !== "yes")
    return some;
  const every = all(outcomes, itself);
  return every.kind === "no"
    ? undocumented("AWS does not document != on several values of which some are equal")
    : every;
}

function outcomeOfAbsence(found: readonly Selected[], hasWildcard: boolean): Outcome {
  const exists = any(found, (place) => (place.kind === "view" ? YES : place));
  if (exists.kind === "yes") return NO;
  if (exists.kind === "no")
    return hasWildcard ? undocumented("AWS does not document NOT EXISTS with a wildcard") : YES;
  return exists;
}

function outcomeOfView(condition: Exclude<Simple, { readonly kind: "not-exists" }>, view: View): Outcome {
  // A selector that ends on an object or a list matches nothing.
  if (view.kind !== "scalar") return NO;
  if (condition.doubt !== undefined) return undocumented(condition.doubt);
  return condition.kind === "is" ? isWord(condition.word, view.value) : compareScalar(condition, view.value);
}

/** A place that a selector leads to; what is absent is left out. */
type Selected =
  { readonly kind: "view"; readonly view: View } | Extract<Outcome, { readonly kind: "open" | "unknown" }>;

/** A path from its end, so that a step costs the same however deep it leads. */
type Trail = { readonly step: string | number; readonly up: Trail } | undefined;

function select(
  value: PartialValue,
  { steps, depth, trail }: { readonly steps: Selector; readonly depth: number; readonly trail: Trail },
): readonly Selected[] {
  const view = viewOf(value);
  const step = steps[depth];
  if (view.kind === "absent") return [];
  if (view.kind === "open" && (step === undefined || memberOf(value, "") === undefined))
    return [{ kind: "open", at: pathOf(trail) }];
  if (step === undefined) return [{ kind: "view", view }];
  return nextOf(step, value, view).flatMap((next) => {
    if (next.kind === "undocumented") return [undocumentedMembers];
    return select(next.value, { steps, depth: depth + 1, trail: { step: next.step, up: trail } });
  });
}

function pathOf(trail: Trail): Path {
  const path: (string | number)[] = [];
  for (let at = trail; at !== undefined; at = at.up) path.push(at.step);
  return path.reverse();
}

const undocumentedMembers: Selected = {
  kind: "unknown",
  reason: "a wildcard over members that are not known",
};

type Next =
  | { readonly kind: "undocumented" }
  | { readonly kind: "value"; readonly step: string | number; readonly value: PartialValue };

function nextOf(step: SelectorStep, value: PartialValue, view: View): readonly Next[] {
  const items =
    view.kind === "list"
      ? view.items.map((item, index): Next => ({ kind: "value", step: index, value: item }))
      : [];
  if (step.kind === "all-items") return items;
  if (step.kind === "index") return items.slice(step.index, step.index + 1);
  if (view.kind !== "object") return [];
  const member = (key: string): Next => ({ kind: "value", step: key, value: memberOf(value, key) ?? value });
  if (step.kind === "name") return [member(step.name)];
  return [
    ...Object.keys(view.value).map(member),
    ...(view.openEnded ? [{ kind: "undocumented" } as const] : []),
  ];
}

function isWildcard({ kind }: SelectorStep): boolean {
  return kind === "all-items" || kind === "all-members";
}

function itself(outcome: Outcome): Outcome {
  return outcome;
}

function probeAt(condition: Simple, path: Path): Probe {
  if (!path.every((step, at) => leadsTo(condition.place[at], step))) return NO_PROBE;
  const next = condition.place[path.length];
  if (next === undefined) return probeOfSimple(condition);
  const length = next.kind === "index" ? next.index + 1 : 1;
  const isList = next.kind === "index" || next.kind === "all-items";
  return { ...NO_PROBE, members: !isList, longestList: isList ? length : 0, tooLarge: length > MOST_ITEMS };
}

const MOST_ITEMS = 16;

function probeOfSimple(condition: Simple): Probe {
  if (condition.kind === "compare") return probeOfComparing(condition);
  return condition.kind === "is" ? probeOfWord(condition.word) : NO_PROBE;
}

function leadsTo(selector: SelectorStep | undefined, step: string | number): boolean {
  if (selector?.kind === "name") return selector.name === step;
  if (selector?.kind === "index") return selector.index === step;
  return selector?.kind === (typeof step === "number" ? "all-items" : "all-members");
}

/** Each wildcard over one list may need an element of its own. */
function wildcardLists(conditions: readonly Simple[], path: Path): Probe {
  const here = conditions.filter(({ place }) => path.every((step, at) => leadsTo(place[at], step)));
  const wildcards = here.filter(({ place }) => place[path.length]?.kind === "all-items").length;
  const indexed = here
    .flatMap(({ place }) => place[path.length] ?? [])
    .map((step) => (step.kind === "index" ? step.index + 1 : 0));
  const longestList = wildcards === 0 ? 0 : Math.min(greatest(indexed, 0) + wildcards, MOST_ITEMS);
  return { ...NO_PROBE, longestList };
}
