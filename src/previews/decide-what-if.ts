import type { GateOptions } from "../core/gate.js";
import type { Finding } from "../core/report.js";
import type { WhatIf } from "../core/what-if.js";
import { isOpenFailure } from "../engine/decide-gate.js";
import { plural } from "../shared/text/words.js";
import type { Classified } from "./classify.js";

/** Whether a deployment may go ahead: 1 for a new open failure, else 3 for what nobody can say any more or yet, else 0. */
export function decideWhatIf(
  { new: appeared, unproven, unjudged }: Classified,
  gate: GateOptions,
): Pick<WhatIf, "exitCode" | "because"> {
  const open = appeared.filter((finding) => isOpenFailure(finding, gate));
  const rest = appeared.length - open.length;
  const below =
    rest === 0 ? "" : `; ${plural(rest, "new failure")} not counted: waived or below the threshold`;
  if (open.length > 0)
    return { exitCode: 1, because: `${plural(open.length, "new failure")} (${severitiesOf(open)})${below}` };
  const dark = darkWords(unproven, unjudged);
  if (dark !== "" && !gate.allowUnknown)
    return { exitCode: 3, because: `nothing new fails, but ${dark}${below}` };
  return { exitCode: 0, because: `nothing new fails${dark === "" ? "" : `; ${dark} (allowed)`}${below}` };
}

function darkWords(unproven: readonly Finding[], unjudged: readonly Finding[]): string {
  const parts = [
    ...(unproven.length === 0
      ? []
      : [`${plural(unproven.length, "verdict")} that passed could not be proven any more`]),
    ...(unjudged.length === 0
      ? []
      : [`${plural(unjudged.length, "verdict")} about something new could not be reached`]),
  ];
  return parts.join(" and ");
}

function severitiesOf(findings: readonly Finding[]): string {
  const order = ["critical", "high", "medium", "low", "info"] as const;
  return order
    .flatMap((severity) => {
      const count = findings.filter((finding) => finding.severity === severity).length;
      return count === 0 ? [] : [`${count.toString()} ${severity}`];
    })
    .join(", ");
}
