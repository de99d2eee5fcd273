import { dirname, isAbsolute, join } from "node:path";
import { builtins } from "../run/builtins.js";
import { readingOf } from "./types.js";
import { coverRule } from "./cover-rule.js";
import type { CaseFileResult, CaseResult, TestRun } from "../core/case.js";
import type { Diagnostic } from "../core/diagnostic.js";
import type { Evaluator } from "../core/evaluator.js";
import type { Plugins } from "../core/plugins.js";
import type { SelectedRule } from "../core/rule.js";
import { gatherNeeds } from "../engine/gather-needs.js";
import { runCase } from "./run-cases.js";
import type { CaseOutcome } from "./run-cases.js";
import { loadCases } from "../loaders/cases/load-cases.js";
import type { CasesContext, ReadyCase, ReadyCases, RuleOptions } from "../loaders/cases/load-cases.js";
import { findCaseFiles } from "../loaders/cases/find.js";
import { loadConfig } from "../loaders/config/load-config.js";
import { tidy } from "../loaders/schema/locate-faults.js";
import { byKeys } from "../shared/order.js";

/** Which cases to run. Paths are relative to the current folder. */
export type TestRequest = {
  /** Case files, rule files whose cases stand beside them, or folders. Default: what the config names. */
  readonly paths?: readonly string[];
  /** A config file: its rules can be named by id, and their cases are the default. */
  readonly config?: string;
  /** Only cases whose name, or whose rule's id, holds this text. */
  readonly filter?: string;
  /** Default: what ships. */
  readonly plugins?: Plugins;
};

/** Runs rules against their cases. Offline; never throws for what a person wrote. A file with mistakes does not keep the others from running. */
export async function testRules({
  paths = [],
  config,
  filter = "",
  plugins = builtins,
}: TestRequest): Promise<TestRun> {
  const configured = config === undefined ? nothingConfigured : await openConfig(config, plugins);
  const found = await findCaseFiles(paths.length > 0 ? paths : configured.paths);
  const { rules } = configured;
  const testing: Testing = {
    plugins,
    filter,
    context: { plugins, rules, readingOf: (rule, regions) => readRule(rule, regions, plugins) },
  };
  const tested: Tested[] = [];
  for (const file of found.files) tested.push(await testFile(file, testing));
  const inputs = [...configured.inputs, ...paths, ...found.folders, ...tested.flatMap((one) => one.inputs)];
  return {
    files: tested
      .flatMap(({ result }) => (result === undefined ? [] : [result]))
      .sort(byKeys<CaseFileResult>(({ file }) => file)),
    diagnostics: tidy([
      ...configured.diagnostics,
      ...found.diagnostics,
      ...tested.flatMap((one) => one.diagnostics),
    ]),
    inputs: [...new Set(inputs)],
  };
}

/** The rules of a config, and the paths that it names for them. */
type Configured = Pick<CasesContext, "rules"> & {
  readonly paths: readonly string[];
  readonly inputs: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
};

const nothingConfigured: Configured = { rules: [], paths: [], inputs: [], diagnostics: [] };

async function openConfig(file: string, plugins: Plugins): Promise<Configured> {
  const loaded = await loadConfig(file, { plugins });
  if (!loaded.ok)
    return {
      ...nothingConfigured,
      inputs: [file, ...new Set(loaded.diagnostics.map((diagnostic) => diagnostic.file))],
      diagnostics: loaded.diagnostics,
    };
  const paths = (loaded.value.config.rules ?? []).map((path) =>
    isAbsolute(path) ? path : join(dirname(file), path),
  );
  return { rules: loaded.value.rules, paths, inputs: [file, ...paths], diagnostics: [] };
}

type Testing = { readonly plugins: Plugins; readonly filter: string; readonly context: CasesContext };
type Tested = {
  readonly diagnostics: readonly Diagnostic[];
  readonly inputs: readonly string[];
  readonly result?: CaseFileResult;
};

async function testFile(file: string, { plugins, filter, context }: Testing): Promise<Tested> {
  const { diagnostics, inputs, ready } = await loadCases(file, context);
  if (ready === undefined) return { diagnostics, inputs };
  const chosen = ready.cases.filter(
    ({ written }) => ready.rule.id.includes(filter) || written.name.includes(filter),
  );
  if (chosen.length === 0) return { diagnostics, inputs };
  return { diagnostics, inputs, result: await testReady(ready, chosen, plugins) };
}

async function testReady(
  ready: ReadyCases,
  chosen: readonly ReadyCase[],
  plugins: Plugins,
): Promise<CaseFileResult> {
  const evaluators = await evaluatorsOf(ready.rule.evaluator, plugins);
  const outcomes: (CaseOutcome & { readonly of: ReadyCase })[] = [];
  for (const one of chosen) {
    const rule: SelectedRule = { ...ready.rule, with: one.with };
    outcomes.push({
      ...(await runCase(
        {
          written: one.written,
          rule,
          reading: one.reading,
          ...(one.snapshot === undefined ? {} : { snapshot: one.snapshot }),
        },
        evaluators,
      )),
      of: one,
    });
  }
  return {
    file: ready.file,
    rule: ready.rule.id,
    ...(ready.ruleFile === undefined ? {} : { ruleFile: ready.ruleFile }),
    cases: outcomes.map(({ of, differences }) => resultOf(of, differences, ready)),
    coverage: await coverRule(
      ready,
      outcomes.map(({ of, account, findings }) => ({ account, findings, with: of.with })),
    ),
  };
}

function resultOf(
  { written, at }: ReadyCase,
  differences: CaseOutcome["differences"],
  { places }: ReadyCases,
): CaseResult {
  return {
    name: written.name,
    position: places.ofValue([...at, "name"]),
    differences: differences.map((difference) => ({
      ...difference,
      position: places.ofValue([...at, ...difference.path]),
    })),
  };
}

async function readRule(
  { evaluator, with: options }: RuleOptions,
  regions: readonly string[],
  plugins: Plugins,
): ReturnType<CasesContext["readingOf"]> {
  const rule: SelectedRule = { id: "case", title: "", severity: "info", evaluator, with: options };
  return readingOf(
    await gatherNeeds([rule], await evaluatorsOf(evaluator, plugins)),
    regions,
    plugins.collectors,
  );
}

async function evaluatorsOf(id: string, plugins: Plugins): Promise<ReadonlyMap<string, Evaluator>> {
  const evaluator = Object.hasOwn(plugins.evaluators, id) ? await plugins.evaluators[id]?.() : undefined;
  return new Map(evaluator === undefined ? [] : [[id, evaluator]]);
}
