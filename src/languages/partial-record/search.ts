import type { JsonObject } from "../../core/json.js";
import { any, type Outcome } from "./kleene.js";
import {
  memberOf,
  partialRecord,
  replaceAt,
  smallestObject,
  viewOf,
  type PartialRecord,
  type PartialValue,
  type Path,
} from "./partial-record.js";
import { distinctRecords } from "./distinct.js";
import { choicesOf, joinProbes, type Choices, type Probe } from "./choices.js";
import { addAll } from "../../shared/many.js";

/** Something a pattern says of records, asked in a way that allows deciding it for sets of records. */
export type Question = {
  /** Says `open` at a place only if its answer depends on it. More fixed never changes a definite answer. */
  outcome(record: PartialValue): Outcome;
  /** Everything the question can ask about this place. */
  probe(path: Path): Probe;
  /** How many tests one outcome can take; 1 where it is not said. */
  readonly weight?: number;
};

/** What a pattern says of a set of records. Every witness is a complete record of the set. */
export type Decision =
  | { readonly kind: "always" }
  | { readonly kind: "never"; readonly witness: JsonObject }
  /** `witness` does not match; `matched`, where known, does. */
  | { readonly kind: "sometimes"; readonly witness: JsonObject; readonly matched?: JsonObject }
  /** No record is known not to match; `witness`, where known, is one that AWS's documents do not decide. */
  | {
      readonly kind: "unknown";
      readonly reason: string;
      readonly witness?: JsonObject;
      /** Set where the search ended at its budget. */
      readonly tooComplex?: true;
    };

const MOST_STEPS = 20_000;
/** Tests and steps into a record that one search may take; a second's work or two. */
const MOST_WORK = 2_000_000;

/** A set of records, or several sets of which each counts. */
export type Records = PartialRecord | readonly PartialRecord[];

/** Decides a question for every record of some sets: exactly, or unknown after 20000 steps or two million tests. */
export function decide(question: Question, records: Records): Decision {
  return conclude(
    explore(question, records, ({ missed, matched }) => missed !== undefined && matched !== undefined),
  );
}

/** Whether a question may say yes of some record of some sets; false only where `decide` says never. */
export function isPossible(question: Question, records: Records): boolean {
  const { missed, matched, undocumented, complete } = explore(
    question,
    records,
    (found) => found.matched !== undefined || found.undocumented !== undefined,
  );
  return matched !== undefined || undocumented !== undefined || missed === undefined || !complete;
}

/** Looks at the records of some sets, as far as they differ to the question, until enough is found. */
function explore(question: Question, records: Records, isEnough: (found: Found) => boolean): Found {
  const found: Found = { complete: true };
  const split = splitter(question);
  const starts =
    "kind" in records ? [records] : [...distinctRecords(records, (path) => question.probe(path))].reverse();
  const stack: Pending[] = starts.map((record) => ({ record }));
  let [steps, work] = [0, 0];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const at = "record" in next ? next.record : withPart(next.base, next.open, next.part);
    steps += 1;
    work += question.weight ?? 1;
    const outcome = question.outcome(at);
    if (outcome.kind === "open") work += outcome.at.length;
    if (outcome.kind === "open") addAll(stack, narrower(split, { record: at, open: outcome.at }, found));
    else note(found, outcome, at);
    if (isEnough(found)) break;
    if (steps < MOST_STEPS && work < MOST_WORK) continue;
    found.complete = false;
    found.tooComplex = true;
    break;
  }
  return found;
}

/** Whether one of several patterns says yes: they cover a set together. */
export function anyOf(questions: readonly Question[]): Question {
  return {
    outcome: (record) => any(questions, (question) => question.outcome(record)),
    probe: (path) => joinProbes(questions.map((question) => question.probe(path))),
    weight: weightOf(questions),
  };
}

/** What an outcome of all of these questions can take. */
export function weightOf(questions: readonly Question[]): number {
  return questions.reduce((sum, { weight = 1 }) => sum + weight, 0);
}

/** The same question about the record that another record holds under `key`, as an event holds an API call under "detail". */
export function within(key: string, question: Question): Question {
  return {
    outcome: (record) => {
      const inner = memberOf(record, key);
      if (inner === undefined || viewOf(inner).kind === "open")
        return { kind: "open", at: inner === undefined ? [] : [key] };
      const outcome = question.outcome(inner);
      return outcome.kind === "open" ? { kind: "open", at: [key, ...outcome.at] } : outcome;
    },
    probe: (path) =>
      path[0] === key ? question.probe(path.slice(1)) : { ...question.probe([]), members: true },
    weight: weightOf([question]),
  };
}

type Found = {
  missed?: PartialRecord;
  matched?: PartialRecord;
  undocumented?: { readonly reason: string; readonly record: PartialRecord; readonly tooComplex?: true };
  complete: boolean;
  tooComplex?: true;
};

/** A record to look at, or one that is made when it is its turn: most never are. */
type Pending =
  | { readonly record: PartialRecord }
  | { readonly base: PartialRecord; readonly open: Path; readonly part: PartialValue };

type Split = (open: PartialValue, path: Path) => Choices;

/** Splits a place's value once, however often the search comes back to it. */
function splitter(question: Question): Split {
  const known = new Map<PartialValue, Map<string, Choices>>();
  return (open, path) => {
    const atPaths = known.get(open) ?? new Map<string, Choices>();
    known.set(open, atPaths);
    const key = JSON.stringify(path);
    const choices = atPaths.get(key) ?? choicesOf(open, question.probe(path));
    atPaths.set(key, choices);
    return choices;
  };
}

/** The records that fix the open place, least interesting first: the stack is read from its end. */
function narrower(
  split: Split,
  { record, open }: { readonly record: PartialRecord; readonly open: Path },
  found: Found,
): readonly Pending[] {
  const choices = split(valueAt(record, open), open);
  if (!choices.complete) found.complete = false;
  return choices.options
    .filter((option) => option.kind !== "absent" || typeof open.at(-1) !== "number")
    .map((part): Pending => ({ base: record, open, part }))
    .reverse();
}

function valueAt(record: PartialValue, path: Path): PartialValue {
  return path.reduce<PartialValue>((value, key) => {
    if (value.kind === "list" && typeof key === "number") return value.items[key] ?? value;
    return memberOf(value, String(key)) ?? value;
  }, record);
}

function withPart(record: PartialRecord, path: Path, part: PartialValue): PartialRecord {
  const replaced = replaceAt(record, path, part);
  return replaced.kind === "object" ? replaced : partialRecord({});
}

function note(
  found: Found,
  outcome: Exclude<Outcome, { readonly kind: "open" }>,
  record: PartialRecord,
): void {
  if (outcome.kind === "yes") found.matched ??= record;
  if (outcome.kind === "no") found.missed ??= record;
  if (outcome.kind === "unknown") found.undocumented ??= { ...outcome, record };
}

function conclude({ missed, matched, undocumented, complete, tooComplex }: Found): Decision {
  if (missed !== undefined) {
    const witness = smallestObject(missed);
    if (matched !== undefined) return { kind: "sometimes", witness, matched: smallestObject(matched) };
    return { kind: complete && undocumented === undefined ? "never" : "sometimes", witness };
  }
  if (undocumented !== undefined)
    return {
      kind: "unknown",
      reason: undocumented.reason,
      witness: smallestObject(undocumented.record),
      ...(undocumented.tooComplex === undefined ? {} : { tooComplex: undocumented.tooComplex }),
    };
  return complete
    ? { kind: "always" }
    : {
        kind: "unknown",
        reason: "there are too many cases to look at all of them",
        ...(tooComplex === undefined ? {} : { tooComplex }),
      };
}
