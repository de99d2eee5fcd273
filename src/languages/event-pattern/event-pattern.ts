import { readJson, type JsonMember, type JsonNode } from "./json.js";
import { readTest } from "./operators.js";
import type { ValueTest } from "./tests.js";

/** A key of a pattern, as written. */
export type PatternEntry =
  | { readonly kind: "leaf"; readonly key: string; readonly tests: readonly ValueTest[] }
  | { readonly kind: "object"; readonly key: string; readonly entries: readonly PatternEntry[] }
  | { readonly kind: "or"; readonly branches: readonly (readonly PatternEntry[])[] };

/** One field's tests: the field passes when one of them does. */
export type Leaf = { readonly path: readonly string[]; readonly tests: readonly ValueTest[] };
/** One way through the pattern's `$or`s: every leaf must pass. In the order of the text. */
export type Branch = readonly Leaf[];

/** An EventBridge event pattern: as written, and as the branches of which one must match. */
export type EventPattern = {
  readonly entries: readonly PatternEntry[];
  readonly branches: readonly Branch[];
};

/** A pattern, or the first reason why EventBridge would refuse it. `path` leads to it from the root; `at` is an offset, where the text is not JSON. */
export type ParsedEventPattern =
  | { readonly ok: true; readonly pattern: EventPattern }
  | {
      readonly ok: false;
      readonly path: readonly (string | number)[];
      readonly at?: number;
      readonly message: string;
    };

/** Longer texts are refused; the service's own quota is 2048 characters unless it was raised. */
export const LONGEST_EVENT_PATTERN = 65_536;
const MOST_BRANCHES = 1000;
const MOST_LEAVES = 200_000;

// https://github.com/aws/event-ruler, Constants.RESERVED_FIELD_NAMES_IN_OR_RELATIONSHIP
const RESERVED_IN_OR: ReadonlySet<string> = new Set([
  ...[
    "exactly",
    "equals-ignore-case",
    "prefix",
    "suffix",
    "anything-but",
    "exists",
    "wildcard",
    "numeric",
    "cidr",
  ],
  ...["=", "<", "<=", ">", ">=", "regex", "not-wildcard", "not-equals-ignore-case"],
  ...["date-after", "date-on-or-after", "date-before", "date-on-or-before", "in-date-range"],
  ...["ip-address-in-range", "ip-address-not-in-range"],
]);

/** Parses a rule's EventPattern as EventBridge does. Never throws. */
export function parseEventPattern(text: string): ParsedEventPattern {
  if (text.length > LONGEST_EVENT_PATTERN)
    return { ok: false, path: [], message: `longer than ${LONGEST_EVENT_PATTERN} characters` };
  const json = readJson(text);
  if (!json.ok) return { ok: false, path: [], at: json.at, message: json.message };
  const entries = readEntries(json.node, { path: [], inOr: false });
  if (!("entries" in entries)) return { ok: false, ...entries };
  const count = countBranches(entries.entries);
  if (count > MOST_BRANCHES)
    return {
      ok: false,
      path: [],
      message: `the $or combinations are ${count}; EventBridge allows ${MOST_BRANCHES}`,
    };
  if (count * countLeaves(entries.entries) > MOST_LEAVES)
    return { ok: false, path: [], message: "the $or combinations are too large" };
  return { ok: true, pattern: { entries: entries.entries, branches: branchesOf(entries.entries) } };
}

type Place = { readonly path: readonly (string | number)[]; readonly inOr: boolean };
type Problem = { readonly path: readonly (string | number)[]; readonly message: string };
type Entries = { readonly entries: readonly PatternEntry[] };

function readEntries(node: JsonNode, place: Place): Entries | Problem {
  if (node.kind !== "object") return { path: place.path, message: "must be an object" };
  if (node.members.length === 0) return { path: place.path, message: "an empty object" };
  const entries: PatternEntry[] = [];
  for (const member of node.members) {
    const entry = readEntry(member, { ...place, path: [...place.path, member.key] });
    if ("message" in entry) return entry;
    entries.push(entry);
  }
  return { entries };
}

function readEntry({ key, value }: JsonMember, place: Place): PatternEntry | Problem {
  if (key === "$or") return readOr(value, place.path);
  if (place.inOr && RESERVED_IN_OR.has(key))
    return { path: place.path, message: `${JSON.stringify(key)} is reserved and cannot be a key inside $or` };
  if (value.kind === "array") return readLeaf(key, value.items, place.path);
  if (value.kind !== "object")
    return { path: place.path, message: "must be an object or a list of accepted values" };
  const inner = readEntries(value, place);
  return "entries" in inner ? { kind: "object", key, entries: inner.entries } : inner;
}

function readLeaf(key: string, items: readonly JsonNode[], path: Place["path"]): PatternEntry | Problem {
  if (items.length === 0) return { path, message: "an empty list" };
  const tests: ValueTest[] = [];
  for (const [at, item] of items.entries()) {
    const test = readTest(item);
    if (!test.ok) return { path: [...path, at], message: test.message };
    tests.push(test.value);
  }
  return { kind: "leaf", key, tests };
}

function readOr(node: JsonNode, path: Place["path"]): PatternEntry | Problem {
  if (node.kind !== "array" || node.items.length < 2)
    return { path, message: "$or takes a list of two or more objects" };
  const branches: (readonly PatternEntry[])[] = [];
  for (const [at, item] of node.items.entries()) {
    const branch = readEntries(item, { path: [...path, at], inOr: true });
    if (!("entries" in branch)) return branch;
    branches.push(branch.entries);
  }
  return { kind: "or", branches };
}

function countBranches(entries: readonly PatternEntry[]): number {
  return entries.reduce((count, entry) => {
    if (entry.kind === "leaf") return count;
    if (entry.kind === "object") return count * countBranches(entry.entries);
    return count * entry.branches.reduce((sum, branch) => sum + countBranches(branch), 0);
  }, 1);
}

function countLeaves(entries: readonly PatternEntry[]): number {
  return entries.reduce((count, entry) => {
    if (entry.kind === "leaf") return count + 1;
    return (
      count +
      (entry.kind === "object"
        ? countLeaves(entry.entries)
        : entry.branches.reduce((sum, branch) => sum + countLeaves(branch), 0))
    );
  }, 0);
}

type Draft = Map<string, Leaf>;

function branchesOf(entries: readonly PatternEntry[]): readonly Branch[] {
  return write(entries, [], [new Map()]).map((draft) => [...draft.values()]);
}

// A key that is given twice, also once outside and once inside an $or, keeps what was written last.
function write(
  entries: readonly PatternEntry[],
  path: readonly string[],
  drafts: readonly Draft[],
): readonly Draft[] {
  let current = drafts;
  for (const entry of entries) {
    if (entry.kind === "or") {
      const before = current;
      current = entry.branches.flatMap((branch) =>
        write(
          branch,
          path,
          before.map((draft) => new Map(draft)),
        ),
      );
      continue;
    }
    const here = [...path, entry.key];
    if (entry.kind === "object") current = write(entry.entries, here, current);
    else for (const draft of current) draft.set(JSON.stringify(here), { path: here, tests: entry.tests });
  }
  return current;
}
