import { builtins } from "../run/builtins.js";
import { planNeeds, planRun } from "../run/check.js";
import type { Evaluator } from "../core/evaluator.js";
import type { Judgement } from "../core/judgement.js";
import type { Need, Reference } from "../core/need.js";
import type { Plugins } from "../core/plugins.js";
import type { Pack, Rule, SelectedRule } from "../core/rule.js";
import type { Remediation, Status } from "../core/verdict.js";
import { blankSnapshot } from "../engine/blank-snapshot.js";
import { rulesOf } from "../engine/select-rules.js";
import { explainOptions } from "./options.js";
import type { OptionInUse } from "./options.js";
import { groupBy } from "../shared/group-by.js";
import { byText, sortedUnique } from "../shared/order.js";
import { viewAccount } from "../shared/view-account.js";
import type { PlannedCall } from "../sources/planned-calls.js";

/** What a rule reads of one resource type. `only`: not all of the type, but what these references name. */
export type RuleReading = {
  readonly type: string;
  readonly properties: readonly string[];
  readonly only?: readonly Reference[];
  readonly summary?: string;
};

/** When a rule gives a verdict. `shown`: what it really says in such an account. */
export type VerdictMeaning = { readonly status: Status; readonly when: string; readonly shown?: string };

/** Everything there is to know of a rule before it is run. */
export type RuleExplanation = {
  readonly id: string;
  readonly title: string;
  readonly severity: string;
  readonly template: boolean;
  /** The rule's file; absent for a built-in rule. */
  readonly file?: string;
  readonly why?: string;
  readonly evaluator: { readonly id: string; readonly summary: string };
  readonly options: readonly OptionInUse[];
  readonly reads: readonly RuleReading[];
  readonly calls: readonly PlannedCall[];
  /** The IAM actions to allow, sorted. */
  readonly actions: readonly string[];
  readonly verdicts: readonly VerdictMeaning[];
  readonly controls: readonly { readonly framework: string; readonly id: string; readonly title?: string }[];
  /** The packs that hold it. */
  readonly packs: readonly string[];
  readonly remediation?: Remediation;
  readonly references: readonly string[];
};

/** What a rule is explained with. */
export type ExplainRuleOptions = {
  /** Default: what ships. */
  readonly plugins?: Plugins;
  /** Packs beside those that ship. */
  readonly packs?: readonly Pack[];
  readonly file?: string;
};

/** Explains a rule: what it demands, reads and needs, what its verdicts mean, which controls it helps to meet, how to mend a failure. Reads no account. */
export async function explainRule(
  rule: Rule,
  { plugins = builtins, packs = [], file }: ExplainRuleOptions = {},
): Promise<RuleExplanation> {
  const selected = { ...rule, with: rule.with ?? {} };
  const evaluator = await evaluatorOf(rule, plugins);
  const needs = await planNeeds({ rules: [selected], plugins });
  const plan = await planRun({ rules: [selected], plugins });
  const known = [...(await plugins.packs()), ...packs];
  return {
    ...writtenOf(rule, file),
    evaluator: { id: rule.evaluator, summary: evaluator?.summary ?? "there is no such evaluator" },
    options: explainOptions(selected.with, evaluator?.options ?? {}),
    reads: await readingsOf(needs, plugins),
    ...plan,
    verdicts:
      evaluator === undefined || rule.template === true
        ? []
        : await verdictsOf(selected, evaluator, { needs, calls: plan.calls, plugins }),
    controls: controlsOf(rule, known),
    packs: sortedUnique(known.filter((pack) => rulesOf(pack, [rule]).length > 0).map((pack) => pack.id)),
  };
}

async function evaluatorOf({ evaluator: id }: Rule, { evaluators }: Plugins): Promise<Evaluator | undefined> {
  return Object.hasOwn(evaluators, id) ? evaluators[id]?.() : undefined;
}

function writtenOf(
  { id, title, severity, why, template = false, remediation, references = [] }: Rule,
  file: string | undefined,
) {
  return {
    id,
    title,
    severity,
    template,
    ...(file === undefined ? {} : { file }),
    ...(why === undefined ? {} : { why }),
    ...(remediation === undefined ? {} : { remediation }),
    references,
  };
}

async function readingsOf(needs: readonly Need[], plugins: Plugins): Promise<readonly RuleReading[]> {
  const byType = [...groupBy(needs, ({ type }) => type)].sort(([a], [b]) => byText(a, b));
  return Promise.all(
    byType.map(async ([type, of]) => {
      const collector = Object.hasOwn(plugins.collectors, type)
        ? await plugins.collectors[type]?.()
        : undefined;
      const only = of.flatMap((need) => need.only ?? []);
      const properties = sortedUnique(of.flatMap((need) => need.properties));
      return {
        type,
        properties,
        ...(only.length === of.length ? { only } : {}),
        ...(collector === undefined ? {} : { summary: collector.summary }),
      };
    }),
  );
}

function controlsOf({ id, controls = {} }: Rule, packs: readonly Pack[]): RuleExplanation["controls"] {
  const own = Object.entries(controls).flatMap(([framework, ids]) =>
    ids.map((control) => ({ framework, id: control })),
  );
  const mapped = packs.flatMap((pack) =>
    Object.entries(pack.controls ?? {})
      .filter(([, { rules }]) => rules.includes(id))
      .map(([control]) => ({ framework: pack.id, id: control })),
  );
  const all = [
    ...own,
    ...mapped.filter(
      (entry) => !own.some((other) => other.framework === entry.framework && other.id === entry.id),
    ),
  ];
  return all.map((entry) => {
    const title = packs.find((pack) => pack.id === entry.framework)?.controls?.[entry.id]?.title;
    return title === undefined ? entry : { ...entry, title };
  });
}

type Surroundings = {
  readonly needs: readonly Need[];
  readonly calls: readonly PlannedCall[];
  readonly plugins: Plugins;
};

// What absence and blindness mean is not told from hearsay: the rule is asked.
async function verdictsOf(
  rule: SelectedRule,
  evaluator: Evaluator,
  { needs, calls, plugins }: Surroundings,
): Promise<readonly VerdictMeaning[]> {
  const actions = Object.fromEntries(
    [...calls]
      .reverse()
      .flatMap(({ type, actions: asked }) => (type === undefined ? [] : [[type, asked.join(", ")]])),
  );
  const always = await Promise.all(
    needs.map(async ({ type }) => (await plugins.collectors[type]?.())?.single !== undefined),
  );
  const empty = always.includes(true)
    ? undefined
    : await judgeBlank(rule, evaluator, blankSnapshot({ needs, refused: false }));
  const refused = await judgeBlank(rule, evaluator, blankSnapshot({ needs, refused: true, actions }));
  return [
    { status: "pass", when: "it holds" },
    { status: "fail", when: "it does not hold" },
    // Where emptiness decides nothing, there is no such account: AWS keeps something there.
    ...(empty?.verdict.status === "unknown"
      ? []
      : meaning(empty, "there is nothing of the kind in the account")),
    ...meaning(refused, "nothing could be read"),
    ...(refused?.verdict.status === "unknown"
      ? []
      : [{ status: "unknown" as const, when: "what could not be read could change the answer" }]),
  ];
}

async function judgeBlank(
  rule: SelectedRule,
  evaluator: Evaluator,
  snapshot: ReturnType<typeof blankSnapshot>,
): Promise<Judgement | undefined> {
  try {
    const [first] = await evaluator.evaluate(viewAccount(snapshot), rule.with);
    return first;
  } catch {
    return undefined;
  }
}

function meaning(judgement: Judgement | undefined, when: string): readonly VerdictMeaning[] {
  return judgement === undefined
    ? []
    : [{ status: judgement.verdict.status, when, shown: judgement.verdict.message }];
}
