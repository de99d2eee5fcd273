/** "1 trail", "2 trails"; pass the plural where it is not just an s. */
export function plural(count: number, singular: string, several = `${singular}s`): string {
  return `${count.toString()} ${count === 1 ? singular : several}`;
}

/** "a", "a and b", "a, b and c". */
export function listed(words: readonly string[]): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""}`;
}
