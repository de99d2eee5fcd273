import { stat } from "node:fs/promises";
import { dirname, isAbsolute, join } from "node:path";
import type { Diagnostic } from "../../core/diagnostic.js";
import type { Cases } from "../../core/formats/cases.js";
import type { Rule } from "../../core/formats/rule.js";
import type { Plugins } from "../../core/plugins.js";
import { unknownName } from "../check-names.js";
import { ruleFileBeside } from "./find.js";
import { loadRules } from "../load-rules.js";
import type { LocatedRule } from "../load-rules.js";
import { locateFaults } from "../schema/locate-faults.js";
import type { WrittenDocument } from "../read-document.js";
import { diagnose } from "../diagnostics/source-text.js";

/** What ships, and the rules that a config names. */
export type CasesContext = { readonly plugins: Plugins; readonly rules: readonly LocatedRule[] };

/** The rule that cases are about, or why there is none. `file` is absent for a built-in rule. */
export type RuleOfCases = {
  readonly rule?: Rule;
  readonly file?: string;
  readonly diagnostics: readonly Diagnostic[];
};

/** Finds the rule of a case file: by id, by path, or beside it. `name` is what the file says. */
export async function findRule(
  name: string | undefined,
  document: WrittenDocument<Cases>,
  context: CasesContext,
): Promise<RuleOfCases> {
  const { source, places } = document;
  if (name === undefined) return findBeside(document, context);
  if (/\/|\.ya?ml$/u.test(name))
    return loadNamed(isAbsolute(name) ? name : join(dirname(source.file), name), document, context);
  const own = context.rules.find(({ rule }) => rule.id === name);
  if (own !== undefined) return { rule: own.rule, file: own.file, diagnostics: [] };
  const shipped = await context.plugins.rules();
  const rule = shipped.find(({ id }) => id === name);
  if (rule !== undefined) return { rule, diagnostics: [] };
  const known = [...shipped, ...context.rules.map((located) => located.rule)].map(({ id }) => id);
  return {
    diagnostics: locateFaults(
      [unknownName(name, ["rule"], { code: "unknown-rule", noun: "rule", known })],
      source,
      places,
    ),
  };
}

async function findBeside(
  { source, places }: WrittenDocument<Cases>,
  context: CasesContext,
): Promise<RuleOfCases> {
  for (const ending of ["yaml", "yml"] as const) {
    const file = ruleFileBeside(source.file, ending);
    if (await isFile(file)) return loadFile(file, context);
  }
  const problem = {
    code: "missing-key",
    message: `"rule" is missing, and there is no ${ruleFileBeside(source.file, "yaml")} that could be meant`,
    hint: "rule: the id of a rule, or the path of its file",
  } as const;
  return { diagnostics: [diagnose(source, problem, places.ofKey([]))] };
}

async function loadNamed(
  file: string,
  { source, places }: WrittenDocument<Cases>,
  context: CasesContext,
): Promise<RuleOfCases> {
  if (await isFile(file)) return loadFile(file, context);
  return {
    diagnostics: locateFaults(
      [
        {
          path: ["rule"],
          at: "value",
          code: "no-such-file",
          message: `rule: there is no file ${file}`,
          hint: "a path is relative to the case file; an id has no slash",
        },
      ],
      source,
      places,
    ),
  };
}

async function loadFile(file: string, { plugins }: CasesContext): Promise<RuleOfCases> {
  // The file of a built-in rule may be tested, too: its id is then no other rule's.
  const loaded = await loadRules([file], { plugins: { ...plugins, rules: () => Promise.resolve([]) } });
  if (!loaded.ok) return { file, diagnostics: loaded.diagnostics };
  const [located] = loaded.value;
  return { ...(located === undefined ? {} : { rule: located.rule }), file, diagnostics: [] };
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
