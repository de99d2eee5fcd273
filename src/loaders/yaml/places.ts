import { isAlias, isMap, isScalar, isSeq } from "yaml";
import type { Pair, ParsedNode, Scalar, YAMLMap } from "yaml";
import type { Position } from "../../core/diagnostic.js";
import type { Path, Stretch, TextOf } from "../diagnostics/fault.js";
import { offsetsOf } from "./scalar-offsets.js";
import { positionOf } from "../diagnostics/source-text.js";
import type { Range, SourceText } from "../diagnostics/source-text.js";
import { longTag } from "./short-tags.js";
import { keyOf, rangeOf } from "./value.js";

/** Where the values and keys of a YAML file stand. A path that leads nowhere gives the nearest place that exists; inside an alias, the alias. */
export type Places = {
  readonly ofValue: (path: Path) => Position;
  /** The key of a mapping's entry; a list's item has no key, so the item itself. The root gives its first key. */
  readonly ofKey: (path: Path) => Position;
  /** A stretch of a scalar's text, wherever quotes, escapes and indentation put it; never more than the rest of its first line. */
  readonly within: (path: Path, stretch: Stretch) => Position;
  /** A scalar as it was written, quotes included; undefined for anything else. */
  readonly textOf: TextOf;
};

type Entry = Pair<ParsedNode, ParsedNode | null>;
type Spot = { readonly key?: ParsedNode; readonly value: ParsedNode | null; readonly found: boolean };

/** Opens a composed document for questions of place. */
export function placesOf(root: ParsedNode | null, source: SourceText): Places {
  const keys = new WeakMap<YAMLMap.Parsed, ReadonlyMap<string, Entry>>();
  const find = (path: Path): Spot => findSpot(root, path, keys);
  return {
    ofValue: (path) => positionOf(source, valueRange(find(path))),
    ofKey: (path) => positionOf(source, keyRange(find(path))),
    within: (path, stretch) => {
      const spot = find(path);
      return positionOf(
        source,
        spot.found && isScalar(spot.value) ? stretchRange(spot.value, stretch, source) : valueRange(spot),
      );
    },
    textOf: (path) => {
      const { value, found } = find(path);
      return found && isScalar(value) ? source.text.slice(value.range[0], value.range[1]) : undefined;
    },
  };
}

type KeyIndex = WeakMap<YAMLMap.Parsed, ReadonlyMap<string, Entry>>;

function findSpot(root: ParsedNode | null, path: Path, keys: KeyIndex): Spot {
  let spot: Spot = { value: root, found: true };
  for (const step of path) {
    const next = stepInto(spot.value, step, keys);
    if (next === undefined) return { ...spot, found: false };
    spot = next;
  }
  return spot;
}

function stepInto(node: ParsedNode | null, step: string | number, keys: KeyIndex): Spot | undefined {
  // `!If [a, b]` is short for `{ Fn::If: [a, b] }`: the step by that name leads to the same node.
  if (node?.tag?.startsWith("!") === true && step === longTag(node.tag)) return { value: node, found: true };
  if (isSeq(node)) {
    const item = node.items[Number(step)];
    return item === undefined ? undefined : { value: item, found: true };
  }
  if (!isMap(node)) return undefined;
  const entry = indexOf(node, keys).get(String(step));
  return entry === undefined ? undefined : { key: entry.key, value: entry.value, found: true };
}

function indexOf(map: YAMLMap.Parsed, keys: KeyIndex): ReadonlyMap<string, Entry> {
  const known = keys.get(map);
  if (known !== undefined) return known;
  // Of a key that stands twice the first counts, as in the value.
  const index = new Map([...map.items].reverse().map((entry) => [keyOf(entry), entry]));
  keys.set(map, index);
  return index;
}

function valueRange({ key, value }: Spot): Range {
  if (value === null || isEmpty(value)) return key === undefined ? firstRange(value) : rangeOf(key);
  return firstRange(value);
}

function keyRange({ key, value }: Spot): Range {
  return key === undefined ? firstRange(value) : rangeOf(key);
}

/** A block mapping begins with its first key: that is what a person sees as its place. */
function firstRange(node: ParsedNode | null): Range {
  if (node === null) return { start: 0, end: 1 };
  const first = isMap(node) && node.flow !== true ? node.items[0]?.key : undefined;
  return rangeOf(first ?? node);
}

function isEmpty(node: ParsedNode): boolean {
  return !isAlias(node) && node.range[0] === node.range[1];
}

function stretchRange(scalar: Scalar.Parsed, { offset, length }: Stretch, source: SourceText): Range {
  const offsets = offsetsOf(scalar, source.text);
  const start = offsets[Math.min(offset, offsets.length - 1)];
  const last = offsets[Math.min(offset + Math.max(length, 1) - 1, offsets.length - 1)];
  return start === undefined || last === undefined ? rangeOf(scalar) : { start, end: last + 1 };
}
