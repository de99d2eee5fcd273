// East Asian wide and fullwidth blocks (Unicode TR 11) that people write in; emoji are found by their property.
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}\p{Emoji_Presentation}]/u;
const zero = /\p{M}/u;

/** How many columns of a terminal one character (a code point) takes: 0 for combining marks, 2 for wide ones, else 1. */
export function displayWidth(character: string): number {
  if (zero.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}
