import type { JsonObject, JsonValue } from "../../core/json.js";
import { isArray, isObject } from "../../shared/read-property.js";
import { listed } from "../../shared/text/words.js";
import type { Condition, FilterPattern, Selector, SimpleCondition, Term } from "./ast.js";
import { matchFilterPattern } from "./match.js";
import { printCondition, printSelector, printTerm } from "./print.js";
import { least } from "../../shared/many.js";

/** What of a record a filter pattern rejects. `path`: the place in the record, empty where it is the whole of it. */
export type FilterMismatch = { readonly path: readonly string[]; readonly reason: string };

/** Why a record does not match: the first condition, in the text's order, of the alternative that comes nearest. Undefined where it matches or cannot be said. */
export function explainFilterMismatch(
  pattern: FilterPattern,
  record: JsonObject,
): FilterMismatch | undefined {
  if (matchFilterPattern(pattern, record).kind !== "no") return undefined;
  if (pattern.kind === "terms") return aboutTerms(pattern.terms, record);
  if (pattern.kind !== "json") return undefined;
  const [first] = rejecting(pattern.condition, record);
  return first && aboutPlace(first, record);
}

type Simple = SimpleCondition<Selector>;
/** Alternatives about one place, none of which holds. */
type Group = readonly [Simple, ...Simple[]];

function rejecting(condition: Condition<Selector>, record: JsonObject): readonly Group[] {
  if (condition.kind !== "and" && condition.kind !== "or")
    return matchFilterPattern({ kind: "json", condition }, record).kind === "no" ? [[condition]] : [];
  const parts = condition.parts.map((part) => rejecting(part, record));
  if (condition.kind === "and") return parts.flat();
  const fewest = least(parts.map(({ length }) => length));
  const [first = [], ...others] = parts.filter(({ length }) => length === fewest);
  return others.reduce(joined, first);
}

// `$.eventName = A || $.eventName = B`: one place, and all that it may hold.
function joined(one: readonly Group[], other: readonly Group[]): readonly Group[] {
  const [[first, second], [next, more]] = [one, other];
  const isOne = first !== undefined && second === undefined && next !== undefined && more === undefined;
  return isOne && printSelector(first[0].place) === printSelector(next[0].place)
    ? [[...first, ...next]]
    : one;
}

function aboutPlace(group: Group, record: JsonObject): FilterMismatch {
  const { place } = group[0];
  return { path: namesOf(place), reason: `${said(place, record)}; the pattern asks for ${wanted(group)}` };
}

const MOST_NAMED = 3;

function wanted(group: Group): string {
  const texts = [...new Set(group.map(wish))];
  const more = texts.length - MOST_NAMED;
  return more > 1 ? `${texts.slice(0, MOST_NAMED).join(", ")} or ${more} more` : texts.join(" or ");
}

// The condition without its place, and without an equals sign.
function wish(condition: Simple): string {
  return printCondition(condition, () => "").replace(/^ (?:= )?/u, "");
}

function said(place: Selector, record: JsonObject): string {
  const selector = printSelector(place);
  const found = valuesAt(place, record);
  const [only] = found;
  if (only === undefined) return `${selector} is absent`;
  if (found.length > 1) return `${selector} is one of ${listed(found.map((value) => JSON.stringify(value)))}`;
  return isObject(only) || isArray(only)
    ? `${selector} is ${isArray(only) ? "a list" : "an object"}`
    : `${selector} is ${JSON.stringify(only)}`;
}

function valuesAt(place: Selector, record: JsonObject): readonly JsonValue[] {
  return place.reduce<readonly JsonValue[]>(
    (found, step) =>
      found.flatMap((value) => {
        if (step.kind === "name")
          return isObject(value) && Object.hasOwn(value, step.name) ? [value[step.name] ?? null] : [];
        if (step.kind === "all-members") return isObject(value) ? Object.values(value) : [];
        if (!isArray(value)) return [];
        return step.kind === "index" ? value.slice(step.index, step.index + 1) : value;
      }),
    [record],
  );
}

function namesOf(place: Selector): readonly string[] {
  const end = place.findIndex(({ kind }) => kind !== "name");
  return place.slice(0, end === -1 ? undefined : end).flatMap((step) => ("name" in step ? step.name : []));
}

function aboutTerms(terms: readonly Term[], record: JsonObject): FilterMismatch | undefined {
  const alone = (term: Term): boolean =>
    matchFilterPattern({ kind: "terms", terms: [{ ...term, role: "required" }] }, record).kind === "yes";
  const missing = terms.find((term) => term.role === "required" && !alone(term));
  if (missing !== undefined) return { path: [], reason: `the record does not hold ${printTerm(missing)}` };
  const excluded = terms.find((term) => term.role === "excluded" && alone(term));
  if (excluded !== undefined)
    return { path: [], reason: `the record holds what ${printTerm(excluded)} keeps out` };
  const words = terms
    .filter(({ role }) => role === "alternative")
    .map((term) => printTerm({ ...term, role: "required" }));
  return { path: [], reason: `the record holds none of ${listed(words)}` };
}
