import { builtins } from "./builtins.js";
import { joinRemedies } from "./join-remedies.js";
import type { Account } from "../core/account.js";
import type { Baseline } from "../core/baseline.js";
import type { Evaluator } from "../core/evaluator.js";
import type { Need } from "../core/need.js";
import type { Plugins } from "../core/plugins.js";
import type { Report } from "../core/report.js";
import type { SelectedRule } from "../core/rule.js";
import type { Snapshot } from "../core/snapshot.js";
import { SourceError } from "../core/source.js";
import type { ReadRequest, Source } from "../core/source.js";
import { version } from "../core/version.js";
import type { Waiving } from "../core/waiver.js";
import { overrideFindings, overrideRules } from "../engine/apply-overrides.js";
import type { Override } from "../engine/apply-overrides.js";
import { applyWaivers } from "../accept/apply-waivers.js";
import type { Marked } from "../accept/apply-waivers.js";
import { compareBaseline } from "../accept/compare-baseline.js";
import { evaluateRules } from "../engine/evaluate-rules.js";
import { gatherNeeds } from "../engine/gather-needs.js";
import { listGaps } from "../engine/list-gaps.js";
import { summarize } from "../engine/summarize.js";
import { endpointTypes, PROBE_TYPE } from "../shared/aws/manifest-probe.js";
import { sortedUnique } from "../shared/order.js";
import { viewAccount } from "../shared/view-account.js";
import { loadCollectors } from "../sources/load-collectors.js";
import { makePlan } from "../sources/plan.js";
import { plannedActions, plannedCalls } from "../sources/planned-calls.js";
import type { PlannedCall } from "../sources/planned-calls.js";
import { secretCall } from "../sources/read-secret.js";

/** One run over one account. */
export type CheckOptions = {
  readonly rules: readonly SelectedRule[];
  readonly source: Source;
  /** Only these regions are judged; default: all that the account has enabled, or that the snapshot holds. */
  readonly regions?: readonly string[];
  /** Regions that are left out, each with the reason that the report shows. */
  readonly exclude?: readonly { readonly region: string; readonly reason: string }[];
  readonly overrides?: readonly Override[];
  /** Failures that are accepted until a day. */
  readonly waiving?: Waiving;
  /** Failures that were known before. */
  readonly baseline?: Baseline;
  /** Default: what ships. */
  readonly plugins?: Plugins;
  readonly signal?: AbortSignal;
  /** Resources that are not there yet and that the account will be judged with: what they refer to is read, too. */
  readonly beside?: ReadRequest["beside"];
  /** Is called between rules: where several accounts are judged in one process, answers from AWS must not wait for all rules of one. */
  readonly pause?: () => Promise<void>;
};

/**
 * Judges one account by some rules: plan, read, evaluate, waive, compare, summarize.
 *
 * @throws SourceError when the account cannot be read at all (no credentials, a role that refuses).
 */
export async function check(options: CheckOptions): Promise<Report> {
  const { rules, overrides = [], exclude = [] } = options;
  const evaluators = await loadEvaluators(rules, options.plugins ?? builtins);
  const needs = await gatherNeeds(rules, evaluators, overrides);
  const snapshot = await options.source.read(readRequest(needs, options));
  const view = (state: Snapshot): Account =>
    viewAccount(state, {
      ...(options.regions === undefined ? {} : { regions: options.regions }),
      exclude: exclude.map(({ region }) => region),
    });
  const account = view(snapshot);
  if (account.regions.length === 0)
    throw new SourceError(
      "no region is left to judge: the account's regions are all excluded, or the snapshot holds none",
    );
  const deciding = { evaluators, pause: options.pause };
  const ruled = overrideRules(rules, overrides, account.id);
  const judged = await joinRemedies(await evaluateRules(ruled, account, deciding), {
    ...deciding,
    rules: ruled,
    snapshot,
    account,
    view,
  });
  const { id, partition } = snapshot.account;
  const accounts = [
    {
      id,
      partition,
      regions: account.regions,
      ...(exclude.length === 0 ? {} : { excludedRegions: exclude }),
      source: options.source.kind,
      takenAt: snapshot.takenAt,
    },
  ];
  const { findings, notes } = mark({ accounts, findings: overrideFindings(judged, overrides) }, options);
  return {
    format: "watchproof-report/1",
    tool: { name: "watchproof", version },
    accounts,
    summary: summarize(findings, rules.length),
    findings,
    gaps: listGaps(snapshot, { types: typesIn(needs), regions: account.regions }),
    ...(notes.length === 0 ? {} : { notes }),
  };
}

// What a probe could not see is a gap of the endpoints that were asked for.
function typesIn(needs: readonly Need[]): ReadonlySet<string> {
  const types = needs.map(({ type }) => type);
  return new Set(endpointTypes.some((type) => types.includes(type)) ? [...types, PROBE_TYPE] : types);
}

/** Marks what is accepted: waived, or known before. */
export function mark(
  { accounts, findings }: Pick<Report, "accounts" | "findings">,
  { waiving, baseline }: Pick<CheckOptions, "waiving" | "baseline">,
): Marked {
  const waived =
    waiving === undefined ? { findings, notes: [] } : applyWaivers({ accounts, findings }, waiving);
  if (baseline === undefined) return waived;
  const compared = compareBaseline({ accounts, findings: waived.findings }, baseline);
  return { findings: compared.findings, notes: [...waived.notes, ...compared.notes] };
}

/** Reads what some rules need, without judging. */
export async function collect(options: CheckOptions): Promise<Snapshot> {
  const needs = await planNeeds(options);
  return options.source.read(readRequest(needs, options));
}

/** What some rules need to be read. */
export async function planNeeds({
  rules,
  overrides = [],
  plugins = builtins,
}: Pick<CheckOptions, "rules" | "overrides" | "plugins">): Promise<readonly Need[]> {
  return gatherNeeds(rules, await loadEvaluators(rules, plugins), overrides);
}

/** Loads the evaluators that some rules name; one that is not known is left out. */
export async function loadEvaluators(
  rules: readonly SelectedRule[],
  plugins: Plugins,
): Promise<ReadonlyMap<string, Evaluator>> {
  const ids = sortedUnique(rules.map(({ evaluator }) => evaluator));
  const loaded = await Promise.all(ids.map(async (id) => [id, await plugins.evaluators[id]?.()] as const));
  return new Map(
    loaded.flatMap(([id, evaluator]) => (evaluator === undefined ? [] : [[id, evaluator] as const])),
  );
}

function readRequest(
  needs: readonly Need[],
  { regions, exclude = [], signal, beside }: CheckOptions,
): Parameters<Source["read"]>[0] {
  return {
    needs,
    ...(regions === undefined ? {} : { regions }),
    ...(exclude.length === 0 ? {} : { exclude: exclude.map(({ region }) => region) }),
    ...(signal === undefined ? {} : { signal }),
    ...(beside === undefined ? {} : { beside }),
  };
}

/** The calls and IAM actions that a live run over these rules would make, without making them. */
export type RunPlan = { readonly calls: readonly PlannedCall[]; readonly actions: readonly string[] };

/** What is planned; `cdnSecret`: the secret that a manifest probe would read, as in `ProbeOptions`. */
export type PlanOptions = Pick<CheckOptions, "rules" | "overrides" | "plugins" | "regions"> & {
  readonly cdnSecret?: string;
};

/** Plans a live run. `regions` undefined: the account's enabled regions, which are not known before. */
export async function planRun(options: PlanOptions): Promise<RunPlan> {
  const needs = await planNeeds(options);
  const collectors = await loadCollectors((options.plugins ?? builtins).collectors, needs);
  const wantsSecret = options.cdnSecret !== undefined && needs.some(({ type }) => type === endpointTypes[0]);
  const calls = [
    ...plannedCalls(makePlan(needs, collectors), options.regions),
    ...(wantsSecret ? [secretCall(endpointTypes[0])] : []),
  ];
  return { calls, actions: plannedActions(calls) };
}
