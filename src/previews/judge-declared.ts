import type { Declaration, DeclarationTarget } from "../core/declared.js";
import type { Finding, Report } from "../core/report.js";
import { version } from "../core/version.js";
import { mergeReports } from "../engine/merge-reports.js";
import { summarize } from "../engine/summarize.js";
import { mark } from "../run/check.js";
import { sortedUnique } from "../shared/order.js";
import { plural } from "../shared/text/words.js";
import { judgePart } from "./judge-part.js";
import type { PartOptions } from "./judge-part.js";

/** What was declared, judged alone: a report, and what a person should know beside it. */
export type JudgedDeclaration = { readonly report: Report; readonly notes: readonly string[] };

/** As for `judgePart`; `source` stands in the report: "template", "plan". */
export type DeclaredOptions = PartOptions & { readonly source: string };

/** Judges what is declared, each account of it as a part of its own. */
export async function judgeDeclared(options: DeclaredOptions): Promise<JudgedDeclaration> {
  const [first = options.target.account.id, ...others] = accountsOf(options.declaration);
  const one = await judgeAccount(options, first);
  const more = [];
  for (const account of others) more.push(await judgeAccount(options, account));
  const report = mergeReports([one.report, ...more.map((judged) => judged.report)]);
  return {
    report,
    notes: [
      ...sortedUnique([one, ...more].flatMap(({ notes }) => notes)),
      ...outsideWords(report.findings, options.rules.length),
    ],
  };
}

async function judgeAccount(
  { source, ...options }: DeclaredOptions,
  account: string,
): Promise<JudgedDeclaration> {
  const target: DeclarationTarget = {
    ...options.target,
    account: { ...options.target.account, id: account },
  };
  const { findings, notes, snapshot } = await judgePart({
    ...options,
    target,
    declaration: ofAccount(options.declaration, account),
  });
  const accounts = [
    {
      id: account,
      partition: target.account.partition,
      regions: snapshot.regions,
      source,
      takenAt: snapshot.takenAt,
    },
  ];
  const marked = mark({ accounts, findings }, options);
  return {
    report: {
      format: "watchproof-report/1",
      tool: { name: "watchproof", version },
      accounts,
      summary: summarize(marked.findings, options.rules.length),
      findings: marked.findings,
      gaps: [],
      ...(marked.notes.length === 0 ? {} : { notes: marked.notes }),
    },
    notes,
  };
}

function accountsOf({ worlds }: Declaration): readonly string[] {
  return sortedUnique(
    worlds.flatMap(({ resources }) =>
      resources.flatMap(({ account }) => (typeof account === "string" ? [account] : [])),
    ),
  );
}

// What does not say where it lives could live in any of them.
function ofAccount(declaration: Declaration, id: string): Declaration {
  return {
    ...declaration,
    worlds: declaration.worlds.map((world) => ({
      ...world,
      resources: world.resources.filter(({ account }) => typeof account !== "string" || account === id),
    })),
  };
}

/** "31 of 93 rules need the account around what is declared". */
function outsideWords(findings: readonly Finding[], rules: number): readonly string[] {
  const judged = new Set(findings.filter(({ reason }) => reason !== "outside").map(({ rule }) => rule));
  const outside = new Set(findings.filter(({ rule }) => !judged.has(rule)).map(({ rule }) => rule)).size;
  if (outside === 0) return [];
  const verb = outside === 1 ? "needs" : "need";
  return [
    `${outside.toString()} of ${plural(rules, "rule")} ${verb} the account around what is declared: watchproof what-if judges both together`,
  ];
}
