import { OWN_SECRET } from "./cdn-identifier.js";
import { sortedUnique } from "./order.js";

/** An IAM policy document: one statement, and a second for a secret that is named. */
export type PolicyDocument = {
  readonly Version: "2012-10-17";
  readonly Statement: readonly [AllowStatement, ...AllowStatement[]];
};

type AllowStatement = { readonly Sid: string; readonly Effect: "Allow"; readonly Action: readonly string[]; readonly Resource: string | readonly string[] };

/**
 * The policy that allows some actions, sorted. Lists cannot be narrowed to resources, and what is listed is not known
 * before: so every resource, but for a `secret` that is named or given by its ARN. All that Watchproof asks for reads.
 */
export function iamPolicy(actions: readonly string[], secret?: string): PolicyDocument {
  const isApart = secret !== undefined && secret !== OWN_SECRET && actions.includes(GET_SECRET);
  const reads: AllowStatement = { Sid: "WatchproofReads", Effect: "Allow", Action: sortedUnique(actions.filter((action) => !isApart || action !== GET_SECRET)), Resource: "*" };
  if (!isApart) return { Version: "2012-10-17", Statement: [reads] };
  return { Version: "2012-10-17", Statement: [reads, { Sid: "WatchproofCdnIdentifier", Effect: "Allow", Action: [GET_SECRET], Resource: resourcesOf(secret) }] };
}

const GET_SECRET = "secretsmanager:GetSecretValue";

// A secret's ARN ends in six characters of AWS's own, which a person may leave out.
// https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_iam-policies.html
function resourcesOf(secret: string): string | readonly string[] {
  return secret.startsWith("arn:") ? [secret, `${secret}-??????`] : `arn:*:secretsmanager:*:*:secret:${secret}-??????`;
}
