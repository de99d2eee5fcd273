import type { Loaded } from "../core/diagnostic.js";
import type { Snapshot } from "../core/snapshot.js";
import { parseJson, refuse } from "./load-json.js";
import { readText } from "./read-text.js";
import { explainErrors } from "./schema/faults.js";
import { isRecord, member } from "./diagnostics/schema-error.js";
import { diagnoseFile, sourceText } from "./diagnostics/source-text.js";
import type { Problem, SourceText } from "./diagnostics/source-text.js";

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
  const parsed = parseJson(source, writes);
  if (!parsed.ok) return parsed;
  const { validators } = await import("../generated/validators.js");
  if (validators.snapshot(parsed.value)) return { ok: true, value: parsed.value };
  const mistaken = explainFormat(parsed.value);
  if (mistaken !== undefined) return refuse(diagnoseFile(source.file, mistaken));
  const [fault] = explainErrors(validators.snapshot.errors ?? []);
  return refuse(
    diagnoseFile(source.file, {
      code: "not-a-snapshot",
      message: fault?.message ?? "this is no snapshot",
      hint: "`watchproof collect --out FILE` writes snapshots; they are not meant to be edited",
    }),
  );
}

const writes = "`watchproof collect --out FILE` writes one";
const SNAPSHOT = "watchproof-snapshot/";

function explainFormat(value: unknown): Problem | undefined {
  const format = member(value, "format");
  if (typeof format !== "string")
    return isRecord(value)
      ? { code: "not-a-snapshot", message: 'this is no snapshot: it has no "format"', hint: writes }
      : undefined;
  if (format.startsWith("watchproof-report/"))
    return {
      code: "not-a-snapshot",
      message: "this is a report, the result of a check; a snapshot is what a check judges",
      hint: writes,
    };
  if (format.startsWith(SNAPSHOT) && format !== `${SNAPSHOT}1`)
    return {
      code: "snapshot-version",
      message: `this snapshot has the format ${JSON.stringify(format)}; this version reads watchproof-snapshot/1`,
      hint: "use the version that wrote it, or collect again",
    };
  return undefined;
}
