const ELLIPSIS = "…";

/** The text, or as much of it as fits in `most` UTF-16 code units, ended by "…"; never half a character. */
export function cutText(text: string, most: number): string {
  return text.length <= most
    ? text
    : `${wholeCharacters(text.slice(0, Math.max(0, most - ELLIPSIS.length)))}${ELLIPSIS}`;
}

/** Half of a surrogate pair at the end is left away. */
function wholeCharacters(text: string): string {
  return /[\ud800-\udbff]$/u.test(text) ? text.slice(0, -1) : text;
}

const encoder = new TextEncoder();

/** How many bytes a text takes in UTF-8. */
export function byteLength(text: string): number {
  return encoder.encode(text).length;
}
