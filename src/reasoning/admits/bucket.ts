import type { Resource } from "../../core/resource.js";
import type { Policy } from "../../languages/iam-policy/iam-policy.js";
import { decidePolicy } from "../../languages/iam-policy/decision.js";
import type { PolicyQuestion } from "../../languages/iam-policy/decision.js";
import { everyClaim, holding, refuted, someClaim } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { claimOf } from "../../shared/read-claim.js";
import { isObject, readList, readProperty } from "../../shared/read-property.js";
import { claimDecision, withPolicy } from "./admits.js";
import { organizationContext } from "./organization.js";
import type { OfOrganization } from "./organization.js";

/** A service that delivers logs into a bucket, under a prefix, for something in an account. */
export type LogWriter = {
  /** logging.s3.amazonaws.com, delivery.logs.amazonaws.com or cloudtrail.amazonaws.com. */
  readonly service: string;
  /** "" for the whole bucket. */
  readonly prefix: string;
  readonly account: string;
  /** The bucket, delivery source or trail that is logged. */
  readonly arn?: string;
} & OfOrganization;

/** Whether a bucket lets a service write every object under a prefix: by its policy, for S3 access logs also by its ACL. */
export function bucketAdmits(bucket: Resource, writer: LogWriter): Claim {
  const byPolicy = (policy: Policy): Claim =>
    claimDecision(policy, questionOf(bucket, writer), writer.service);
  const claim = claimOf(readProperty(bucket, "Policy"), "Policy", (policy) => withPolicy(policy, byPolicy));
  if (writer.service !== accessLogs || claim.is === "yes") return claim;
  return someClaim([claim, everyClaim([isNotDenied(bucket, writer), aclAdmits(bucket)])], "");
}

const accessLogs = "logging.s3.amazonaws.com";
const logDelivery = "http://acs.amazonaws.com/groups/s3/LogDelivery";

function questionOf(
  { id, arn = `arn:aws:s3:::${id}` }: Resource,
  { service, prefix, account, arn: source, ...owner }: LogWriter,
): PolicyQuestion {
  return {
    asker: { kind: "service", service },
    action: "s3:PutObject",
    resource: `${arn}/${prefix}*`,
    context: {
      "aws:SecureTransport": ["true"],
      "aws:PrincipalIsAWSService": ["true"],
      "aws:PrincipalServiceName": [service],
      "aws:PrincipalOrgID": null,
      "aws:SourceAccount": [account],
      ...organizationContext(owner),
      ...(source === undefined ? {} : { "aws:SourceArn": [source] }),
      // The log services hand their objects to the bucket's owner; S3 access logs set no ACL.
      "s3:x-amz-acl": service === accessLogs ? null : ["bucket-owner-full-control"],
      ...(service === accessLogs ? noEncryptionHeaders : {}),
    },
  };
}

// S3 encrypts access logs by the bucket's default, and asks for it in no header.
const noEncryptionHeaders = {
  "s3:x-amz-server-side-encryption": null,
  "s3:x-amz-server-side-encryption-aws-kms-key-id": null,
  "s3:x-amz-server-side-encryption-customer-algorithm": null,
} as const;

function isNotDenied(bucket: Resource, writer: LogWriter): Claim {
  return claimOf(readProperty(bucket, "Policy"), "Policy", (policy) =>
    policy === undefined
      ? holding
      : withPolicy(policy, (parsed) => denial(parsed, questionOf(bucket, writer))),
  );
}

// Whatever the ACL grants, a Deny in the policy wins: ask as if the policy granted the same.
function denial({ statements }: Policy, question: PolicyQuestion): Claim {
  const grant = {
    effect: "Allow",
    name: "ACL",
    principals: { not: false, of: [{ kind: "*", value: "*" }] },
    actions: everything,
    resources: everything,
    conditions: [],
  } as const;
  const denials = statements.filter(({ effect }) => effect === "Deny");
  const decision = decidePolicy({ statements: [grant, ...denials] }, question);
  return decision.is === "yes"
    ? holding
    : claimDecision({ statements: [grant, ...denials] }, question, accessLogs);
}

const everything = { not: false, of: ["*"] } as const;

// Where ACLs are switched off, S3 shows the owner's full control alone.
function aclAdmits(bucket: Resource): Claim {
  return claimOf(readList(bucket, "Grants"), "Grants", (grants = []) => {
    const permissions = grants
      .filter(isObject)
      .filter(({ Grantee: grantee }) => isObject(grantee) && grantee["URI"] === logDelivery);
    const isGranted = permissions.some(
      ({ Permission: permission }) => permission === "WRITE" || permission === "FULL_CONTROL",
    );
    return isGranted ? holding : refuted("its ACL does not let the log delivery group write");
  });
}
