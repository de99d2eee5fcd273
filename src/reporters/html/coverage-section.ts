import type { Finding, Report, ReportGap } from "../../core/report.js";
import { coverageText } from "../../shared/text/coverage-text.js";
import { causeAndReason, causesOf, groupByCause } from "../../shared/text/gap-causes.js";
import type { Cause } from "../../shared/text/gap-causes.js";
import { groupBy } from "../../shared/group-by.js";
import { reportNoteText } from "../../shared/text/report-note-text.js";
import { plural } from "../../shared/text/words.js";
import { html, named } from "./markup.js";
import type { Markup } from "./markup.js";

/** How much of each account was judged, what could not be read and why, and what to grant. */
export function coverageSection({ accounts, findings, gaps }: Report): Markup {
  const byAccount = groupBy(findings, ({ account }) => account);
  const gapsByAccount = groupBy(gaps, ({ account }) => account);
  const ids = [...new Set([...accounts.map(({ id }) => id), ...byAccount.keys(), ...gapsByAccount.keys()])];
  return html`<section aria-labelledby="coverage"><h2 id="coverage">Coverage and gaps</h2>
${ids.map((id) => accountCoverage(id, byAccount.get(id) ?? [], gapsByAccount.get(id) ?? []))}</section>
`;
}

/** What a person should mend in waivers and baseline; nothing where there is nothing. */
export function noteSection({ notes = [] }: Report): Markup | undefined {
  if (notes.length === 0) return undefined;
  return html`<section aria-labelledby="notes"><h2 id="notes">Waivers and baseline: to mend</h2>
<ul class="report-notes">${notes.map((note) => html`<li><bdi>${reportNoteText(note)}</bdi></li>`)}</ul></section>
`;
}

function accountCoverage(id: string, findings: readonly Finding[], gaps: readonly ReportGap[]): Markup {
  const unreadable = findings.filter(({ status, reason }) => status === "unknown" && reason === "unreadable");
  const said = coverageText(findings, groupByCause(unreadable, gaps));
  return html`<div class="account"><h3>Account ${named(id)}</h3>
<p><bdi>${said}</bdi>.</p>
${causeList(causesOf(gaps))}${gapTable(gaps)}</div>
`;
}

function causeList(causes: readonly Cause[]): Markup | undefined {
  if (causes.length === 0) return undefined;
  const grant = ({ grant: action }: Cause): Markup | undefined =>
    action === undefined ? undefined : html`; grant ${named(action)}`;
  return html`<ul class="causes">${causes.map((cause) => html`<li><bdi>${causeAndReason(cause)}</bdi>${grant(cause)}</li>`)}</ul>
`;
}

function gapTable(gaps: readonly ReportGap[]): Markup | undefined {
  if (gaps.length === 0) return undefined;
  const head = ["type", "region", "reason", "action", "resource", "message"].map(
    (title) => html`<th scope="col">${title}</th>`,
  );
  const row = ({ type, region, reason, action = "", resource = "", message = "" }: ReportGap): Markup =>
    html`<tr><td>${named(type)}</td><td><bdi>${region}</bdi></td><td><bdi>${reason}</bdi></td><td>${named(action)}</td><td>${named(resource)}</td><td><bdi>${message}</bdi></td></tr>\n`;
  return html`<details><summary>${plural(gaps.length, "gap")}, one by one</summary><div class="wide" role="region" aria-label="Gaps" tabindex="0"><table><thead><tr>${head}</tr></thead><tbody>
${gaps.map(row)}</tbody></table></div></details>`;
}
