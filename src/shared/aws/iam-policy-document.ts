import { OWN_SECRET } from "./cdn-identifier.js";
import { sortedUnique } from "../order.js";

/** One statement of an IAM policy that allows something. */
export type PolicyStatement = {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
};

/** An IAM policy document that allows, and denies nothing. */
export type PolicyDocument = {
  readonly Version: "2012-10-17";
  readonly Statement: readonly PolicyStatement[];
};

/** A policy of some statements, in this order. */
export function policyOf(statements: readonly PolicyStatement[]): PolicyDocument {
  return { Version: "2012-10-17", Statement: statements };
}

/**
 * The policy that allows some actions, sorted. Lists cannot be narrowed to resources, and what is listed is not known
 * before: so every resource, but for a `secret` that is named or given by its ARN. All that Watchproof asks for reads.
 */
export function iamPolicy(actions: readonly string[], secret?: string): PolicyDocument {
  const isApart = secret !== undefined && secret !== OWN_SECRET && actions.includes(GET_SECRET);
  const reads = allow(
    "WatchproofReads",
    actions.filter((action) => !isApart || action !== GET_SECRET),
    "*",
  );
  return policyOf(
    isApart ? [reads, allow("WatchproofCdnIdentifier", [GET_SECRET], resourcesOf(secret))] : [reads],
  );
}

/** A statement that allows some actions on some resources. */
export function allow(
  sid: string,
  actions: readonly string[],
  resource: string | readonly string[],
): PolicyStatement {
  return { Sid: sid, Effect: "Allow", Action: sortedUnique(actions), Resource: resource };
}

const GET_SECRET = "secretsmanager:GetSecretValue";

// A secret's ARN ends in six characters of AWS's own, which a person may leave out.
// https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_iam-policies.html
function resourcesOf(secret: string): string | readonly string[] {
  return secret.startsWith("arn:")
    ? [secret, `${secret}-??????`]
    : `arn:*:secretsmanager:*:*:secret:${secret}-??????`;
}
