import type { Report } from "../core/report.js";
import { defineReporter } from "../core/reporter.js";
import type { RenderOptions } from "../core/reporter.js";
import { pageScript, pageScriptHash, pageStyle, pageStyleHash } from "../generated/report-page.js";
import { plural } from "../shared/text/words.js";
import { accountTable } from "./html/account-table.js";
import { choicesOf } from "./html/choices.js";
import { coverageSection, noteSection } from "./html/coverage-section.js";
import { filterForm } from "./html/filter-form.js";
import { findingGroups } from "./html/finding-groups.js";
import type { Grouping } from "./html/finding-groups.js";
import { builtText, html as markup } from "./html/markup.js";
import type { Markup } from "./html/markup.js";
import { summarySection, verdictHeading, verdictWord } from "./html/summary-section.js";
import { trendSection } from "./html/trend-charts.js";

/** One page that needs nothing else: it opens from disk, asks no network, and can be read without its script. */
export const html = defineReporter({
  id: "html",
  summary: "for people in a browser: one self-contained page with filters, search, evidence and chains",
  render: (report, options) => page(report, options).markup,
});

// Nothing but the page's own script and style: names from AWS could run nothing even if they became markup.
const policy = [
  "default-src 'none'",
  `script-src '${pageScriptHash}'`,
  `style-src '${pageStyleHash}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

function page(report: Report, { gate, trend, ...acceptance }: RenderOptions): Markup {
  const trendPart = trendSection(trend);
  const notePart = noteSection(report);
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${builtText(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${verdictWord(gate)}: Watchproof report</title>
<style>${builtText(pageStyle)}</style>
</head>
<body>
<a class="skip" href="#findings">Skip to the findings</a>
<header><p class="tool">${report.tool.name} <span>${report.tool.version}</span></p>
${verdictHeading(gate)}
${navigation({ hasTrend: trendPart !== undefined, hasNotes: notePart !== undefined })}</header>
<main>
${summarySection(report, acceptance)}${trendPart}${accountTable(report, acceptance)}${notePart}${findingSection(report, { choices: choicesOf(report), acceptance })}${coverageSection(report)}</main>
<footer><p>Unknown means that nobody could look, or that what was read does not decide; it is never a pass. Waived and known failures are marked, never dropped.</p></footer>
<script>${builtText(pageScript)}</script>
</body>
</html>
`;
}

function navigation({
  hasTrend,
  hasNotes,
}: {
  readonly hasTrend: boolean;
  readonly hasNotes: boolean;
}): Markup {
  const targets = [
    ["summary", "Summary"],
    ...(hasTrend ? [["trend", "Trend"]] : []),
    ["accounts", "Accounts"],
    ...(hasNotes ? [["notes", "Waivers and baseline"]] : []),
    ["findings", "Findings"],
    ["coverage", "Coverage and gaps"],
  ];
  return markup`<nav aria-label="Sections"><ul>${targets.map(([id, title]) => markup`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>`;
}

function findingSection(report: Report, { choices, acceptance }: Grouping): Markup {
  const total = report.findings.length;
  return markup`<section aria-labelledby="findings"><h2 id="findings" tabindex="-1">Findings</h2>
<div class="browse">${total > 1 ? filterForm(report, choices) : undefined}<div class="results"><p class="shown" id="shown" role="status">${plural(total, "finding")}</p>
${findingGroups(report, { choices, acceptance })}<p class="nothing" id="nothing"${total > 0 ? markup` hidden` : undefined}>${total > 0 ? "No finding is like this. Reset the filters to see all." : "There are no findings."}</p></div></div></section>
`;
}
