import type { Diagnostic, Loaded } from "../core/diagnostic.js";
import type { Snapshot } from "../core/snapshot.js";
import { findJsonFault } from "./json-fault.js";
import { readText } from "./read-text.js";
import { explainErrors } from "./schema-faults.js";
import { isRecord, member } from "./schema-error.js";
import { diagnose, diagnoseFile, positionOf, sourceText } from "./source-text.js";
import type { Problem, SourceText } from "./source-text.js";

/** Loads a recorded snapshot, of any size; or tells why the file is none. Never throws. */
export async function loadSnapshot(file: string): Promise<Loaded<Snapshot>> {
  const text = await readText(file);
  return text.ok ? await checkSnapshot(text.value) : text;
}

/** Takes a text as a snapshot; `file` is the name that diagnostics give it. */
export async function parseSnapshot(text: string, file = "snapshot"): Promise<Loaded<Snapshot>> {
  return await checkSnapshot(sourceText(file, text));
}

async function checkSnapshot(source: SourceText): Promise<Loaded<Snapshot>> {
  const parsed = parseJson(source);
  if (!parsed.ok) return parsed;
  const { validators } = await import("../generated/validators.js");
  if (validators.snapshot(parsed.value)) return { ok: true, value: parsed.value };
  const mistaken = explainFormat(parsed.value);
  if (mistaken !== undefined) return refuse(diagnoseFile(source.file, mistaken));
  const [fault] = explainErrors(validators.snapshot.errors ?? []);
  return refuse(diagnoseFile(source.file, { code: "not-a-snapshot", message: fault?.message ?? "this is no snapshot", hint: "`watchproof collect --out FILE` writes snapshots; they are not meant to be edited" }));
}

function parseJson(source: SourceText): Loaded<unknown> {
  const { file, text } = source;
  if (text.trim() === "") return refuse(diagnoseFile(file, { code: "empty-file", message: "there is nothing in this file" }));
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    const start = findJsonFault(text) ?? text.length;
    const problem: Problem = { code: "json-syntax", message: start >= text.length ? "this is not JSON: it ends too early" : "this is not JSON from here on", ...(start >= text.length ? { hint: "the file may have been cut off" } : {}) };
    return refuse(diagnose(source, problem, positionOf(source, { start, end: start + 1 })));
  }
}

const SNAPSHOT = "watchproof-snapshot/";

function explainFormat(value: unknown): Problem | undefined {
  const format = member(value, "format");
  if (typeof format !== "string") return isRecord(value) ? { code: "not-a-snapshot", message: 'this is no snapshot: it has no "format"', hint: "`watchproof collect --out FILE` writes one" } : undefined;
  if (format.startsWith("watchproof-report/")) return { code: "not-a-snapshot", message: "this is a report, the result of a check; a snapshot is what a check judges", hint: "`watchproof collect --out FILE` writes one" };
  if (format.startsWith(SNAPSHOT) && format !== `${SNAPSHOT}1`) return { code: "snapshot-version", message: `this snapshot has the format ${JSON.stringify(format)}; this version reads watchproof-snapshot/1`, hint: "use the version that wrote it, or collect again" };
  return undefined;
}

function refuse(diagnostic: Diagnostic): Loaded<never> {
  return { ok: false, diagnostics: [diagnostic] };
}
