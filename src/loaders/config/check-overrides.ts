import type { Config } from "../../core/formats/config.js";
import type { Rule } from "../../core/formats/rule.js";
import type { Plugins } from "../../core/plugins.js";
import { matchesGlob } from "../../shared/glob.js";
import { checkRuleName } from "../check-names.js";
import { checkOptions } from "../schema/check-options.js";
import type { Fault } from "../diagnostics/fault.js";
import type { WrittenDocument } from "../read-document.js";
import { addAll } from "../../shared/many.js";

type Override = NonNullable<Config["overrides"]>[number];

/** The config that overrides, and what its overrides are checked against. */
export type Overriding = {
  readonly document: WrittenDocument<Config>;
  readonly plugins: Plugins;
  readonly known: readonly Rule[];
};

/** Checks that each override finds a rule, and that the rules' options are still valid with it. */
export async function checkOverrides(
  overrides: readonly Override[],
  overriding: Overriding,
): Promise<readonly Fault[]> {
  const faults: Fault[] = [];
  for (const [index, override] of overrides.entries()) {
    const fault = checkRuleName(override.rule, ["overrides", index, "rule"], overriding.known);
    if (fault !== undefined) faults.push(fault);
    addAll(faults, await checkWith(overrides, index, overriding));
  }
  return faults;
}

async function checkWith(
  overrides: readonly Override[],
  index: number,
  { document, plugins, known }: Overriding,
): Promise<readonly Fault[]> {
  const override = overrides[index];
  const changed = override?.with;
  if (override === undefined || changed === undefined) return [];
  const faults: Fault[] = [];
  for (const rule of known.filter(({ id }) => matchesGlob(override.rule, id))) {
    const options = { ...optionsBefore(rule, overrides.slice(0, index)), ...changed };
    const checked = await checkOptions(
      {
        evaluator: rule.evaluator,
        options,
        base: ["overrides", index, "with"],
        textOf: document.places.textOf,
      },
      plugins,
    );
    addAll(
      faults,
      checked.options.filter(
        (fault) =>
          isAbout(fault, Object.keys(changed)) && !(rule.template === true && fault.code === "missing-key"),
      ),
    );
  }
  return faults;
}

function optionsBefore(rule: Rule, earlier: readonly Override[]): Rule["with"] {
  const everywhere = earlier.filter(
    (override) => override.accounts === undefined && matchesGlob(override.rule, rule.id),
  );
  return everywhere.reduce((options, override) => ({ ...options, ...override.with }), rule.with ?? {});
}

/** A fault of the options as a whole, or of a key that this override sets; others are told elsewhere. */
function isAbout({ path }: Fault, keys: readonly string[]): boolean {
  const key = path[3];
  return key === undefined || keys.includes(String(key));
}
