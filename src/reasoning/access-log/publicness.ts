import type { Account } from "../../core/account.js";
import type { JsonObject, JsonValue } from "../../core/json.js";
import type { Reading, Resource } from "../../core/resource.js";
import { parsePolicy } from "../../languages/iam-policy/iam-policy.js";
import { idleStatements } from "../../languages/iam-policy/holdable.js";
import { decidePolicy } from "../../languages/iam-policy/decision.js";
import type { PolicyDecision, PolicyQuestion } from "../../languages/iam-policy/decision.js";
import type { Home } from "../../languages/iam-policy/question.js";
import { doubtful, everyClaim, holding, refuted, someClaim, undecided } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { claimOf } from "../../shared/read-claim.js";
import { isObject, readList, readObject, readProperty } from "../../shared/read-property.js";

/** What `bucketPrivacy` reads of a bucket. */
export const bucketPrivacyProperties = ["Policy", "Grants", "PublicAccessBlockConfiguration"] as const;

/** The type of an account's own public access block for S3: one resource, its id the account's. */
export const ACCOUNT_BLOCK = "AWS::S3::AccountPublicAccessBlock";

/**
 * Whether a bucket is private in effect: neither its policy nor its ACL opens it to everybody, or the public access
 * block of the bucket or the account neutralises what does. Blocks on new grants do not count: they end no old one.
 */
export function bucketPrivacy(account: Account, bucket: Resource): Claim {
  const blocks = [bucket, account.find(ACCOUNT_BLOCK, bucket.account)];
  const byAcl = someClaim([aclPrivacy(bucket), isBlocked(blocks, "IgnorePublicAcls")], "");
  const byPolicy = someClaim(
    [policyPrivacy(bucket, { asker: { kind: "anyone" } }), isBlocked(blocks, "RestrictPublicBuckets")],
    "",
  );
  return everyClaim([byPolicy, byAcl]);
}

/** Whether nobody outside an account or its organization may publish or subscribe to a topic. */
export function topicPrivacy(topic: Resource, home: Home): Claim {
  const asker = { kind: "outsider", home } as const;
  const questions = ["sns:Publish", "sns:Subscribe"].map((action) => ({
    asker,
    action,
    ...(topic.arn === undefined ? {} : { resource: topic.arn }),
  }));
  return everyClaim(questions.map((question) => policyPrivacy(topic, question)));
}

/** Whether the resource policy at `Policy` gives the asker of a question nothing; no policy gives nothing. */
export function policyPrivacy(resource: Resource, question: PolicyQuestion): Claim {
  return claimOf(readProperty(resource, "Policy"), "Policy", (policy) =>
    policy === undefined ? holding : judgePolicy(policy, question),
  );
}

/** What to tell of statements of the policy at `Policy` that never apply. */
export function idleNotes(resource: Resource): readonly string[] {
  const policy = readProperty(resource, "Policy");
  const parsed = policy.kind === "set" ? parsePolicy(policy.value) : undefined;
  return parsed?.ok === true ? idleStatements(parsed.policy) : [];
}

function judgePolicy(source: JsonValue, question: PolicyQuestion): Claim {
  const parsed = parsePolicy(source);
  if (!parsed.ok) return doubtful("undecidable", `its policy is not understood: ${parsed.problem}`);
  const decision = decidePolicy(parsed.policy, question);
  if (decision.is === "no") return holding;
  const because = openness(decision, question);
  return decision.is === "yes" ? refuted(because) : undecided({ ...decision, reason: because });
}

function openness(
  { is, because, statement = "" }: PolicyDecision,
  { asker, action = "access" }: PolicyQuestion,
): string {
  const whom = asker.kind === "anyone" ? "everybody" : "somebody outside the account and its organization";
  return is === "yes"
    ? `statement "${statement}" of its policy allows ${action} to ${whom}`
    : `its policy may allow ${action} to ${whom}: ${because}`;
}

const publicGroups: Readonly<Record<string, string>> = {
  "http://acs.amazonaws.com/groups/global/AllUsers": "everybody (AllUsers)",
  "http://acs.amazonaws.com/groups/global/AuthenticatedUsers":
    "everybody with an AWS account (AuthenticatedUsers)",
};

// Where ACLs are switched off, S3 shows the owner's full control alone, so that a public grant that is shown is in force.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAcl.html
function aclPrivacy(bucket: Resource): Claim {
  return claimOf(readList(bucket, "Grants"), "Grants", (grants = []) => {
    const open = grants.filter(isObject).flatMap((grant) => describeGrant(grant) ?? []);
    return open[0] === undefined ? holding : refuted(open[0]);
  });
}

function describeGrant({ Grantee: grantee, Permission: permission }: JsonObject): string | undefined {
  const group =
    isObject(grantee) && typeof grantee["URI"] === "string" ? publicGroups[grantee["URI"]] : undefined;
  return group === undefined
    ? undefined
    : `its ACL grants ${typeof permission === "string" ? permission : "access"} to ${group}`;
}

function isBlocked(blocks: readonly (Resource | undefined)[], flag: string): Claim {
  const property = "PublicAccessBlockConfiguration";
  const claims = blocks.map((block) =>
    claimOf(readBlock(block), property, (set) =>
      set?.[flag] === true ? holding : refuted(`${flag} is off`),
    ),
  );
  return someClaim(claims, `${flag} is off`);
}

function readBlock(block: Resource | undefined): Reading<JsonObject> {
  const property = "PublicAccessBlockConfiguration";
  return block === undefined
    ? { kind: "not-collected", property: `the account's ${property}` }
    : readObject(block, property);
}
