import type { Finding } from "../core/report.js";

/** The candidates that hold: those whose values are the finding's evidence, and those that it did not need. */
export type Proof = { readonly cited: readonly string[]; readonly beside: readonly string[] };

/** What a pass rests on. A candidate is cited where evidence is of it, by ARN, by type and id, or by its name. */
export function proofOf({ candidates = [], evidence = [] }: Finding): Proof {
  const holding = candidates.filter(({ status }) => status === "pass").map(({ ref }) => ref);
  const owners = evidence.map(({ path }) => ownerOf(path));
  const isCited = (ref: string): boolean => owners.some((owner) => isNamed(ref, owner));
  return { cited: holding.filter(isCited), beside: holding.filter((ref) => !isCited(ref)) };
}

// "filter: AWS::Logs::MetricFilter/group:name/LogGroupName", "arn:…:trail/audit/IsLogging", "audit.IsLogging"
function ownerOf(path: string): string {
  const labelled = path.replace(/^[\w -]+: /u, "");
  return labelled.slice(0, Math.max(labelled.lastIndexOf("/"), labelled.lastIndexOf(".")));
}

function isNamed(ref: string, owner: string): boolean {
  if (owner === "") return false;
  return ref === owner || ref.endsWith(`/${owner}`) || ref.endsWith(`:${owner}`) || owner.endsWith(`/${ref}`);
}
