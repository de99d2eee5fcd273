import type { Rule } from "../core/formats/rule.js";
import { isPlainName, matchesGlob } from "../shared/glob.js";
import { nearest } from "../shared/nearest.js";
import { sayPath, show } from "./diagnostics/describe.js";
import type { DiagnosticCode } from "./diagnostics/codes.js";
import type { Fault, Path } from "./diagnostics/fault.js";

/** What is wrong with a rule id, or with a pattern of ids that must find at least one rule. */
export function checkRuleName(name: string, path: Path, rules: readonly Rule[]): Fault | undefined {
  if (rules.some(({ id }) => matchesGlob(name, id))) return undefined;
  if (isPlainName(name))
    return unknownName(name, path, { code: "unknown-rule", noun: "rule", known: rules.map(({ id }) => id) });
  return {
    path,
    at: "value",
    code: "unknown-rule",
    message: `${sayPath(path)}: no rule's id matches ${show(name)}`,
    hint: "`watchproof list rules` shows the ids",
  };
}

/** What there could have been instead of an unknown name. */
export type Candidates = {
  readonly code: DiagnosticCode;
  readonly noun: string;
  readonly known: readonly string[];
};

/** A name that names nothing, with the nearest that does. */
export function unknownName(name: string, path: Path, { code, noun, known }: Candidates): Fault {
  const near = nearest(name, known);
  const list = known.length > 0 && known.length <= 12 ? `; known are ${known.join(", ")}` : "";
  return {
    path,
    at: "value",
    code,
    message: `${sayPath(path)}: there is no ${noun} ${show(name)}${list}`,
    ...(near === undefined ? {} : { hint: `did you mean "${near}"?` }),
  };
}
