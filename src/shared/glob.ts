/** Whether a stretch of a pattern stands at a place of a text; the text goes on long enough there. */
export type Fits = (stretch: string, text: string, at: number) => boolean;

/**
 * Whether a text is these stretches, with any run of characters between each two: `["a", ""]` is a prefix, `["a"]` the text itself.
 * Takes the leftmost place for each stretch, which suffices, so time is text × longest stretch.
 */
export function matchesStretches(stretches: readonly string[], text: string, fits: Fits = stands): boolean {
  const [first = "", ...others] = stretches;
  const last = others.pop();
  if (last === undefined) return text.length === first.length && fits(first, text, 0);
  const end = text.length - last.length;
  if (end < first.length || !fits(first, text, 0) || !fits(last, text, end)) return false;
  let at = first.length;
  for (const stretch of others) {
    while (at + stretch.length <= end && !fits(stretch, text, at)) at += 1;
    at += stretch.length;
    if (at > end) return false;
  }
  return true;
}

/** Whether `text` matches a pattern in which `*` stands for any run of characters. Never a regular expression. */
export function matchesGlob(pattern: string, text: string): boolean {
  return matchesStretches(pattern.split("*"), text);
}

/** Whether a pattern is a plain name. */
export function isPlainName(pattern: string): boolean {
  return !pattern.includes("*");
}

function stands(stretch: string, text: string, at: number): boolean {
  return text.startsWith(stretch, at);
}
