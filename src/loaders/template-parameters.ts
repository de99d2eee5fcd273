import type { Diagnostic, Loaded } from "../core/diagnostic.js";
import { isRecord, member } from "./diagnostics/schema-error.js";
import { diagnoseFile } from "./diagnostics/source-text.js";
import { parseJson } from "./load-json.js";
import { MAX_BYTES, readText } from "./read-text.js";
import { addAll } from "../shared/many.js";

/** Parameters of a template by name. `resolved`: what stands behind those that name an SSM parameter, where that was said. */
export type TemplateParameters = {
  readonly values: ReadonlyMap<string, string>;
  readonly resolved: ReadonlyMap<string, string>;
  readonly files: readonly string[];
};

const HINT = 'a list of { "ParameterKey", "ParameterValue" }, or an object of names and values';

/** Reads parameters: `KEY=VALUE`, or a file with CloudFormation's list or a plain map. The last one counts. */
export async function loadParameters(given: readonly string[]): Promise<Loaded<TemplateParameters>> {
  const values = new Map<string, string>();
  const resolved = new Map<string, string>();
  const files: string[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const text of given) {
    const [, key, value] = /^([A-Za-z0-9]+)=(.*)$/su.exec(text) ?? [];
    if (key !== undefined && value !== undefined) {
      values.set(key, value);
      continue;
    }
    files.push(text);
    const read = await readText(text, MAX_BYTES);
    const parsed = read.ok ? parseJson(read.value, HINT) : read;
    const problem = parsed.ok && !takeParameters(parsed.value, { values, resolved });
    if (!parsed.ok) addAll(diagnostics, parsed.diagnostics);
    if (problem)
      diagnostics.push(
        diagnoseFile(text, {
          code: "wrong-type",
          message: "these are no parameters of a template",
          hint: HINT,
        }),
      );
  }
  return diagnostics.length > 0
    ? { ok: false, diagnostics }
    : { ok: true, value: { values, resolved, files } };
}

/** Takes CloudFormation's list of parameters, or a plain map; false for anything else. */
export function takeParameters(
  data: unknown,
  into: { readonly values: Map<string, string>; readonly resolved: Map<string, string> },
): boolean {
  if (Array.isArray(data)) return data.every((item: unknown) => takeItem(item, into));
  if (!isRecord(data)) return false;
  // `aws cloudformation deploy` takes a list of "KEY=VALUE", others a file with Parameters in it.
  const map = isRecord(data["Parameters"]) ? data["Parameters"] : data;
  return Object.entries(map).every(([name, value]) => {
    const text = textOf(value);
    if (text !== undefined) into.values.set(name, text);
    return text !== undefined;
  });
}

function takeItem(
  item: unknown,
  { values, resolved }: { readonly values: Map<string, string>; readonly resolved: Map<string, string> },
): boolean {
  if (typeof item === "string") {
    const [, name, text] = /^([A-Za-z0-9]+)=(.*)$/su.exec(item) ?? [];
    if (name === undefined || text === undefined) return false;
    values.set(name, text);
    return true;
  }
  const key = member(item, "ParameterKey");
  if (typeof key !== "string") return false;
  const value = textOf(member(item, "ParameterValue"));
  const real = textOf(member(item, "ResolvedValue"));
  if (value !== undefined) values.set(key, value);
  if (real !== undefined) resolved.set(key, real);
  return true;
}

function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return Array.isArray(value) && value.every((part) => textOf(part) !== undefined)
    ? value.map(textOf).join(",")
    : undefined;
}
