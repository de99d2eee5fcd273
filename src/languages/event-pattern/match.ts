import type { JsonObject } from "../../core/json.js";
import { byText } from "../../shared/order.js";
import type { Branch, EventPattern, Leaf } from "./event-pattern.js";
import { passesTest, probeOf } from "./tests.js";
import { all, any, beyondLimits, definitely, NO, YES, type Outcome } from "../partial-record/kleene.js";
import {
  exactly,
  memberOf,
  viewOf,
  type PartialRecord,
  type PartialValue,
  type Path,
} from "../partial-record/partial-record.js";
import { joinProbes, NO_PROBE, rememberProbe, type Probe } from "../partial-record/choices.js";
import { anyOf, decide, type Decision, type Question } from "../partial-record/search.js";

/** Whether an event, envelope and all, matches a pattern. */
export function matchesEventPattern(pattern: EventPattern, event: JsonObject): boolean {
  return outcomeOf(pattern, exactly(event)).kind === "yes";
}

/** Whether every event of a set matches one of the patterns. Give several when rules may cover the set together. */
export function decideEventPatterns(patterns: readonly EventPattern[], events: PartialRecord): Decision {
  return decide(anyOf(patterns.map(eventPatternQuestion)), events);
}

/** A pattern as a question about events, to be combined with questions in other languages. */
export function eventPatternQuestion(pattern: EventPattern): Question {
  if (pattern.branches.some((leaves) => leaves.length > MOST_FIELDS))
    return { outcome: () => tooWide, probe: () => NO_PROBE };
  return {
    outcome: (event) => outcomeOf(pattern, event),
    probe: rememberProbe((path) => probeAt(pattern, path)),
    weight: pattern.branches.reduce((sum, leaves) => sum + leaves.length, 0),
  };
}

/** CloudTrail's records and AWS's events have a few dozen fields. */
const MOST_FIELDS = 100;
const tooWide = beyondLimits(`the pattern tests more than ${MOST_FIELDS.toString()} fields`);

/** Whether an event passes all leaves of a branch, with one and the same element of each list. */
export function matchesBranch(branch: Branch, event: PartialValue): Outcome {
  return matchMembers(branch, event, { depth: 0, at: undefined });
}

function outcomeOf(pattern: EventPattern, event: PartialValue): Outcome {
  return any(pattern.branches, (branch) => matchesBranch(branch, event));
}

/** How far into the leaves' paths, and where in the event. They differ by the positions in lists. */
type Place = { readonly depth: number; readonly at: Trail };
/** A path from its end, so that a step costs the same however deep the event is. */
type Trail = { readonly step: string | number; readonly up: Trail } | undefined;

function openAt(trail: Trail): Outcome {
  const path: (string | number)[] = [];
  for (let at = trail; at !== undefined; at = at.up) path.push(at.step);
  return { kind: "open", at: path.reverse() };
}

function matchMembers(leaves: readonly Leaf[], value: PartialValue, { depth, at }: Place): Outcome {
  const groups = new Map<string, Leaf[]>();
  for (const leaf of leaves) {
    const key = leaf.path[depth] ?? "";
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [leaf]);
    else group.push(leaf);
  }
  return all([...groups], ([key, group]) => {
    const member = memberOf(value, key);
    return member === undefined
      ? openAt(at)
      : matchMember(group, member, { depth: depth + 1, at: { step: key, up: at } });
  });
}

function matchMember(group: readonly Leaf[], member: PartialValue, place: Place): Outcome {
  const ending = group.filter(({ path }) => path.length === place.depth);
  const deeper = group.filter(({ path }) => path.length > place.depth);
  const view = viewOf(member);
  switch (view.kind) {
    case "open":
      return openAt(place.at);
    case "absent":
      return passAbsent(group);
    case "scalar":
      return all([definitely(ending.every((leaf) => passes(leaf, view.value))), passAbsent(deeper)], itself);
    // Only a leaf of the event counts as present: not an object, nor a list without scalars.
    case "object":
      return all([passAbsent(ending), matchMembers(deeper, member, place)], itself);
    case "list":
      return matchList({ ending, deeper }, flatten(view.items, place.at), place.depth);
  }
}

function matchList(
  group: { readonly ending: readonly Leaf[]; readonly deeper: readonly Leaf[] },
  { scalars, objects, open }: Flat,
  depth: number,
): Outcome {
  const ending = all(group.ending, (leaf): Outcome => {
    if (scalars.some((value) => passes(leaf, value))) return YES;
    return open ?? (scalars.length === 0 ? passAbsent([leaf]) : NO);
  });
  if (group.deeper.length === 0 || ending.kind === "no") return ending;
  return all([ending, open ?? matchElements(group.deeper, objects, depth)], itself);
}

// EventBridge tries the fields in the order of their names. Until one is found in some element, "absent" means absent
// from the whole list; from then on it means absent from that element. Verified against event-ruler 2.0.1.
function matchElements(leaves: readonly Leaf[], elements: readonly Element[], depth: number): Outcome {
  const ordered = [...leaves].sort((a, b) => byText(a.path.join("."), b.path.join(".")));
  for (const [index, leaf] of ordered.entries()) {
    const present = any(elements, (element) => isPresent(leaf, element, depth));
    if (present.kind === "open") return present;
    if (present.kind === "no" && !allowsAbsence(leaf)) return NO;
    if (present.kind === "no") continue;
    const rest = ordered.slice(index);
    return any(elements, (element) =>
      all(
        [isPresent(leaf, element, depth), matchMembers(rest, element.value, { depth, at: element.at })],
        itself,
      ),
    );
  }
  return YES;
}

function isPresent(leaf: Leaf, { value, at }: Element, depth: number): Outcome {
  const key = leaf.path[depth];
  const member = key === undefined ? value : memberOf(value, key);
  if (member === undefined || key === undefined) return openAt(at);
  const isLast = depth + 1 === leaf.path.length;
  const here = { step: key, up: at };
  const view = viewOf(member);
  if (view.kind === "open") return openAt(here);
  if (view.kind === "absent") return NO;
  if (view.kind === "scalar") return definitely(isLast);
  if (view.kind === "object") return isLast ? NO : isPresent(leaf, { value: member, at: here }, depth + 1);
  const { scalars, objects, open } = flatten(view.items, here);
  const found = isLast
    ? definitely(scalars.length > 0)
    : any(objects, (element) => isPresent(leaf, element, depth + 1));
  return found.kind === "no" ? (open ?? NO) : found;
}

type Element = { readonly value: PartialValue; readonly at: Trail };
type Flat = {
  readonly scalars: readonly (string | number | boolean | null)[];
  readonly objects: readonly Element[];
  readonly open?: Outcome;
};

/** A list's elements, those of lists inside it too. Does not recurse: an event may nest as deep as it likes. */
function flatten(items: readonly PartialValue[], at: Trail): Flat {
  const scalars: (string | number | boolean | null)[] = [];
  const objects: Element[] = [];
  let open: Outcome | undefined;
  const queue: Element[] = items.map((value, index) => ({ value, at: { step: index, up: at } }));
  for (const element of queue) {
    const view = viewOf(element.value);
    if (view.kind === "scalar") scalars.push(view.value);
    if (view.kind === "object") objects.push(element);
    if (view.kind === "open") open ??= openAt(element.at);
    if (view.kind === "list")
      for (const [index, value] of view.items.entries())
        queue.push({ value, at: { step: index, up: element.at } });
  }
  return { scalars, objects, ...(open === undefined ? {} : { open }) };
}

function passes({ tests }: Leaf, value: string | number | boolean | null): boolean {
  return tests.some((test) => passesTest(test, value));
}

function allowsAbsence({ tests }: Leaf): boolean {
  return tests.some((test) => test.kind === "exists" && !test.present);
}

function passAbsent(leaves: readonly Leaf[]): Outcome {
  return definitely(leaves.every(allowsAbsence));
}

function itself(outcome: Outcome): Outcome {
  return outcome;
}

function probeAt(pattern: EventPattern, path: Path): Probe {
  const keys = path.filter((step) => typeof step === "string");
  const below = pattern.branches.flat().filter((leaf) => keys.every((key, at) => leaf.path[at] === key));
  const ending = below.filter((leaf) => leaf.path.length === keys.length);
  const members = below.length > ending.length;
  // Only a list can hold a scalar for the one leaf and an object for the other.
  const longestList = members && ending.length > 0 ? 2 : 0;
  const tests = new Set(ending.flatMap((leaf) => leaf.tests));
  return { ...joinProbes([NO_PROBE, ...[...tests].map(probeOf)]), members, longestList };
}
