/** The candidate that a person most likely meant, or undefined when none is near. Case, `_` and a missing `service.` prefix are forgiven first. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const names = [...candidates].filter((name) => name !== word);
  return (
    names.find((name) => plain(name) === plain(word)) ??
    names.find((name) => isTailOf(word, name)) ??
    closest(word, names)
  );
}

/** How many insertions, deletions, replacements and swaps of neighbours turn `a` into `b` (optimal string alignment). */
export function editDistance(a: string, b: string): number {
  let before: readonly number[] = [];
  let previous: readonly number[] = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const rows: Rows = { a, b, row, previous, before };
    before = previous;
    previous = nextRow(rows);
  }
  return previous[b.length] ?? 0;
}

type Rows = {
  readonly a: string;
  readonly b: string;
  readonly row: number;
  readonly previous: readonly number[];
  readonly before: readonly number[];
};

function nextRow({ a, b, row, previous, before }: Rows): readonly number[] {
  const next = [row];
  for (let column = 1; column <= b.length; column++) {
    const same = a[row - 1] === b[column - 1];
    const replaced = at(previous, column - 1) + (same ? 0 : 1);
    const swapped =
      row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
        ? at(before, column - 2) + 1
        : Infinity;
    next.push(Math.min(replaced, swapped, at(previous, column) + 1, at(next, column - 1) + 1));
  }
  return next;
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Infinity;
}

// Longer words are no typing mistakes, and comparing them would cost their product.
const longest = 200;

function closest(word: string, names: readonly string[]): string | undefined {
  if (word.length > longest) return undefined;
  let best: { readonly name: string; readonly distance: number } | undefined;
  for (const name of names) {
    const limit = Math.max(1, Math.floor(Math.max(word.length, name.length) / 3));
    if (Math.abs(word.length - name.length) > limit) continue;
    const distance = editDistance(plain(word), plain(name));
    if (distance <= limit && distance < (best?.distance ?? Infinity)) best = { name, distance };
  }
  return best?.name;
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll("_", "-");
}

function isTailOf(word: string, name: string): boolean {
  return word.length > 3 && name.endsWith(`.${word}`);
}
