import type { Finding } from "../../core/report.js";
import type { Status } from "../../core/verdict.js";
import { marks } from "../../shared/text/finding-text.js";
import { html } from "./markup.js";
import type { Markup } from "./markup.js";

/** A status in words. */
export const statusWords = {
  pass: "passed",
  fail: "failed",
  "not-applicable": "not applicable",
  unknown: "unknown",
  error: "error",
} satisfies Record<Status, string>;

/** What somebody has said to a failure: accepted until a day, known before, new since the baseline, or nothing. */
export const acceptances = {
  open: "neither waived nor known",
  new: "new since the baseline",
  known: "known before",
  waived: "waived",
} as const;

export type Acceptance = keyof typeof acceptances;

/** How a finding stands to waivers and baseline. */
export function acceptanceOf({ waiver, baseline }: Finding): Acceptance {
  return waiver === undefined ? (baseline ?? "open") : "waived";
}

/** The sign of a status, its word for those who do not see it. */
export function statusMark(status: Status): Markup {
  return html`<span class="mark ${status}" role="img" aria-label="${statusWords[status]}">${marks[status]}</span>`;
}
