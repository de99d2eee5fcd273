import type { JsonObject } from "../../core/json.js";
import type { Finding } from "../../core/report.js";
import { declaredText, subjectText } from "../../shared/text/finding-text.js";
import { witnessText } from "../../shared/text/witness-text.js";
import { candidateList, chainDrawing } from "./chain-drawing.js";
import type { Choices } from "./choices.js";
import { evidenceTable, memberList } from "./evidence-table.js";
import { html, named } from "./markup.js";
import type { Markup } from "./markup.js";
import { remedy } from "./remedy.js";
import { acceptanceOf, acceptances, statusMark } from "./statuses.js";

/** How one finding is shown. `anchor`: the element's id. */
export type ItemOptions = {
  readonly choices: Choices;
  readonly anchor: string;
  readonly isOpen: boolean;
  readonly hasOwnRemedy: boolean;
};

/** One finding: a line that says what about whom, and behind it all that proves it. */
export function findingItem(
  finding: Finding,
  { choices, anchor, isOpen, hasOwnRemedy }: ItemOptions,
): Markup {
  const { account, region, status, severity, controls = [] } = finding;
  const frameworks = [
    ...new Set(controls.map(({ framework }) => choices.at.frameworks.get(framework) ?? -1)),
  ].join(" ");
  const acceptance = acceptanceOf(finding);
  const badge =
    acceptance === "open"
      ? undefined
      : html` <span class="tag ${acceptance}">${acceptances[acceptance]}</span>`;
  const where = choices.accounts.length > 1 ? html`<bdi class="place">${account}</bdi> ` : undefined;
  return html`<li class="finding" id="${anchor}" data-severity="${severity}" data-status="${status}" data-acceptance="${acceptance}" data-account="${choices.at.accounts.get(account)}" data-region="${choices.at.regions.get(region)}" data-frameworks="${frameworks}"><details${isOpen ? html` open` : undefined}><summary>${statusMark(status)}<span class="line">${where}<bdi class="subject">${subjectText(finding)}</bdi>${badge} <bdi class="message">${finding.message}</bdi></span></summary><div class="proof">
${proof(finding, anchor)}${hasOwnRemedy ? remedy(finding, isOpen) : undefined}</div></details></li>
`;
}

function proof(finding: Finding, anchor: string): readonly Markup[] {
  const { witness, notes = [], waiver, evidence = [], status } = finding;
  const parts = [
    witness &&
      html`<section class="witness"><h5>${status === "unknown" ? "What may be missed" : "Witness"}</h5>${witnessMarkup(witness)}</section>`,
    waiver && html`<section class="waiver"><h5>Waiver</h5>${memberList(waiver)}</section>`,
    notes.length === 0
      ? undefined
      : html`<h5>Notes</h5><ul class="notes">${notes.map((note) => html`<li><bdi>${note}</bdi></li>`)}</ul>`,
    chainDrawing(finding),
    candidateList(finding),
    evidenceTable(evidence),
    facts(finding, anchor),
  ];
  return parts.filter((part) => part !== undefined);
}

// An event is told as a sentence; what else there is follows by name.
function witnessMarkup(witness: JsonObject): Markup {
  if (typeof witness["eventName"] !== "string") return memberList(witness);
  const { eventName, eventSource, region, readOnly, ...rest } = witness;
  const event = Object.fromEntries(
    Object.entries({ eventName, eventSource, region, readOnly }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
  return html`<p><bdi>${witnessText(event)}</bdi></p>${Object.keys(rest).length === 0 ? undefined : memberList(rest)}`;
}

function facts({ id, subject, account, region, reason, declared }: Finding, anchor: string): Markup {
  const because = reason === undefined ? undefined : html` · unknown because ${reason}`;
  const arn =
    subject.arn === undefined || subject.arn === subject.id ? undefined : html`${named(subject.arn)} · `;
  const where = declared && html`declared at <bdi>${declaredText(declared)}</bdi> · `;
  return html`<p class="facts">${arn}${where}account <bdi>${account}</bdi> · region <bdi>${region}</bdi>${because} · finding <a href="#${anchor}">${id}</a></p>`;
}
