import type { Diagnostic } from "../core/diagnostic.js";
import type { Cases } from "../core/formats/cases.js";
import type { Config } from "../core/formats/config.js";
import type { Pack } from "../core/formats/pack.js";
import type { Rule } from "../core/formats/rule.js";
import type { Waivers } from "../core/formats/waivers.js";
import type { JsonValue } from "../core/json.js";
import type { Fault } from "./diagnostics/fault.js";
import { locateFaults } from "./schema/locate-faults.js";
import { MAX_BYTES, readText } from "./read-text.js";
import { isRecord } from "./diagnostics/schema-error.js";
import type { SchemaError } from "./diagnostics/schema-error.js";
import { explainErrors } from "./schema/faults.js";
import type { SourceText } from "./diagnostics/source-text.js";
import type { Places } from "./yaml/places.js";

/** The formats that people write. */
export type Formats = {
  readonly rule: Rule;
  readonly pack: Pack;
  readonly config: Config;
  readonly cases: Cases;
  readonly waivers: Waivers;
};

/** A YAML file that was understood, whatever its schema says about it. */
export type WrittenDocument<T> = {
  readonly source: SourceText;
  readonly places: Places;
  /** As written, of any shape. */
  readonly written: JsonValue;
  /** The same, where the schema and YAML found nothing wrong. */
  readonly valid?: T;
  /** What the schema found, without places. */
  readonly faults: readonly Fault[];
};

/** A file that was opened, with everything wrong in it so far; `document` is absent where nothing more can be said. */
export type Reading<T> = {
  readonly file: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly document?: WrittenDocument<T>;
};

/** Reads a file that a person wrote and checks it against its format's schema. Never throws. */
export async function readDocument<Format extends keyof Formats>(
  file: string,
  format: Format,
): Promise<Reading<Formats[Format]>> {
  const text = await readText(file, MAX_BYTES);
  if (!text.ok) return { file, diagnostics: text.diagnostics };
  return checkDocument(text.value, format);
}

/** Checks a text against its format's schema. */
export async function checkDocument<Format extends keyof Formats>(
  { file, text }: SourceText,
  format: Format,
): Promise<Reading<Formats[Format]>> {
  // Loaded here, so that a run without files of its own starts without a YAML parser.
  const { readYaml } = await import("./yaml/read-yaml.js");
  const { source, diagnostics, content } = readYaml(text, file);
  if (content === undefined) return { file, diagnostics };
  const { value: written, places } = content;
  const { valid, faults } = await checkFormat(written, { format, places });
  const located = [...diagnostics, ...locateFaults(faults, source, places)];
  return {
    file,
    diagnostics: located,
    document: {
      source,
      places,
      written,
      faults,
      ...(valid === undefined || diagnostics.length > 0 ? {} : { valid }),
    },
  };
}

/** Checks data against a format; after false, `errors` says why. */
type Validator<T> = { (data: unknown): data is T; readonly errors?: readonly SchemaError[] | null };
type Checked<T> = { readonly valid?: T; readonly faults: readonly Fault[] };

async function checkFormat<Format extends keyof Formats>(
  value: unknown,
  { format, places }: { readonly format: Format; readonly places: Places },
): Promise<Checked<Formats[Format]>> {
  const { validators } = await import("../generated/validators.js");
  const byFormat: { readonly [F in keyof Formats]: Validator<Formats[F]> } = validators;
  const validate = byFormat[format];
  if (validate(value)) return { valid: value, faults: [] };
  return { faults: explainErrors(validate.errors ?? [], { base: [], textOf: places.textOf }) };
}

/** A config without the parts that its schema found wrong: what is left can still be checked. */
export async function soundConfig({ written, faults }: WrittenDocument<Config>): Promise<Config> {
  const { validators } = await import("../generated/validators.js");
  const wrong = new Set(faults.map(({ path }) => path[0]));
  const sound = isRecord(written)
    ? Object.fromEntries(Object.entries(written).filter(([key]) => !wrong.has(key)))
    : {};
  return validators.config(sound) ? sound : {};
}
