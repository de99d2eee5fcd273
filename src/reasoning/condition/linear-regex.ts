import { compileFilterRegex } from "../../languages/filter-pattern/regex.js";
import { runsThrough } from "../../languages/text-automaton.js";

const LONGEST = 200;

/** A mistake in a regular expression; `at` in characters of it. */
export type RegexProblem = { readonly at: number; readonly message: string };

/**
 * What is wrong with a regular expression, if anything is. The language is that of CloudWatch Logs filter patterns
 * (`^ $ . ? * + { } [ ] |` and `\d \s \w`, no parentheses), in which none can run away.
 */
export function regexProblem(pattern: string): RegexProblem | undefined {
  if (pattern.length > LONGEST)
    return { at: LONGEST, message: `a regular expression has at most ${LONGEST.toString()} characters` };
  const compiled = compileFilterRegex(pattern);
  return compiled.ok
    ? undefined
    : { at: compiled.at, message: `is not a regular expression that is accepted: ${compiled.message}` };
}

/** Whether a regular expression is found in a text, in time that grows with the text alone; one with mistakes is never found. */
export function findsRegex(pattern: string, text: string): boolean {
  if (regexProblem(pattern) !== undefined) return false;
  const compiled = compileFilterRegex(pattern);
  return compiled.ok && runsThrough(compiled.automaton, text);
}
