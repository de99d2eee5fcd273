import type { Baseline } from "../core/baseline.js";
import { replaceFile } from "../sources/replace-file.js";

/** A baseline as the text of its file: the same baseline gives the same bytes. */
export function baselineText({ format, entries }: Baseline): string {
  const ordered = entries.map(({ id, rule, account, region, subject }) => ({
    id,
    rule,
    account,
    region,
    subject,
  }));
  return `${JSON.stringify({ format, entries: ordered }, undefined, 2)}\n`;
}

/** Writes a baseline, atomically. */
export async function writeBaseline(file: string, baseline: Baseline): Promise<void> {
  await replaceFile(file, baselineText(baseline));
}
