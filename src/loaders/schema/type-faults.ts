import type { DiagnosticCode } from "../diagnostics/codes.js";
import { kindOf, plainValue, typeWords } from "../diagnostics/describe.js";

/** What is wrong with a value of another type than expected, and how to mend it. */
export function wrongType(expected: readonly string[], data: unknown, text: string | undefined): Words {
  const found = kindOf(data);
  return {
    code: "wrong-type",
    message: `expected ${typeWords(expected)}, found ${found}`,
    hint: mendType(expected, data, text),
  };
}

const spoken: Readonly<Record<string, string>> = {
  yes: "true",
  on: "true",
  true: "true",
  no: "false",
  off: "false",
  false: "false",
};

function mendType(expected: readonly string[], data: unknown, text: string | undefined): string | undefined {
  if (!["string", "number", "boolean"].includes(typeof data)) return undefined;
  if (expected.includes("string")) return `put it in quotes: "${text ?? String(data)}"`;
  if (expected.includes("array")) return `write it as a list: [${text ?? plainValue(data)}]`;
  return typeof data === "string" ? unquote(expected, data) : undefined;
}

function unquote(expected: readonly string[], text: string): string | undefined {
  const word = expected.includes("boolean") ? spoken[text.toLowerCase()] : undefined;
  if (word !== undefined) return `write ${word}, without quotes`;
  const wantsNumber = expected.includes("number") || expected.includes("integer");
  return wantsNumber && text.trim() !== "" && Number.isFinite(Number(text))
    ? `write it without quotes: ${text.trim()}`
    : undefined;
}

/** What a value is, in the words of a person. */
export function typeName(data: unknown): string {
  if (data === null) return "null";
  return Array.isArray(data) ? "array" : typeof data;
}

/** What is wrong with a value, and how to mend it. */
export type Words = {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly below?: string;
};
