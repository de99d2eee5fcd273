import type { Diagnostic, Loaded, Position } from "../core/diagnostic.js";
import type { Rule } from "../core/formats/rule.js";
import type { Plugins } from "../core/plugins.js";
import { checkIds } from "./check-ids.js";
import type { WrittenId } from "./check-ids.js";
import { checkOptions } from "./schema/check-options.js";
import type { Fault } from "./diagnostics/fault.js";
import { findRuleFiles } from "./find-rule-files.js";
import { locateFaults, tidy } from "./schema/locate-faults.js";
import { readDocument } from "./read-document.js";
import type { Reading, WrittenDocument } from "./read-document.js";
import { isObject } from "../shared/read-property.js";
import { member } from "./diagnostics/schema-error.js";

/** A rule that a person wrote, and where: `at` is its id's key. */
export type LocatedRule = { readonly rule: Rule; readonly file: string; readonly at: Position };

/** What rules are checked against: the evaluators that there are, and the rules that ship. */
export type RuleContext = { readonly plugins: Pick<Plugins, "evaluators" | "collectors" | "rules"> };

/**
 * Loads rules from files and folders, in the order of the paths and then of names; or tells every problem in all of them.
 * Options are checked against their evaluator's schema; a template's may be incomplete. Never throws.
 */
export async function loadRules(
  paths: readonly string[],
  context: RuleContext,
): Promise<Loaded<readonly LocatedRule[]>> {
  const { files, diagnostics } = await findRuleFiles(paths);
  const checked: CheckedRule[] = [];
  for (const file of files) checked.push(await checkRuleFile(file, context));
  const shipped = new Set((await context.plugins.rules()).map(({ id }) => id));
  const ids = checkIds(
    checked.flatMap(({ id }) => (id === undefined ? [] : [id])),
    { shipped, noun: "rule" },
  );
  const problems = [...diagnostics, ...checked.flatMap((rule) => rule.diagnostics), ...ids];
  if (problems.length > 0) return { ok: false, diagnostics: tidy(problems) };
  return { ok: true, value: checked.flatMap(({ rule }) => (rule === undefined ? [] : [rule])) };
}

type CheckedRule = {
  readonly diagnostics: readonly Diagnostic[];
  readonly rule?: LocatedRule;
  readonly id?: WrittenId;
};

async function checkRuleFile(file: string, context: RuleContext): Promise<CheckedRule> {
  const reading = await readDocument(file, "rule");
  const { document } = reading;
  if (document === undefined) return { diagnostics: reading.diagnostics };
  const faults = await checkEvaluator(document, context);
  return describeRule(reading, document, locateFaults(faults, document.source, document.places));
}

function describeRule(
  { file, diagnostics }: Reading<Rule>,
  { written, valid, places, source }: WrittenDocument<Rule>,
  more: readonly Diagnostic[],
): CheckedRule {
  const id = member(written, "id");
  return {
    diagnostics: [...diagnostics, ...more],
    ...(valid === undefined ? {} : { rule: { rule: valid, file, at: places.ofKey(["id"]) } }),
    ...(typeof id === "string" ? { id: { id, source, at: places.ofValue(["id"]) } } : {}),
  };
}

async function checkEvaluator(
  { written, places }: WrittenDocument<Rule>,
  { plugins }: RuleContext,
): Promise<readonly Fault[]> {
  const evaluator = member(written, "evaluator");
  const options = isObject(written) && Object.hasOwn(written, "with") ? written["with"] : {};
  if (typeof evaluator !== "string" || evaluator === "" || !isObject(options)) return [];
  const faults = await checkOptions({ evaluator, options, base: ["with"], textOf: places.textOf }, plugins);
  if (faults.evaluator !== undefined) return [{ ...faults.evaluator, path: ["evaluator"], at: "value" }];
  const isTemplate = member(written, "template") === true;
  return faults.options
    .filter(({ code }) => !isTemplate || code !== "missing-key")
    .map((fault) => placeMissing(fault, member(written, "with") === undefined));
}

// Without a `with` there is no key to point to; the evaluator's is what asks for options.
function placeMissing(fault: Fault, hasNoOptions: boolean): Fault {
  return hasNoOptions ? { ...fault, path: ["evaluator"], at: "key" } : fault;
}
