/** Adds items to the end of a list. As arguments of `push`, more than some 100,000 would overflow the stack. */
export function addAll<T>(list: T[], items: Iterable<T>): void {
  for (const item of items) list.push(item);
}

/** The greatest of any number of numbers, `from` at least. */
export function greatest(numbers: Iterable<number>, from = -Infinity): number {
  let most = from;
  for (const number of numbers) most = Math.max(most, number);
  return most;
}

/** The least of any number of numbers, `from` at most. */
export function least(numbers: Iterable<number>, from = Infinity): number {
  let fewest = from;
  for (const number of numbers) fewest = Math.min(fewest, number);
  return fewest;
}
