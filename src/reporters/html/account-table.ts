import type { AccountSummary, Finding, Report } from "../../core/report.js";
import { groupBy } from "../../shared/group-by.js";
import { isAccepted } from "../../shared/report/open-failures.js";
import type { Acceptance } from "../../shared/report/open-failures.js";
import { plural } from "../../shared/text/words.js";
import { html, named } from "./markup.js";
import type { Markup } from "./markup.js";

// A list this short is read at a glance.
const mostRegions = 6;

/** Every account: where its state came from and when, which regions were judged and which were not, and what was found. */
export function accountTable({ accounts, findings }: Report, acceptance: Acceptance): Markup {
  const byAccount = groupBy(findings, ({ account }) => account);
  const rows = accounts.map((account) => accountRow(account, byAccount.get(account.id) ?? [], acceptance));
  const head = ["account", "source", "taken at", "regions", "failures", "unknown", "passed"].map(
    (title) => html`<th scope="col">${title}</th>`,
  );
  return html`<section aria-labelledby="accounts"><h2 id="accounts">Accounts</h2>
<div class="wide" role="region" aria-label="Table of accounts" tabindex="0"><table><thead><tr>${head}</tr></thead><tbody>
${rows}</tbody></table></div></section>
`;
}

function accountRow(
  { id, partition, source, takenAt, ...places }: AccountSummary,
  findings: readonly Finding[],
  acceptance: Acceptance,
): Markup {
  const open = findings.filter(
    (finding) => finding.status === "fail" && !isAccepted(finding, acceptance),
  ).length;
  const count = (status: Finding["status"]): number =>
    findings.filter((finding) => finding.status === status).length;
  return html`<tr><th scope="row">${named(id)} <small>${partition}</small></th><td><bdi>${source}</bdi></td><td>${takenAt}</td><td>${regionCell(places)}</td><td class="number">${open}</td><td class="number">${count("unknown") + count("error")}</td><td class="number">${count("pass")}</td></tr>
`;
}

function regionCell({
  regions,
  excludedRegions = [],
}: Pick<AccountSummary, "regions" | "excludedRegions">): Markup {
  const names = html`${regions.map((region, at) => html`${at === 0 ? "" : ", "}<bdi>${region}</bdi>`)}`;
  const judged =
    regions.length <= mostRegions
      ? names
      : html`<details><summary>${plural(regions.length, "region")}</summary>${names}</details>`;
  if (excludedRegions.length === 0) return judged;
  return html`${judged}<p class="excluded">Excluded:</p><ul>${excludedRegions.map(({ region, reason }) => html`<li><bdi>${region}</bdi>: <bdi>${reason}</bdi></li>`)}</ul>`;
}
