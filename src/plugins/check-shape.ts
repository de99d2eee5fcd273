import { Ajv2020 } from "ajv/dist/2020.js";
import type { JsonSchema } from "../core/json.js";
import { explainErrors } from "../loaders/schema/faults.js";
import type { SchemaError } from "../loaders/diagnostics/schema-error.js";

const ajv = new Ajv2020({
  allErrors: true,
  verbose: true,
  strict: false,
  validateFormats: false,
  logger: false,
});

/** The first thing that is wrong with a value, in words; undefined where it has the shape. */
export function wrongShape(schema: JsonSchema, value: unknown): string | undefined {
  const validate = ajv.compile(schema);
  return validate(value) ? undefined : firstFault(validate.errors ?? []);
}

/** The first of a validator's faults in words. */
export function firstFault(errors: readonly SchemaError[]): string {
  const [fault] = explainErrors(errors);
  if (fault === undefined) return "it has another shape than the contract's";
  // Other hints are for people who write YAML.
  return fault.hint?.startsWith("did you mean") === true ? `${fault.message}; ${fault.hint}` : fault.message;
}
