import type { Finding } from "../../core/report.js";
import { causeText } from "./gap-causes.js";
import type { CauseGroup } from "./gap-causes.js";
import { sortedUnique } from "../order.js";
import { firstFew } from "./terminal-page.js";
import { plural } from "./words.js";

const mostReasons = 4;

/** How much of an account was judged: "judged 38 of 41; 3 unknown, because cloudtrail:GetEventSelectors was refused in us-east-1". */
export function coverageText(findings: readonly Finding[], causes: readonly CauseGroup[]): string {
  if (findings.length === 0) return "judged nothing";
  const unknown = findings.filter(({ status }) => status === "unknown");
  const errors = findings.filter(({ status }) => status === "error").length;
  const parts = [
    `judged ${findings.length - unknown.length - errors} of ${findings.length}`,
    ...(unknown.length === 0 ? [] : [`${unknown.length} unknown, because ${reasons(unknown, causes)}`]),
    ...(errors === 0 ? [] : [`${plural(errors, "error")} in a rule's evaluator`]),
  ];
  return parts.join("; ");
}

function reasons(unknown: readonly Finding[], causes: readonly CauseGroup[]): string {
  const said = (reason: Finding["reason"], words: string): readonly string[] =>
    unknown.some((finding) => finding.reason === reason) ? [words] : [];
  const refused = sortedUnique(causes.flatMap((group) => group.causes.map(causeText)));
  const all = [
    ...(refused.length > 0 ? refused : said("unreadable", "something could not be read")),
    ...said("undecidable", "what was read does not decide"),
    ...said("not-collected", "the snapshot does not hold what the rule needs"),
    ...said("outside", "what lies outside the template or plan decides"),
    ...said("too-complex", "what was read is too complex to be decided within the limits"),
  ];
  const { shown, more } = firstFew(all, mostReasons);
  return [...shown, ...(more === undefined ? [] : [more])].join(", ");
}
