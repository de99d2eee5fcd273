import type { Finding, Report } from "../../core/report.js";
import { severities } from "../../core/severity.js";
import type { Status } from "../../core/verdict.js";
import { groupBy } from "../../shared/group-by.js";
import { isAccepted } from "../../shared/report/open-failures.js";
import type { Acceptance } from "../../shared/report/open-failures.js";
import { serviceOf } from "./choices.js";
import type { Choices } from "./choices.js";
import { findingItem } from "./finding-item.js";
import { html } from "./markup.js";
import type { Markup } from "./markup.js";
import { remedy, remedyKey } from "./remedy.js";
import { statusMark } from "./statuses.js";

type Section = {
  readonly id: string;
  readonly title: string;
  readonly status: Status;
  readonly has: (finding: Finding, acceptance: Acceptance) => boolean;
  /** Whether its rules are shown with their findings from the start. */
  readonly isOpen: boolean;
};

const sections: readonly Section[] = [
  {
    id: "failures",
    title: "Failures",
    status: "fail",
    has: (finding, acceptance) => finding.status === "fail" && !isAccepted(finding, acceptance),
    isOpen: true,
  },
  {
    id: "unknown",
    title: "Unknown",
    status: "unknown",
    has: ({ status }) => status === "unknown",
    isOpen: true,
  },
  { id: "errors", title: "Errors", status: "error", has: ({ status }) => status === "error", isOpen: true },
  {
    id: "accepted",
    title: "Waived or known before",
    status: "fail",
    has: (finding, acceptance) => finding.status === "fail" && isAccepted(finding, acceptance),
    isOpen: true,
  },
  { id: "passed", title: "Passed", status: "pass", has: ({ status }) => status === "pass", isOpen: false },
  {
    id: "not-applicable",
    title: "Not applicable",
    status: "not-applicable",
    has: ({ status }) => status === "not-applicable",
    isOpen: false,
  },
];

// So few failures can be read from top to bottom without a click.
const mostOpen = 12;

/** What `findingGroups` is told beside the report. */
export type Grouping = { readonly choices: Choices; readonly acceptance: Acceptance };

type Shown = { readonly choices: Choices; readonly anchors: ReadonlyMap<Finding, string> };

/** All findings: failures first, then what is unknown, at last what passed; in each part by rule, the gravest first. */
export function findingGroups(report: Report, { choices, acceptance }: Grouping): readonly Markup[] {
  const shown = { choices, anchors: anchorsOf(report.findings) };
  return sections.flatMap((section) => {
    const own = report.findings.filter((finding) => section.has(finding, acceptance));
    return own.length === 0 ? [] : [sectionMarkup(section, own, shown)];
  });
}

function sectionMarkup(
  { id, title, status, isOpen }: Section,
  findings: readonly Finding[],
  shown: Shown,
): Markup {
  const groups = [...groupBy(findings, ({ rule, severity }) => `${rule}\n${severity}`).values()].sort(
    (a, b) => gravity(b) - gravity(a),
  );
  const hasOpenItems = status === "fail" && findings.length <= mostOpen;
  return html`<div class="part"><h3 id="${id}">${statusMark(status)}${title} <span class="count">${findings.length}</span></h3>
${groups.map((group) => groupMarkup(group, { isOpen, hasOpenItems, ...shown }))}</div>
`;
}

function groupMarkup(
  group: readonly Finding[],
  {
    isOpen,
    hasOpenItems,
    choices,
    anchors,
  }: Shown & { readonly isOpen: boolean; readonly hasOpenItems: boolean },
): Markup {
  const [first] = group;
  if (first === undefined) return html``;
  const isShared = new Set(group.map(remedyKey)).size === 1;
  // Below what is read from top to bottom, above what is too long for that.
  const common = isShared ? remedy(first, hasOpenItems) : undefined;
  const items = group.map((finding) =>
    findingItem(finding, {
      choices,
      anchor: anchors.get(finding) ?? "",
      isOpen: hasOpenItems,
      hasOwnRemedy: !isShared,
    }),
  );
  return html`<details class="group" data-rule="${choices.at.rules.get(first.rule)}" data-service="${choices.at.services.get(serviceOf(first))}"${isOpen ? html` open` : undefined}><summary><span class="severity ${first.severity}">${first.severity}</span><h4><code>${first.rule}</code> <bdi class="title">${first.title}</bdi></h4><span class="count">${group.length}</span></summary>
${hasOpenItems ? undefined : common}<ul class="findings">
${items}</ul>
${hasOpenItems ? common : undefined}</details>
`;
}

function gravity([first]: readonly Finding[]): number {
  return first === undefined ? -1 : severities.indexOf(first.severity);
}

// A finding's id makes a lasting link. Ids of a page are unique and plain; a report that somebody else wrote may hold others.
function anchorsOf(findings: readonly Finding[]): ReadonlyMap<Finding, string> {
  const seen = new Set<string>();
  return new Map(
    findings.map((finding, at) => {
      const isUsable = /^[\w-]{1,100}$/u.test(finding.id) && !seen.has(finding.id);
      seen.add(finding.id);
      return [finding, `finding${isUsable ? `-${finding.id}` : `.${at.toString()}`}`];
    }),
  );
}
