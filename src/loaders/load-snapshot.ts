import type { Loaded } from "../core/diagnostic.js";
import type { Snapshot } from "../core/snapshot.js";
import { explainFormat } from "./explain-format.js";
import type { FormatWords } from "./explain-format.js";
import { parseJson, refuse } from "./load-json.js";
import { readText } from "./read-text.js";
import { explainErrors } from "./schema/faults.js";
import { diagnoseFile, sourceText } from "./diagnostics/source-text.js";
import type { SourceText } from "./diagnostics/source-text.js";

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
  const mistaken = explainFormat(parsed.value, words);
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
const words: FormatWords = {
  noun: "snapshot",
  codes: { none: "not-a-snapshot", version: "snapshot-version" },
  format: "watchproof-snapshot/",
  version: "1",
  writes,
  renew: "collect again",
  mistaken: {
    "watchproof-report/": "this is a report, the result of a check; a snapshot is what a check judges",
  },
};
