import { declared } from "../../aws/declared.js";
import { iamIdentity } from "../../aws/iam-identity.js";

const gone = ["NoSuchEntityException"];

/** Roles that something names by their ARN; documents are JSON text. Inline policies are asked for one by one. */
export const iamRole = declared({
  type: "AWS::IAM::Role",
  summary: "IAM roles that write logs: trust, boundary, policies",
  reads: [
    {
      call: "iam:GetRole",
      input: { RoleName: "{id}" },
      from: "Role",
      properties: {
        RoleName: "RoleName",
        AssumeRolePolicyDocument: { at: "AssumeRolePolicyDocument", by: decoded },
        PermissionsBoundary: "PermissionsBoundary.PermissionsBoundaryArn",
      },
      gone,
    },
    {
      call: "iam:ListAttachedRolePolicies",
      input: { RoleName: "{id}" },
      pages: ["Marker", "Marker"],
      proof: { members: ["AttachedPolicies"] },
      properties: {
        ManagedPolicyArns: { at: "AttachedPolicies", only: ["PolicyArn"], by: arnsOf },
      },
      gone,
    },
    {
      call: "iam:ListRolePolicies",
      input: { RoleName: "{id}" },
      pages: ["Marker", "Marker"],
      proof: { members: ["PolicyNames"] },
      properties: { PolicyNames: "PolicyNames" },
      gone,
    },
    {
      call: "iam:GetRolePolicy",
      after: ["PolicyNames"],
      input: { RoleName: "{id}" },
      each: { of: "PolicyNames", as: "PolicyName" },
      proof: { members: ["PolicyName"] },
      properties: {
        Policies: {
          at: ".",
          only: ["PolicyName", "PolicyDocument"],
          by: (policy) => {
            const { PolicyName, PolicyDocument } = { ...(policy as Readonly<Record<string, unknown>>) };
            return [{ PolicyName, PolicyDocument: decoded(PolicyDocument) }];
          },
        },
      },
      gone,
    },
  ],
  refer: (reference, from) => iamIdentity("role", reference, from),
  observed: ["PolicyNames"],
});

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html
function decoded(document: unknown): unknown {
  return typeof document === "string" ? decodeURIComponent(document) : undefined;
}

function arnsOf(attached: unknown): unknown {
  return Array.isArray(attached)
    ? attached.map((policy: Readonly<Record<string, unknown>>) => policy["PolicyArn"])
    : undefined;
}
