import type { AsffFinding } from "./asff.js";
import { byteLength } from "../text/cut-text.js";
import { groupBy } from "../group-by.js";

// What one call takes. https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchImportFindings.html
const MOST_FINDINGS = 100;
const MOST_BYTES = 6_000_000;

/** Findings as BatchImportFindings takes them: each batch of one account and region, at most 100 and 6 MB. Their order is kept. */
export function asffBatches(findings: readonly AsffFinding[]): readonly (readonly AsffFinding[])[] {
  return [...groupBy(findings, ({ ProductArn }) => ProductArn).values()].flatMap(split);
}

function split(findings: readonly AsffFinding[]): readonly (readonly AsffFinding[])[] {
  const batches: AsffFinding[][] = [];
  let room = 0;
  for (const finding of findings) {
    const size = byteLength(JSON.stringify(finding)) + 1;
    const open = batches.at(-1);
    if (open === undefined || open.length === MOST_FINDINGS || size > room) {
      batches.push([finding]);
      room = MOST_BYTES - size;
    } else {
      open.push(finding);
      room -= size;
    }
  }
  return batches;
}
