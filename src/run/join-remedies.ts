import type { Account } from "../core/account.js";
import { targetOf } from "../core/change.js";
import type { Change } from "../core/change.js";
import type { Finding } from "../core/report.js";
import type { SelectedRule } from "../core/rule.js";
import type { Snapshot } from "../core/snapshot.js";
import { evaluateRules } from "../engine/evaluate-rules.js";
import type { Deciding } from "../engine/evaluate-rules.js";
import { lay } from "../forecasts/lay.js";
import { groupBy } from "../shared/group-by.js";
import { sortedUnique } from "../shared/order.js";

/** What judged the findings: the rules, the state, and how it is looked at. */
export type Judging = Deciding & {
  readonly rules: readonly SelectedRule[];
  readonly snapshot: Snapshot;
  readonly account: Account;
  readonly view: (snapshot: Snapshot) => Account;
};

/**
 * Findings whose remedies do not undo each other: where several of them replace the same list of selectors of one trail or
 * store, all get one remedy that serves them together, once it is proven on the state; where there is none, they say so.
 */
export async function joinRemedies(
  findings: readonly Finding[],
  judging: Judging,
): Promise<readonly Finding[]> {
  const replacing = findings.filter((finding) => onlyChange(finding) !== undefined);
  if (replacing.length < 2) return findings;
  const { setsSelectors } = await import("../reasoning/capture/join-remedies.js");
  const groups = groupBy(
    replacing.filter((finding) => changesIn(finding).every(setsSelectors)),
    (finding) => changesIn(finding).map(targetOf).join(" "),
  );
  const joined = new Map<string, Finding["remediation"]>();
  for (const group of groups.values())
    if (isContested(group))
      for (const [id, remediation] of await joinGroup(group, judging)) joined.set(id, remediation);
  return findings.map((finding) => {
    const remediation = joined.get(finding.id);
    return remediation === undefined ? finding : { ...finding, remediation };
  });
}

function changesIn({ remediation }: Finding): readonly Change[] {
  return remediation?.changes ?? [];
}

function onlyChange(finding: Finding): Change | undefined {
  const [change, ...more] = changesIn(finding);
  return more.length === 0 ? change : undefined;
}

function isContested(group: readonly Finding[]): boolean {
  return new Set(group.map((finding) => JSON.stringify(onlyChange(finding)?.properties))).size > 1;
}

async function joinGroup(
  group: readonly Finding[],
  judging: Judging,
): Promise<ReadonlyMap<string, Finding["remediation"]>> {
  const { joinedRemedy } = await import("../reasoning/capture/join-remedies.js");
  const rules = sortedUnique(group.map(({ rule }) => rule));
  const remedy = joinedRemedy(judging.account, { rules, changes: group.flatMap(changesIn) });
  if (remedy?.changes !== undefined && (await mends(remedy.changes, group, judging)))
    return new Map(group.map(({ id }) => [id, remedy]));
  const others = (own: string): string => rules.filter((rule) => rule !== own).join(", ");
  return new Map(
    group.map(({ id, rule, remediation = {} }) => [
      id,
      {
        ...remediation,
        text: `${remediation.text ?? ""} The remedies of ${others(rule)} replace the same list and would undo this one: judge again after it.`,
      },
    ]),
  );
}

async function mends(
  changes: readonly Change[],
  group: readonly Finding[],
  { rules, snapshot, view, evaluators, pause }: Judging,
): Promise<boolean> {
  const concerned = rules.filter(({ id }) => group.some(({ rule }) => rule === id));
  const after = await evaluateRules(concerned, view(lay(snapshot, changes)), { evaluators, pause });
  return group.every(({ id }) => after.find((finding) => finding.id === id)?.status === "pass");
}
