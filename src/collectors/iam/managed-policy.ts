import { declared } from "../../aws/declared.js";
import { iamIdentity } from "../../aws/iam-identity.js";

/** Managed policies that a role has, AWS's own ones too; the document is JSON text, of the version that counts. */
export const iamManagedPolicy = declared({
  type: "AWS::IAM::ManagedPolicy",
  summary: "Managed policies of roles that write logs",
  reads: [
    {
      call: "iam:GetPolicy",
      input: { PolicyArn: "{arn}" },
      from: "Policy",
      properties: { DefaultVersionId: "DefaultVersionId" },
      gone: ["NoSuchEntityException"],
    },
    {
      call: "iam:GetPolicyVersion",
      after: ["DefaultVersionId"],
      input: { PolicyArn: "{arn}", VersionId: "{DefaultVersionId}" },
      from: "PolicyVersion",
      properties: {
        PolicyDocument: {
          at: "Document",
          by: (document) => (typeof document === "string" ? decodeURIComponent(document) : undefined),
        },
      },
      gone: ["NoSuchEntityException"],
    },
  ],
  refer: (reference, from) => iamIdentity("policy", reference, from),
  observed: ["DefaultVersionId"],
});
