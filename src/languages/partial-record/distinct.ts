import { rememberByObject } from "../../shared/remember.js";
import { runsThrough, type Automaton } from "../text-automaton.js";
import type { Probe } from "./choices.js";
import type { PartialRecord, PartialValue, Path } from "./partial-record.js";

/** A place at which records differ, with the value that each of them holds there. */
type Column = { readonly path: Path; readonly values: readonly PartialValue[] };

/**
 * Of several sets of records those that a question can tell apart, each by the first that it answers alike. Sets that
 * share all but some fixed texts are compared by the shapes that the question asks for there.
 */
export function distinctRecords(
  records: readonly PartialRecord[],
  probe: (path: Path) => Probe,
): readonly PartialRecord[] {
  const classes = columnsOf(records).flatMap((column) => classesOf(column, probe(column.path)));
  if (classes.length === 0) return records.slice(0, 1);
  const joint = classes.reduce(refined);
  const seen = new Set<number>();
  return records.filter((_, row) => {
    const key = joint[row] ?? 0;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

const columnsOf = rememberByObject((records: readonly PartialRecord[]): readonly Column[] =>
  columnsBelow([], records),
);

function columnsBelow(path: Path, values: readonly PartialValue[]): readonly Column[] {
  const [first, ...others] = values;
  if (first === undefined || others.every((value) => value === first)) return [];
  const objects = values.flatMap((value) => (value.kind === "object" ? [value] : []));
  const names = sharedNames(objects);
  if (objects.length < values.length || names === undefined) return [{ path, values }];
  return names.flatMap((name) =>
    columnsBelow(
      [...path, name],
      objects.flatMap(({ fields }) => fields[name] ?? []),
    ),
  );
}

/** The names of the fields, where all objects have the same. */
function sharedNames(objects: readonly PartialRecord[]): readonly string[] | undefined {
  const shapes = new Set(
    objects.map(({ fields, others }) => JSON.stringify([others, Object.keys(fields).sort()])),
  );
  const [first] = objects;
  return first !== undefined && shapes.size === 1 ? Object.keys(first.fields) : undefined;
}

/** Per record a number that is equal where the question learns the same of its values. */
type Classes = readonly number[];

/** What the question can learn of the values at a place, a list for each test that tells some of them apart. */
function classesOf({ values }: Column, { texts, samples, tooLarge }: Probe): readonly Classes[] {
  const isPlain = isAllText(values) && !tooLarge && samples.length === 0;
  if (!isPlain) return [numbersOf(values)];
  return [...new Set(texts)].map((automaton) => hitsOf(automaton)(values)).filter(tellsApart);
}

const isAllText = rememberByObject((values: readonly PartialValue[]) =>
  values.every((value) => value.kind === "exactly" && typeof value.value === "string"),
);

const numbersOf = rememberByObject((values: readonly PartialValue[]): Classes => {
  const numbers = new Map<string, number>();
  return values.map((value) => {
    const key = JSON.stringify(value);
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  });
});

const tellsApart = rememberByObject((classes: Classes) => classes.some((one) => one !== classes[0]));

/** The classes of two tests together. */
function refined(some: Classes, more: Classes): Classes {
  const numbers = new Map<number, number>();
  const most = more.reduce((largest, one) => Math.max(largest, one), 0) + 1;
  return some.map((one, row) => {
    const key = one * most + (more[row] ?? 0);
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  });
}

/** Per value 1 where an automaton takes it. Remembered: the same values are asked about by many patterns. */
const hitsOf = rememberByObject((automaton: Automaton) =>
  rememberByObject((values: readonly PartialValue[]): Classes =>
    values.map((value) =>
      value.kind === "exactly" && typeof value.value === "string" && runsThrough(automaton, value.value)
        ? 1
        : 0,
    ),
  ),
);
