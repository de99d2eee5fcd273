import type { PolicyDocument } from "./iam-policy-document.js";

/** A CloudFormation template as plain data; intrinsic functions in their long form. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html */
export type Template = { readonly [section: string]: unknown };

/** How the `yaml` package writes a template: with the quotes that CloudFormation's YAML 1.1 needs around dates. */
export const yamlStyle = { version: "1.1", lineWidth: 0 } as const;

/**
 * A CloudFormation template of the role that Watchproof assumes in an account, with exactly this policy. It fits a
 * StackSet: it names no account of its own, and nothing in it needs a region. Trusted is one principal, by its ARN, and
 * only while it belongs to the organization.
 */
export function roleTemplate(policy: PolicyDocument): Template {
  return {
    AWSTemplateFormatVersion: "2010-09-09",
    Description:
      "The role by which Watchproof reads an account. Deploy it as a StackSet to every account of an organization, in one region; and, since a StackSet leaves it out, as a stack to the management account.",
    Parameters: {
      AuditorArn: {
        Type: "String",
        AllowedPattern: "^arn:aws[a-z-]*:iam::[0-9]{12}:(role|user)/.+$",
        Description:
          "Who may assume the role: the ARN of a role or user, such as the output FunctionRoleArn of audit.yaml.",
      },
      OrganizationId: {
        Type: "String",
        AllowedPattern: "^o-[a-z0-9]{10,32}$",
        Description: "The organization that the auditor must belong to.",
      },
      RoleName: {
        Type: "String",
        Default: "Watchproof",
        AllowedPattern: "^[\\w+=,.@-]{1,64}$",
        Description: "As audit.role.name in the config.",
      },
      ExternalId: {
        Type: "String",
        Default: "",
        AllowedPattern: "^$|^[\\w+=,.@:/-]{2,1224}$",
        Description: "As audit.role.externalId in the config; empty: none is asked for.",
      },
    },
    Conditions: { HasExternalId: { "Fn::Not": [{ "Fn::Equals": [{ Ref: "ExternalId" }, ""] }] } },
    Resources: {
      Role: {
        Type: "AWS::IAM::Role",
        Properties: {
          RoleName: { Ref: "RoleName" },
          Description: "Watchproof reads here which logging and monitoring is in place.",
          MaxSessionDuration: 3600,
          AssumeRolePolicyDocument: trust,
          Policies: [{ PolicyName: "watchproof", PolicyDocument: policy }],
        },
      },
    },
    Outputs: { RoleArn: { Value: { "Fn::GetAtt": ["Role", "Arn"] } } },
  };
}

// The principal is the auditor's account and the condition names the auditor: a principal that does not exist yet would be
// refused, and one that is deleted and made again would lose its access.
const trust = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { AWS: { "Fn::Select": [4, { "Fn::Split": [":", { Ref: "AuditorArn" }] }] } },
      Action: "sts:AssumeRole",
      Condition: {
        ArnEquals: { "aws:PrincipalArn": { Ref: "AuditorArn" } },
        StringEquals: {
          "aws:PrincipalOrgID": { Ref: "OrganizationId" },
          "sts:ExternalId": { "Fn::If": ["HasExternalId", { Ref: "ExternalId" }, { Ref: "AWS::NoValue" }] },
        },
      },
    },
  ],
};
