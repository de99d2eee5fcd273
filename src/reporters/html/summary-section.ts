import type { GateVerdict } from "../../core/gate.js";
import type { Finding, Report } from "../../core/report.js";
import { severities } from "../../core/severity.js";
import { isAccepted } from "../../shared/report/open-failures.js";
import type { Acceptance } from "../../shared/report/open-failures.js";
import { plural } from "../../shared/text/words.js";
import { html } from "./markup.js";
import type { Markup } from "./markup.js";

const verdicts = {
  0: { word: "Passed", tone: "pass" },
  1: { word: "Failed", tone: "fail" },
  2: { word: "Nothing judged", tone: "unknown" },
  3: { word: "Could not look everywhere", tone: "unknown" },
} satisfies Record<GateVerdict["exitCode"], { readonly word: string; readonly tone: string }>;

/** The verdict in a word or two. */
export function verdictWord({ exitCode }: GateVerdict): string {
  return verdicts[exitCode].word;
}

/** The gate's verdict and its reason, as the page's heading. */
export function verdictHeading(gate: GateVerdict): Markup {
  return html`<h1 class="verdict ${verdicts[gate.exitCode].tone}">${verdictWord(gate)}</h1>
<p class="because"><bdi>${gate.because}</bdi>. <span class="exit">Exit code ${gate.exitCode}.</span></p>`;
}

type Tile = {
  readonly count: number;
  readonly title: string;
  readonly tone: string;
  readonly target: string;
};

/** The counts: what is open by severity, and how much else there is. */
export function summarySection({ summary, findings, accounts }: Report, acceptance: Acceptance): Markup {
  const open = findings.filter((finding) => finding.status === "fail" && !isAccepted(finding, acceptance));
  const accepted = findings.filter(
    (finding) => finding.status === "fail" && isAccepted(finding, acceptance),
  ).length;
  const tiles: readonly Tile[] = [
    {
      count: open.length,
      title: open.length === 1 ? "failure" : "failures",
      tone: "fail",
      target: "failures",
    },
    { count: summary.unknown, title: "unknown", tone: "unknown", target: "unknown" },
    {
      count: summary.error,
      title: summary.error === 1 ? "error" : "errors",
      tone: "error",
      target: "errors",
    },
    { count: accepted, title: "waived or known", tone: "accepted", target: "accepted" },
    { count: summary.pass, title: "passed", tone: "pass", target: "passed" },
    {
      count: summary["not-applicable"],
      title: "not applicable",
      tone: "not-applicable",
      target: "not-applicable",
    },
  ];
  return html`<section aria-labelledby="summary"><h2 id="summary">Summary</h2>
<p class="scope">${plural(findings.length, "finding")} of ${plural(summary.rules, "rule")} in ${plural(accounts.length, "account")}.</p>
<ul class="tiles">${tiles.map(tileMarkup)}</ul>
${open.length === 0 ? undefined : severityBar(open)}</section>
`;
}

function tileMarkup({ count, title, tone, target }: Tile): Markup {
  const inside = html`<b>${count}</b> <span>${title}</span>`;
  return html`<li class="${tone}${count === 0 ? " none" : ""}">${count === 0 ? html`<span class="tile">${inside}</span>` : html`<a class="tile" href="#${target}">${inside}</a>`}</li>`;
}

// The bar repeats what the list says; styles in attributes are forbidden by the page's policy, so it is drawn.
function severityBar(open: readonly Finding[]): Markup {
  const counts = severities
    .toReversed()
    .map((severity) => ({ severity, count: open.filter((finding) => finding.severity === severity).length }));
  let x = 0;
  const parts = counts.map(({ severity, count }) => {
    const width = (count / open.length) * 1000;
    x += width;
    return html`<rect class="${severity}" x="${(x - width).toFixed(2)}" y="0" width="${width.toFixed(2)}" height="10"/>`;
  });
  return html`<div class="severities"><h3>Failures by severity</h3><svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">${parts}</svg>
<ul>${counts.map(({ severity, count }) => html`<li class="${count === 0 ? "none" : ""}"><span class="severity ${severity}">${severity}</span> ${count}</li>`)}</ul></div>`;
}
