import { randomUUID } from "node:crypto";
import { appendFile, stat } from "node:fs/promises";

/** GitHub drops a job summary that is longer, as a whole and without failing the step. https://docs.github.com/actions/reference/workflow-commands-for-github-actions#step-isolation-and-limits */
export const mostSummaryBytes = 1024 * 1024;

/** Appends outputs to the runner's file, each between delimiters that no value can hold; does nothing outside a runner. */
export async function writeOutputs(
  file: string | undefined,
  outputs: Readonly<Record<string, string>>,
): Promise<void> {
  if (file === undefined || file === "") return;
  await appendFile(file, outputsText(outputs));
}

/** Outputs as the runner reads them. */
export function outputsText(outputs: Readonly<Record<string, string>>): string {
  const blocks = Object.entries(outputs).map(([name, value]) => {
    const delimiter = `watchproof-${randomUUID()}`;
    return `${name}<<${delimiter}\n${value}\n${delimiter}\n`;
  });
  return blocks.join("");
}

/** Appends Markdown to the job summary; what does not fit any more is replaced by a line that says so. Does nothing outside a runner. */
export async function writeSummary(file: string | undefined, markdown: string): Promise<void> {
  if (file === undefined || file === "") return;
  const before = await stat(file).then(
    ({ size }) => size,
    () => 0,
  );
  const fits = before + Buffer.byteLength(markdown) <= mostSummaryBytes;
  await appendFile(
    file,
    fits ? markdown : "Watchproof: the summary is too long for this page; the report has it all.\n",
  );
}
