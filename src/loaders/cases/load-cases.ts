import { dirname, isAbsolute, join } from "node:path";
import type { Case } from "../../core/case.js";
import type { CaseReading } from "../../core/case-type.js";
import type { Diagnostic } from "../../core/diagnostic.js";
import type { Cases } from "../../core/formats/cases.js";
import type { Rule } from "../../core/formats/rule.js";
import type { JsonObject } from "../../core/json.js";
import type { Snapshot } from "../../core/snapshot.js";
import { checkOptions } from "../schema/check-options.js";
import type { Fault, Path } from "../diagnostics/fault.js";
import { knownTypes } from "../known-types.js";
import { checkCase, checkTwice } from "./check.js";
import { findRule } from "./rule.js";
import type { CasesContext as RulesContext } from "./rule.js";
import { loadSnapshot } from "../load-snapshot.js";
import { locateFaults, tidy } from "../schema/locate-faults.js";
import { readDocument } from "../read-document.js";
import type { Reading, WrittenDocument } from "../read-document.js";
import { isRecord, member } from "../diagnostics/schema-error.js";
import type { Places } from "../yaml/places.js";

/** What case files are checked against. `readingOf` says what a rule reads in a case's regions. */
export type CasesContext = RulesContext & {
  readonly readingOf: (rule: RuleOptions, regions: readonly string[]) => Promise<CaseReading>;
};
export type RuleOptions = { readonly evaluator: string; readonly with: JsonObject };

/** A case that is ready to run. `at` is its path in the file. */
export type ReadyCase = {
  readonly written: Case;
  readonly at: Path;
  readonly with: JsonObject;
  readonly reading: CaseReading;
  readonly snapshot?: Snapshot;
};

/** A case file without mistakes. `ruleFile` is absent for a built-in rule. */
export type ReadyCases = {
  readonly file: string;
  readonly content: Cases;
  readonly rule: Rule;
  readonly ruleFile?: string;
  readonly cases: readonly ReadyCase[];
  readonly places: Places;
};

/** A case file, with every problem in it, and every file that was looked at for it. */
export type LoadedCases = {
  readonly diagnostics: readonly Diagnostic[];
  readonly inputs: readonly string[];
  readonly ready?: ReadyCases;
};

/** Loads a case file with its rule and the snapshots that it names; or tells every problem. Never throws. */
export async function loadCases(file: string, context: CasesContext): Promise<LoadedCases> {
  return finish(file, await readDocument(file, "cases"), context);
}

async function finish(
  file: string,
  { diagnostics, document }: Reading<Cases>,
  context: CasesContext,
): Promise<LoadedCases> {
  if (document === undefined) return { diagnostics, inputs: [file] };
  const name = member(document.written, "rule");
  const found = await findRule(typeof name === "string" && name !== "" ? name : undefined, document, context);
  const inputs = [file, ...(found.file === undefined ? [] : [found.file])];
  const problems = [...diagnostics, ...(isRecord(document.written) ? found.diagnostics : [])];
  if (found.rule === undefined || document.valid === undefined)
    return { diagnostics: tidy(problems), inputs };
  const checked = await checkContent(document.valid, found.rule, { document, context });
  const located = locateFaults(checked.faults, document.source, document.places);
  const all = tidy([...problems, ...located, ...checked.diagnostics]);
  const ready: ReadyCases = {
    file,
    content: document.valid,
    rule: found.rule,
    ...(found.file === undefined ? {} : { ruleFile: found.file }),
    cases: checked.cases,
    places: document.places,
  };
  return { diagnostics: all, inputs: [...inputs, ...checked.inputs], ...(all.length > 0 ? {} : { ready }) };
}

type Checking = { readonly document: WrittenDocument<Cases>; readonly context: CasesContext };
type Checked = {
  readonly cases: readonly ReadyCase[];
  readonly faults: readonly Fault[];
  readonly diagnostics: readonly Diagnostic[];
  readonly inputs: readonly string[];
};

async function checkContent({ cases }: Cases, rule: Rule, checking: Checking): Promise<Checked> {
  const parts: Checked[] = [
    {
      cases: [],
      faults: checkTwice(
        cases.map(({ name }) => name),
        (index) => ["cases", index, "name"],
        "name",
      ),
      diagnostics: [],
      inputs: [],
    },
  ];
  for (const [index, written] of cases.entries())
    parts.push(await checkOne(written, { rule, at: ["cases", index] }, checking));
  return {
    cases: parts.flatMap((part) => part.cases),
    faults: parts.flatMap(({ faults }) => faults),
    diagnostics: parts.flatMap(({ diagnostics }) => diagnostics),
    inputs: parts.flatMap(({ inputs }) => inputs),
  };
}

type CaseOfRule = { readonly rule: Rule; readonly at: Path };

async function checkOne(
  written: Case,
  { rule, at }: CaseOfRule,
  { document, context }: Checking,
): Promise<Checked> {
  const options = { ...rule.with, ...written.with };
  const wrong = await checkWith(written, { rule, at }, { document, context });
  if (wrong.length > 0) return { cases: [], faults: wrong, diagnostics: [], inputs: [] };
  const reading = await context.readingOf(
    { evaluator: rule.evaluator, with: options },
    written.state?.regions ?? ["us-east-1"],
  );
  const faults = await checkCase(written, at, { known: knownTypes(context.plugins.collectors), reading });
  const held = await loadHeld(written, at, document);
  return {
    cases: [
      {
        written,
        at,
        with: options,
        reading,
        ...(held.snapshot === undefined ? {} : { snapshot: held.snapshot }),
      },
    ],
    faults: [...faults, ...held.faults],
    diagnostics: held.diagnostics,
    inputs: held.inputs,
  };
}

// A rule that is no template has valid options already.
async function checkWith(
  written: Case,
  { rule, at }: CaseOfRule,
  { document, context }: Checking,
): Promise<readonly Fault[]> {
  if (written.with === undefined && rule.template !== true) return [];
  const options = { ...rule.with, ...written.with };
  const checked = await checkOptions(
    { evaluator: rule.evaluator, options, base: [...at, "with"], textOf: document.places.textOf },
    context.plugins,
  );
  const own = checked.options.map((fault) =>
    written.with === undefined ? { ...fault, path: [...at, "name"], at: "key" as const } : fault,
  );
  return checked.evaluator === undefined ? own : [{ ...checked.evaluator, path: at, at: "key" }];
}

type Held = {
  readonly snapshot?: Snapshot;
  readonly faults: readonly Fault[];
  readonly diagnostics: readonly Diagnostic[];
  readonly inputs: readonly string[];
};

async function loadHeld({ snapshot }: Case, at: Path, { source }: WrittenDocument<Cases>): Promise<Held> {
  if (snapshot === undefined) return { faults: [], diagnostics: [], inputs: [] };
  const file = isAbsolute(snapshot) ? snapshot : join(dirname(source.file), snapshot);
  const loaded = await loadSnapshot(file);
  if (loaded.ok) return { snapshot: loaded.value, faults: [], diagnostics: [], inputs: [file] };
  // What is wrong with the path is told where the path stands; what is wrong in the file, there.
  const faults = loaded.diagnostics
    .filter(({ position }) => position === undefined)
    .map(({ message, hint }): Fault => ({
      path: [...at, "snapshot"],
      at: "value",
      code: "not-a-snapshot",
      message: `${file}: ${message}`,
      ...(hint === undefined ? {} : { hint }),
    }));
  return {
    faults,
    diagnostics: loaded.diagnostics.filter(({ position }) => position !== undefined),
    inputs: [file],
  };
}
