import { sortedUnique } from "./order.js";

/** An IAM policy document with one statement. */
export type PolicyDocument = {
  readonly Version: "2012-10-17";
  readonly Statement: readonly [{ readonly Sid: string; readonly Effect: "Allow"; readonly Action: readonly string[]; readonly Resource: "*" }];
};

/**
 * The policy that allows some actions, sorted. Lists cannot be narrowed to resources, and what is listed is not known
 * before: so every resource. All that Watchproof asks for reads.
 */
export function iamPolicy(actions: readonly string[]): PolicyDocument {
  return { Version: "2012-10-17", Statement: [{ Sid: "WatchproofReads", Effect: "Allow", Action: sortedUnique(actions), Resource: "*" }] };
}
