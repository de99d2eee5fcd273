import { matchesStretches } from "../../shared/glob.js";
import type { Truth } from "../../shared/truth.js";

/** Whether a text has `*` or `?`. */
export function hasWildcard(text: string): boolean {
  return /[*?]/u.test(text);
}

/** Whether a text has a policy variable, such as ${aws:PrincipalTag/team}, whose value only a request knows. */
export function hasVariable(text: string): boolean {
  return text.includes("${");
}

/** Whether a pattern (`*` any run, `?` any one character) matches a text. A `*` in the text is matched by a `*` only, so that "matches" means "covers". */
export function matchesPattern(pattern: string, text: string): boolean {
  return matchesStretches(pattern.split("*"), text, fits);
}

function fits(stretch: string, text: string, at: number): boolean {
  for (let index = 0; index < stretch.length; index += 1) {
    const [wanted, given] = [stretch[index], text[at + index]];
    if (wanted !== given && (wanted !== "?" || given === "*")) return false;
  }
  return true;
}

/** Whether a pattern takes everything that a wanted text or pattern stands for; "unknown" where it takes a part or depends on a variable. */
export function coversPattern(pattern: string, wanted: string): Truth {
  if (hasVariable(pattern))
    return isApart(pattern.slice(0, pattern.indexOf("${")).concat("*"), wanted) ? "no" : "unknown";
  if (matchesPattern(pattern, wanted)) return "yes";
  if (!hasWildcard(wanted)) return "no";
  return isApart(pattern, wanted) ? "no" : "unknown";
}

// Two patterns have nothing in common if their fixed beginnings, or their fixed ends, differ.
function isApart(a: string, b: string): boolean {
  return differs(fixedStart(a), fixedStart(b)) || differs(fixedStart(reversed(a)), fixedStart(reversed(b)));
}

function fixedStart(pattern: string): { readonly text: string; readonly whole: boolean } {
  const end = pattern.search(/[*?]/u);
  return end < 0 ? { text: pattern, whole: true } : { text: pattern.slice(0, end), whole: false };
}

function differs(
  a: { readonly text: string; readonly whole: boolean },
  b: { readonly text: string; readonly whole: boolean },
): boolean {
  if (a.whole && b.whole) return a.text !== b.text;
  if (a.whole) return !a.text.startsWith(b.text);
  if (b.whole) return !b.text.startsWith(a.text);
  return !a.text.startsWith(b.text) && !b.text.startsWith(a.text);
}

function reversed(text: string): string {
  return Array.from(text).reverse().join("");
}
