import type { Condition } from "../../languages/event-selector/event-selector.js";
import { groupBy } from "../../shared/group-by.js";
import { sortedUnique } from "../../shared/order.js";
import type { TextSet } from "./texts.js";

/**
 * Finitely many members of `set` that behave, under the conditions, like all of its members: the listed texts, and for
 * each listed prefix p and suffix q a text p·X·q in which no longer prefix or suffix is hit. Every text hits the same
 * literals as one of these, namely the one built of its longest listed prefix and suffix. Beginnings (and endings)
 * that hit alike in every condition are tried once. First the text that hits nothing listed, then the others A–Z.
 */
export function representatives(conditions: readonly Condition[], set: TextSet): readonly string[] {
  const { listed, prefixes, suffixes } = literalsOf(conditions, set);
  const startHits = (start: string): string =>
    signature(
      conditions,
      ({ StartsWith, NotStartsWith }) => [StartsWith, NotStartsWith],
      (literal) => start.startsWith(literal),
    );
  const endHits = (end: string): string =>
    signature(
      conditions,
      ({ EndsWith, NotEndsWith }) => [EndsWith, NotEndsWith],
      (literal) => end.endsWith(literal),
    );
  const starts = firstOfEach([set.prefix, ...prefixes], startHits, (start) => leave(start, prefixes, set));
  const ends = firstOfEach(["", ...suffixes], endHits, (end) => end);
  const [fresh, ...built] = starts.flatMap((start) =>
    ends.flatMap((end) => join(start, end, { listed, suffixes, set }) ?? []),
  );
  const others = sortedUnique([...listed, ...built]);
  return fresh === undefined ? others : [fresh, ...others.filter((text) => text !== fresh)];
}

type Literals = {
  readonly listed: readonly string[];
  readonly prefixes: readonly string[];
  readonly suffixes: readonly string[];
};

function literalsOf(conditions: readonly Condition[], set: TextSet): Literals {
  const prefixes = conditions.flatMap(({ StartsWith, NotStartsWith }) => [...StartsWith, ...NotStartsWith]);
  return {
    listed: sortedUnique(
      conditions
        .flatMap(({ Equals, NotEquals }) => [...Equals, ...NotEquals])
        .filter((text) => set.has(text)),
    ),
    prefixes: sortedUnique(prefixes.filter((text) => text.startsWith(set.prefix) && text !== set.prefix)),
    suffixes: sortedUnique(
      conditions.flatMap(({ EndsWith, NotEndsWith }) => [...EndsWith, ...NotEndsWith]),
    ).filter((text) => text !== ""),
  };
}

function signature(
  conditions: readonly Condition[],
  sides: (condition: Condition) => readonly (readonly string[])[],
  isHit: (literal: string) => boolean,
): string {
  return conditions
    .map((condition) =>
      sides(condition)
        .map((side) => (side.some(isHit) ? "1" : "0"))
        .join(""),
    )
    .join(" ");
}

function firstOfEach(
  texts: readonly string[],
  keyOf: (text: string) => string,
  make: (text: string) => string | undefined,
): readonly string[] {
  return [...groupBy(texts, keyOf).values()].flatMap((group) => {
    for (const text of group) {
      const made = make(text);
      if (made !== undefined) return [made];
    }
    return [];
  });
}

/** A member that begins with `text` and hits no listed prefix beyond it, whatever is appended; undefined if the set has none. */
function leave(text: string, prefixes: readonly string[], set: TextSet): string | undefined {
  const beyond = prefixes.filter((prefix) => prefix.length > text.length && prefix.startsWith(text));
  const isClear = (longer: string): boolean =>
    !beyond.some((prefix) => longer.startsWith(prefix) || prefix.startsWith(longer));
  const readable = member(text, set, isClear);
  if (readable !== undefined) return readable;
  const next = (set.follow(text) ?? characters(beyond.length)).map((character) => text + character);
  for (const longer of next.filter(isClear)) {
    const found = set.has(longer) ? longer : member(longer, set, isClear);
    if (found !== undefined) return found;
  }
  for (const longer of next.filter((one) => !isClear(one) && !beyond.includes(one))) {
    const found = leave(longer, beyond, set);
    if (found !== undefined) return found;
  }
  return undefined;
}

function member(text: string, set: TextSet, isGood: (text: string) => boolean): string | undefined {
  return set
    .words(text)
    .map((word) => text + word)
    .find((longer) => set.has(longer) && isGood(longer));
}

type Around = {
  readonly listed: readonly string[];
  readonly suffixes: readonly string[];
  readonly set: TextSet;
};

/** A member between a beginning that hits no more prefixes and an ending, that hits no longer suffix and is not listed. */
function join(start: string, end: string, { listed, suffixes, set }: Around): string | undefined {
  const longer = suffixes.filter((suffix) => suffix.length > end.length && suffix.endsWith(end));
  return ["", ...characters(longer.length + listed.length)]
    .map((middle) => start + middle + end)
    .find(
      (text) => set.has(text) && !listed.includes(text) && !longer.some((suffix) => text.endsWith(suffix)),
    );
}

const common = Array.from("abcdefghijklmnopqrstuvwxyz0123456789");

/** Readable characters, then so many others that one of them stands in none of `literals` texts at a given place. */
function characters(literals: number): readonly string[] {
  return [
    ...common,
    ...Array.from({ length: literals + 1 }, (_, index) => String.fromCodePoint(firstUncommon + index)),
  ];
}

// The Hiragana and the scripts behind it: no AWS name needs them, and there are thousands.
const firstUncommon = 0x3041;
