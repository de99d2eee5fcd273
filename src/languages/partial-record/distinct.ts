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
  const keys = columnsOf(records).map((column) => keysOf(column, probe(column.path)));
  const seen = new Set<string>();
  return records.filter((_, row) => {
    const key = keys.map((column) => column[row]).join(" ");
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

/** Per record, what the question can learn of its value at a place. */
function keysOf({ values }: Column, { texts, samples, tooLarge }: Probe): readonly string[] {
  const automata = [...new Set(texts)];
  const hits = automata.map((automaton) => hitsOf(automaton)(values));
  return values.map((value, row) => {
    const isText = value.kind === "exactly" && typeof value.value === "string";
    if (!isText || tooLarge || samples.length > 0) return JSON.stringify(value);
    return hits.map((hit) => hit[row]).join("");
  });
}

/** Per value "1" where an automaton takes it. Remembered: the same values are asked about by many patterns. */
const hitsOf = rememberByObject((automaton: Automaton) =>
  rememberByObject((values: readonly PartialValue[]) =>
    values.map((value) =>
      value.kind === "exactly" && typeof value.value === "string" && runsThrough(automaton, value.value)
        ? "1"
        : "0",
    ),
  ),
);
