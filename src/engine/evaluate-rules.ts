import type { Account } from "../core/account.js";
import type { Evaluator } from "../core/evaluator.js";
import { aboutAccount } from "../core/judgement.js";
import type { Judgement } from "../core/judgement.js";
import type { Finding } from "../core/report.js";
import type { SelectedRule } from "../core/rule.js";
import { unknown } from "../core/verdict.js";
import type { Status } from "../core/verdict.js";
import { watchId } from "../shared/view-account.js";
import { byKeys } from "../shared/order.js";
import { fillRemediation } from "./fill-remediation.js";
import { fingerprint } from "./fingerprint.js";
import { addAll } from "../shared/many.js";

/** Finds the evaluator that a rule names. */
export type EvaluatorsById = ReadonlyMap<string, Evaluator>;

/** What deciding takes. `pause` is called between rules, so that whatever else the process does has its turn. */
export type Deciding = {
  readonly evaluators: EvaluatorsById;
  readonly pause?: (() => Promise<void>) | undefined;
};

/** Decides every rule about one account. An evaluator that throws or yields nothing gives an `error` finding; the others stand. */
export async function evaluateRules(
  rules: readonly SelectedRule[],
  account: Account,
  { evaluators, pause }: Deciding,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const rule of rules) {
    await pause?.();
    const judgements = await judge(rule, account, evaluators);
    const judged = onePerSubject(judgements.map((judgement) => findingOf(rule, account, judgement)));
    addAll(findings, filled(judged, rule));
  }
  return findings.sort(canonical);
}

// Beyond that, one text for all of them says more than hundreds that differ by a name.
const MOST_FILLED = 20;

function filled(findings: readonly Finding[], { remediation }: SelectedRule): readonly Finding[] {
  const isGeneral = (finding: Finding): boolean =>
    remediation !== undefined && finding.remediation === remediation;
  if (findings.filter(isGeneral).length > MOST_FILLED) return findings;
  return findings.map((finding) =>
    remediation !== undefined && isGeneral(finding)
      ? { ...finding, remediation: fillRemediation(remediation, finding) }
      : finding,
  );
}

/** The order of findings in a report: rule, account, region, subject. */
export const canonical = byKeys<Finding>(
  ({ rule }) => rule,
  ({ account }) => account,
  ({ region }) => region,
  ({ subject }) => subject.id,
  ({ subject }) => subject.arn ?? "",
  ({ subject }) => subject.type,
);

async function judge(
  rule: SelectedRule,
  account: Account,
  evaluators: EvaluatorsById,
): Promise<readonly Judgement[]> {
  const evaluator = evaluators.get(rule.evaluator);
  if (evaluator === undefined) return [broken(account, `evaluator ${rule.evaluator} is not loaded`)];
  try {
    const watched = watchId(account);
    const judgements = await evaluator.evaluate(watched?.account ?? account, rule.with);
    if (judgements.length === 0) return [broken(account, `evaluator ${rule.evaluator} judged nothing`)];
    return watched?.asked() === true ? judgements.map(doubted) : judgements;
  } catch (error) {
    return [
      broken(
        account,
        `evaluator ${rule.evaluator} failed: ${error instanceof Error ? error.message : String(error)}`,
      ),
    ];
  }
}

function doubted(judgement: Judgement): Judgement {
  const { verdict } = judgement;
  if (verdict.status === "unknown" || verdict.status === "error") return judgement;
  const { evidence, candidates } = verdict;
  return {
    ...judgement,
    verdict: unknown("unreadable", "AWS did not say which account this is, and that decides", {
      ...(evidence === undefined ? {} : { evidence }),
      ...(candidates === undefined ? {} : { candidates }),
    }),
  };
}

function broken(account: Account, message: string): Judgement {
  return aboutAccount(account, { status: "error", message });
}

/** A judgement of a rule as it stands in a report. */
export function findingOf(
  rule: SelectedRule,
  account: Pick<Account, "id">,
  { subject, region, verdict }: Judgement,
): Finding {
  const place = { rule: rule.id, account: account.id, region, subject };
  const {
    remediation: computed,
    words,
    ...decided
  } = verdict.status === "fail" ? verdict : { ...verdict, remediation: undefined, words: undefined };
  const general = verdict.status === "fail" ? rule.remediation : undefined;
  const filled = general && words && fillRemediation(general, { region, subject, words });
  const remediation = computed ?? filled ?? general;
  const controls = Object.entries(rule.controls ?? {}).flatMap(([framework, ids]) =>
    ids.map((id) => ({ framework, id })),
  );
  return {
    id: fingerprint(place),
    rule: rule.id,
    title: rule.title,
    severity: rule.severity,
    account: account.id,
    region,
    subject,
    ...decided,
    ...(controls.length === 0 ? {} : { controls }),
    ...(remediation === undefined ? {} : { remediation }),
    ...(rule.references === undefined ? {} : { references: rule.references }),
  };
}

const gravity = { fail: 4, error: 3, unknown: 2, pass: 1, "not-applicable": 0 } satisfies Record<
  Status,
  number
>;

function onePerSubject(findings: readonly Finding[]): readonly Finding[] {
  const byId = new Map<string, Finding>();
  for (const finding of findings) {
    const other = byId.get(finding.id);
    if (other === undefined || gravity[other.status] < gravity[finding.status]) byId.set(finding.id, finding);
  }
  return [...byId.values()];
}
