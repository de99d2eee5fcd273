import { builtins } from "../run/builtins.js";
import { readingOf } from "./types.js";
import type { Case } from "../core/case.js";
import type { Loaded } from "../core/diagnostic.js";
import type { Evaluator } from "../core/evaluator.js";
import type { Need } from "../core/need.js";
import type { Plugins } from "../core/plugins.js";
import type { Finding } from "../core/report.js";
import { EXISTS, SEEN_IN } from "../core/resource.js";
import type { SelectedRule } from "../core/rule.js";
import type { Snapshot } from "../core/snapshot.js";
import { subjectName } from "./compare.js";
import { trimState } from "./trim-state.js";
import { gatherNeeds } from "../engine/gather-needs.js";
import { runCase } from "./run-cases.js";
import type { EvaluatorsById } from "../engine/evaluate-rules.js";
import { evaluateRules } from "../engine/evaluate-rules.js";
import { nearest } from "../shared/nearest.js";
import { spellCommands, withoutCommands } from "../shared/text/runner-commands.js";
import { schemaLine } from "../shared/text/schema-line.js";
import { viewAccount } from "../shared/view-account.js";

/** What becomes a case: what a rule reads of a snapshot, and of the resources that a finding is about perhaps just one. */
export type TrimRequest = {
  readonly snapshot: Snapshot;
  readonly rule: SelectedRule;
  /** A finding's subject: a resource's id or ARN, a region, or account. Default: all findings. */
  readonly subject?: string;
  /** Default: what ships. */
  readonly plugins?: Plugins;
};

/** A case file (YAML) that holds what the rule reads of a snapshot, and expects what the rule finds in it: it passes as it is written. */
export async function trimToCase({
  snapshot,
  rule,
  subject,
  plugins = builtins,
}: TrimRequest): Promise<Loaded<string>> {
  const evaluator: Evaluator | undefined = Object.hasOwn(plugins.evaluators, rule.evaluator)
    ? await plugins.evaluators[rule.evaluator]?.()
    : undefined;
  const evaluators: EvaluatorsById = new Map(evaluator === undefined ? [] : [[rule.evaluator, evaluator]]);
  const findings = await evaluateRules([rule], viewAccount(snapshot), { evaluators });
  const chosen = subject === undefined ? undefined : findings.find((finding) => isCalled(finding, subject));
  if (subject !== undefined && chosen === undefined) return noSubject(subject, rule, findings);
  const needs = await gatherNeeds([rule], evaluators);
  const reading = await readingOf(needs, snapshot.regions, plugins.collectors);
  const written = await describe({ snapshot, rule, evaluators, reading, needs }, findings, chosen);
  return { ok: true, value: await caseText(rule, written) };
}

type Trimmed = {
  readonly snapshot: Snapshot;
  readonly rule: SelectedRule;
  readonly evaluators: EvaluatorsById;
  readonly reading: Awaited<ReturnType<typeof readingOf>>;
  readonly needs: readonly Need[];
};

/** How much is taken over: `isAlone` of the subject's type the subject only, `isLean` only what the rule asks for by name. */
type Size = { readonly isAlone: boolean; readonly isLean: boolean };

const leaner: readonly Size[] = [
  { isAlone: true, isLean: true },
  { isAlone: true, isLean: false },
  { isAlone: false, isLean: true },
];
const whole: Size = { isAlone: false, isLean: false };

// The leanest that gives what the whole snapshot gives: others of its type may decide about a subject, and an evaluator may
// look at what comes along with what it asks for.
async function describe(
  trimmed: Trimmed,
  findings: readonly Finding[],
  chosen: Finding | undefined,
): Promise<Case> {
  const wanted = chosen === undefined ? findings : [chosen];
  for (const size of leaner) {
    const made = await describeWith(trimmed, chosen, size);
    if (wanted.every((finding) => made.findings.some((other) => isSame(finding, other)))) return made.written;
  }
  return (await describeWith(trimmed, chosen, whole)).written;
}

function isSame(a: Finding, b: Finding): boolean {
  // Why something could not be read is told with the action to grant, which a case fills in.
  const said = ({ status, reason, message, witness, subject, region }: Finding): string =>
    JSON.stringify([status, reason, status === "unknown" ? "" : message, witness, subject, region]);
  return said(a) === said(b);
}

async function describeWith(
  { snapshot, rule, evaluators, reading, needs }: Trimmed,
  chosen: Finding | undefined,
  { isAlone, isLean }: Size,
): Promise<{ readonly written: Case; readonly findings: readonly Finding[] }> {
  const only = isAlone && chosen?.subject.kind === "resource" ? chosen.subject : undefined;
  const isAsked = (type: string, property: string): boolean =>
    needs.some((need) => need.type === type && need.properties.includes(property));
  const state = trimState(snapshot, {
    reading,
    keeps: ({ type, id, arn }) => only?.type !== type || (only.id === id && only.arn === arn),
    wants: (type, property) =>
      !isLean || property === SEEN_IN || property === EXISTS || isAsked(type, property),
  });
  const judge = chosen?.subject.kind === "region" ? { judge: [chosen.subject.id] } : {};
  const draft: Case = { name: nameOf(chosen, snapshot), state, ...judge, expect: "pass" };
  const { findings } = await runCase({ written: draft, rule, reading }, evaluators);
  return { written: { ...draft, expect: expectationsOf(findings) }, findings };
}

function nameOf(chosen: Finding | undefined, { account, takenAt }: Snapshot): string {
  const what = chosen === undefined ? "all findings" : `${subjectName(chosen)} is ${chosen.status}`;
  return `${what}, as account ${account.id} was on ${takenAt.slice(0, 10)}`;
}

function expectationsOf(findings: readonly Finding[]): Extract<Case["expect"], readonly unknown[]> {
  const names = findings.map(subjectName);
  return findings.map((finding) => {
    const name = subjectName(finding);
    const isAmbiguous = names.indexOf(name) !== names.lastIndexOf(name);
    const { status, reason, subject } = finding;
    return {
      subject: isAmbiguous ? (subject.arn ?? name) : name,
      verdict: status,
      // A case is a whole account: nothing lies outside it.
      ...(reason === undefined || reason === "outside" ? {} : { reason }),
    };
  });
}

function isCalled(finding: Finding, name: string): boolean {
  return subjectName(finding) === name || finding.subject.arn === name || finding.subject.id === name;
}

function noSubject(subject: string, rule: SelectedRule, findings: readonly Finding[]): Loaded<never> {
  const names = [...new Set(findings.map(subjectName))];
  const near = nearest(subject, names);
  const hint =
    near === undefined ? `findings are about ${names.slice(0, 12).join(", ")}` : `did you mean "${near}"?`;
  return {
    ok: false,
    diagnostics: [
      {
        code: "bad-value",
        file: `--subject ${subject}`,
        message: `${rule.id} finds nothing about it in this snapshot`,
        hint,
      },
    ],
  };
}

async function caseText(rule: SelectedRule, written: Case): Promise<string> {
  // Loaded here, so that whoever runs no trimming starts without YAML.
  const { Document, isScalar, visit } = await import("yaml");
  const document = new Document(
    { rule: rule.id, cases: [written] },
    { version: "1.2", aliasDuplicateObjects: false },
  );
  // What a runner would obey in a log is written so that it need not: in quotes, in one line, with a sign as its number.
  visit(document, {
    Scalar(_, node) {
      if (isScalar(node) && typeof node.value === "string" && withoutCommands(node.value) !== node.value)
        node.type = "QUOTE_DOUBLE";
    },
  });
  // Cases stand beside their rule, which most often is in a folder below the one with the installed package.
  return (
    schemaLine("rules/made.test.yaml", "cases") +
    spellCommands(document.toString({ lineWidth: 0 }), () => "\\x23")
  );
}
