import type { AuditResult } from "./run-audit.js";
import type { AccountResult, AuditTargets, AuditUnit, Entrance, RuleResult } from "../core/audit.js";
import type { GateVerdict } from "../core/gate.js";
import { severities } from "../core/severity.js";
import type { Severity } from "../core/severity.js";
import { version } from "../core/version.js";
import type { TextOptions } from "../explain/rule-text.js";
import { firstFew, paragraph, terminalPage } from "../shared/text/terminal-page.js";
import type { Page, Tone } from "../shared/text/terminal-page.js";
import { plural } from "../shared/text/words.js";

/** A finished audit. */
export type FinishedAudit = Extract<AuditResult, { readonly kind: "finished" }>;

/** An audit for people: each account in one line, each rule that fails with its accounts, and last the exit code. `place`: where the report is. */
export function renderAudit(
  audit: FinishedAudit,
  { gate, place, ...options }: TextOptions & { readonly gate: GateVerdict; readonly place: string },
): string {
  const page = terminalPage(options);
  const names = namesOf(audit.targets);
  const lines = [
    ...paragraph(page, `watchproof ${version}, audit ${audit.run}`, { indent: 0, tone: "strong" }),
    "",
    ...paragraph(page, plural(audit.accounts.length, "account"), { indent: 0, tone: "strong" }),
    ...audit.accounts.flatMap((account) => accountLines(page, account, names)),
    ...audit.targets.skipped.flatMap(({ id, because }) =>
      paragraph(page, `– ${nameOf(id, names)}  ${because}: skipped`, { indent: 2, tone: "faint" }),
    ),
    ...ruleSection(page, audit.rules, names),
    ...noteLines(page, audit),
    "",
    ...paragraph(page, `Report: ${place}`, { indent: 0 }),
    ...paragraph(page, `Exit code ${gate.exitCode.toString()}: ${gate.because}.`, {
      indent: 0,
      tone: gate.exitCode === 0 ? "good" : "bad",
    }),
  ];
  return `${lines.join("\n")}\n`;
}

/** Which accounts an audit would judge, and how it would enter them. */
export function renderTargets({ units, skipped }: AuditTargets, options: TextOptions): string {
  const page = terminalPage(options);
  const lines = [
    ...paragraph(page, `An audit would judge ${plural(units.length, "account")}:`, {
      indent: 0,
      tone: "strong",
    }),
    ...units.flatMap((unit) => paragraph(page, unitText(unit), { indent: 2 })),
    ...(skipped.length === 0
      ? []
      : [
          "",
          ...paragraph(page, `and skip ${plural(skipped.length, "account")}:`, { indent: 0, tone: "strong" }),
        ]),
    ...skipped.flatMap(({ id, name, because }) =>
      paragraph(page, `${name === undefined ? id : `${id} ${name}`}  ${because}`, { indent: 2 }),
    ),
  ];
  return `${lines.join("\n")}\n`;
}

function unitText({ id, name, entrance, regions }: AuditUnit): string {
  const where = regions === undefined ? "" : `, only ${regions.join(", ")}`;
  return `${name === undefined ? id : `${id} ${name}`}  ${entranceText(entrance)}${where}`;
}

function entranceText(entrance: Entrance): string {
  if (entrance.kind === "own") return "by the credentials at hand";
  return entrance.kind === "profile"
    ? `by the profile ${entrance.profile}`
    : `by ${entrance.roles.map(({ arn }) => arn).join(", then ")}`;
}

type Names = ReadonlyMap<string, string>;

function namesOf({ units, skipped }: AuditTargets): Names {
  return new Map(
    [...units, ...skipped].flatMap(({ id, name }) => (name === undefined ? [] : [[id, name] as const])),
  );
}

function nameOf(id: string, names: Names): string {
  const name = names.get(id);
  return name === undefined ? id : `${id} ${name}`;
}

function accountLines(
  page: Page,
  { id, regions, counts, open, unread }: AccountResult,
  names: Names,
): readonly string[] {
  const who = nameOf(id, names);
  if (unread !== undefined)
    return [
      ...paragraph(page, `? ${who}  not judged`, { indent: 2, tone: "warning" }),
      ...paragraph(page, unread, { indent: 6 }),
    ];
  const isOpen = severities.some((severity) => open[severity] > 0);
  const undecided = counts.unknown + counts.error;
  const accepted = counts.waived > 0 ? ` (${counts.waived.toString()} waived)` : "";
  const words = [
    `${failureWords(open)}${accepted}`,
    `${counts.unknown.toString()} unknown`,
    ...(counts.error > 0 ? [plural(counts.error, "error")] : []),
    `${counts.pass.toString()} passed`,
    `${counts["not-applicable"].toString()} not applicable`,
    plural(regions, "region"),
  ];
  const [mark, tone]: readonly [string, Tone] = isOpen
    ? ["✘", "bad"]
    : undecided > 0
      ? ["?", "warning"]
      : ["✔", "good"];
  return paragraph(page, `${mark} ${who}  ${words.join(", ")}`, { indent: 2, tone });
}

function failureWords(open: Readonly<Record<Severity, number>>): string {
  const there = severities.toReversed().filter((severity) => open[severity] > 0);
  const total = there.reduce((sum, severity) => sum + open[severity], 0);
  return there.length === 0
    ? "no open failure"
    : `${plural(total, "open failure")}: ${there.map((severity) => `${open[severity].toString()} ${severity}`).join(", ")}`;
}

const mostAccounts = 8;

function ruleSection(page: Page, rules: readonly RuleResult[], names: Names): readonly string[] {
  if (rules.length === 0) return [];
  return [
    "",
    ...paragraph(page, `${plural(rules.length, "rule")} with open failures`, { indent: 0, tone: "strong" }),
    ...rules.flatMap((rule) => ruleLines(page, rule, names)),
  ];
}

function ruleLines(
  page: Page,
  { rule, title, severity, failing }: RuleResult,
  names: Names,
): readonly string[] {
  const { shown, more } = firstFew(failing, mostAccounts);
  const accounts = shown.map(
    ({ account, count }) => `${nameOf(account, names)}${count === 1 ? "" : ` (${count.toString()})`}`,
  );
  return [
    ...paragraph(page, `${severity}  ${rule}`, {
      indent: 2,
      tone: severity === "critical" || severity === "high" ? "bad" : "warning",
    }),
    ...paragraph(page, title, { indent: 4 }),
    ...paragraph(page, [...accounts, ...(more === undefined ? [] : [more])].join(", "), {
      indent: 4,
      tone: "faint",
    }),
  ];
}

function noteLines(page: Page, { notes }: FinishedAudit): readonly string[] {
  const own = notes.filter(({ kind }) => kind !== "account-skipped");
  return own.length === 0
    ? []
    : ["", ...own.flatMap(({ message }) => paragraph(page, message, { indent: 0, tone: "warning" }))];
}
