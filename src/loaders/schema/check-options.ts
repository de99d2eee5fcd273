import type { OptionProblem } from "../../core/evaluator.js";
import type { JsonObject, JsonSchema } from "../../core/json.js";
import type { Plugins } from "../../core/plugins.js";
import { nearest } from "../../shared/nearest.js";
import { sayPath, show } from "../diagnostics/describe.js";
import type { Fault } from "../diagnostics/fault.js";
import { knownTypes } from "../known-types.js";
import { explainErrors } from "./faults.js";
import type { Surroundings } from "./faults.js";
import type { Validate } from "../diagnostics/schema-error.js";
import type { Problem } from "../diagnostics/source-text.js";

/** An evaluator's options, and where they stand. */
export type WrittenOptions = Surroundings & { readonly evaluator: string; readonly options: JsonObject };

/** What there is to say about a rule's options. `evaluator` is about the evaluator itself; `options` have paths in the document. */
export type OptionsFaults = { readonly evaluator?: Problem; readonly options: readonly Fault[] };

/** What options are checked with. */
export type OptionsContext = Pick<Plugins, "evaluators" | "collectors">;

/** Checks options against the schema of the evaluator that will get them, and lets it review what a schema cannot see. */
export async function checkOptions(
  { evaluator: id, options, ...surroundings }: WrittenOptions,
  plugins: OptionsContext,
): Promise<OptionsFaults> {
  const load = Object.hasOwn(plugins.evaluators, id) ? plugins.evaluators[id] : undefined;
  if (load === undefined)
    return { evaluator: unknownEvaluator(id, Object.keys(plugins.evaluators)), options: [] };
  try {
    const evaluator = await load();
    const validate = await validatorOf(evaluator.options);
    if (!validate(options))
      return { options: explainErrors(validate.errors ?? [], { ...surroundings, root: evaluator.options }) };
    const problems = (await evaluator.review?.(options, knownTypes(plugins.collectors))) ?? [];
    return { options: problems.map((problem) => toFault(problem, surroundings)) };
  } catch (error) {
    // A plugin's code may fail in any way; the person who wrote the rule must learn that it is not theirs to mend.
    return {
      evaluator: {
        code: "broken-evaluator",
        message: `evaluator: ${show(id)} cannot be loaded, or cannot check its options${because(error)}`,
        hint: "this is a fault of the evaluator, not of the rule",
      },
      options: [],
    };
  }
}

function because(error: unknown): string {
  return error instanceof Error && error.message !== "" ? `: ${error.message.split("\n")[0] ?? ""}` : "";
}

function unknownEvaluator(id: string, known: readonly string[]): Problem {
  const near = nearest(id, known);
  const hint = near === undefined ? "`watchproof list evaluators` shows them" : `did you mean "${near}"?`;
  return {
    code: "unknown-evaluator",
    message: `evaluator: there is no evaluator ${show(id)}${known.length > 0 && known.length <= 12 ? `; known are ${known.join(", ")}` : ""}`,
    hint,
  };
}

function toFault(
  { code, path, offset, length, message, hint }: OptionProblem,
  { base }: Surroundings,
): Fault {
  const full = [...base, ...path];
  const at = offset === undefined ? "value" : { offset, length: length ?? 1 };
  return {
    path: full,
    at,
    code,
    message: `${sayPath(full)}: ${message}`,
    ...(hint === undefined ? {} : { hint }),
  };
}

const validators = new WeakMap<JsonSchema, Validate>();

// ajv is only needed for evaluators' own schemas, and costs 30 ms.
async function validatorOf(schema: JsonSchema): Promise<Validate> {
  const known = validators.get(schema);
  if (known !== undefined) return known;
  const { Ajv2020 } = await import("ajv/dist/2020.js");
  const validate: Validate = new Ajv2020({
    allErrors: true,
    verbose: true,
    strict: false,
    validateFormats: false,
    logger: false,
  }).compile(schema);
  validators.set(schema, validate);
  return validate;
}
