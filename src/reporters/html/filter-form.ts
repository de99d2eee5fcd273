import type { Report } from "../../core/report.js";
import { severities } from "../../core/severity.js";
import type { Status } from "../../core/verdict.js";
import { marks } from "../../shared/text/finding-text.js";
import { groupBy } from "../../shared/group-by.js";
import { serviceOf } from "./choices.js";
import type { Choices } from "./choices.js";
import { html } from "./markup.js";
import type { Markup } from "./markup.js";
import { acceptances, statusWords } from "./statuses.js";

const statuses: readonly Status[] = ["fail", "unknown", "error", "pass", "not-applicable"];

/** What a page can be searched and narrowed by. Hidden until the page's script runs: without it, it would do nothing. */
export function filterForm({ findings }: Report, choices: Choices): Markup {
  const has = (test: (finding: Report["findings"][number]) => boolean): boolean => findings.some(test);
  const usedSeverities = severities
    .toReversed()
    .filter((severity) => has((finding) => finding.severity === severity));
  const usedStatuses = statuses.filter((status) => has((finding) => finding.status === status));
  const isMarked = has(({ waiver, baseline }) => waiver !== undefined || baseline !== undefined);
  return html`<form class="filters" id="filters" role="search" aria-label="Findings" hidden>
<div class="field"><label for="search">Search</label><input type="search" id="search" name="search" autocomplete="off" spellcheck="false" placeholder="names, evidence …"></div>
${checkboxes(
  "severity",
  "Severity",
  usedSeverities.map((value) => ({ value, text: html`<span class="severity ${value}">${value}</span>` })),
)}
${checkboxes(
  "status",
  "Status",
  usedStatuses.map((value) => ({
    value,
    text: html`<span class="mark ${value}" aria-hidden="true">${marks[value]}</span> ${statusWords[value]}`,
  })),
)}
${isMarked ? select("acceptance", "Waivers and baseline", html`${Object.entries(acceptances).map(([value, text]) => html`<option value="${value}">${text}</option>`)}`) : undefined}
${ruleSelect(choices)}
${listSelect("account", "Account", choices.accounts)}
${listSelect("region", "Region", choices.regions)}
${listSelect("frameworks", "Framework", choices.frameworks)}
<div class="buttons"><button type="reset">Reset</button> <button type="button" data-expand="true">Expand all</button> <button type="button" data-expand="false">Collapse all</button></div>
</form>
`;
}

function checkboxes(
  name: string,
  legend: string,
  items: readonly { readonly value: string; readonly text: Markup }[],
): Markup | undefined {
  if (items.length < 2) return undefined;
  return html`<fieldset><legend>${legend}</legend>${items.map(({ value, text }) => html`<label class="chip"><input type="checkbox" name="${name}" value="${value}"> ${text}</label>`)}</fieldset>`;
}

function listSelect(name: string, label: string, values: readonly string[]): Markup | undefined {
  return values.length < 2
    ? undefined
    : select(name, label, html`${values.map((value, at) => html`<option value="${at}">${value}</option>`)}`);
}

// One list for a service as a whole and for single rules.
function ruleSelect({ rules, services }: Choices): Markup | undefined {
  if (rules.length < 2) return undefined;
  const positions = new Map(rules.map((rule, at) => [rule, at]));
  const groups = groupBy(rules, (rule) => serviceOf({ rule }));
  const options = services.map((service, at) => {
    const own = (groups.get(service) ?? []).map(
      (rule) => html`<option value="rule ${positions.get(rule)}">${rule}</option>`,
    );
    return html`<optgroup label="${service}"><option value="service ${at}">${service}: all</option>${own}</optgroup>`;
  });
  return select("rule", "Service or rule", html`${options}`);
}

function select(name: string, label: string, options: Markup): Markup {
  return html`<div class="field"><label for="filter-${name}">${label}</label><select id="filter-${name}" name="${name}"><option value="">all</option>${options}</select></div>`;
}
