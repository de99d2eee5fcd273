import { sortedUnique } from "./order.js";

/** One statement of an IAM policy that allows something. */
export type PolicyStatement = {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
};

/** An IAM policy document that allows, and denies nothing. */
export type PolicyDocument = { readonly Version: "2012-10-17"; readonly Statement: readonly PolicyStatement[] };

/** A policy of some statements, in this order. */
export function policyOf(statements: readonly PolicyStatement[]): PolicyDocument {
  return { Version: "2012-10-17", Statement: statements };
}

/**
 * The policy that allows some actions, sorted. Lists cannot be narrowed to resources, and what is listed is not known
 * before: so every resource. All that Watchproof asks for reads.
 */
export function iamPolicy(actions: readonly string[]): PolicyDocument {
  return policyOf([allow("WatchproofReads", actions, "*")]);
}

/** A statement that allows some actions on some resources. */
export function allow(sid: string, actions: readonly string[], resource: string | readonly string[]): PolicyStatement {
  return { Sid: sid, Effect: "Allow", Action: sortedUnique(actions), Resource: resource };
}
