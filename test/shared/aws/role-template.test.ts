import { describe, expect, it } from "vitest";
import { deployTemplate } from "../../support/template.js";

const parameters = {
  AuditorArn: "arn:aws:iam::999999999999:role/path/auditor",
  OrganizationId: "o-abcdefghij",
};

function trust(more: Readonly<Record<string, string>> = {}): unknown {
  const { resources } = deployTemplate("deploy/member-role.yaml", {
    name: "m",
    account: "111122223333",
    region: "us-east-1",
    parameters: { ...parameters, ...more },
  });
  expect(resources.map(({ type }) => type)).toEqual(["AWS::IAM::Role"]);
  return (resources[0]?.properties["AssumeRolePolicyDocument"] as { Statement: unknown[] }).Statement;
}

describe("the role that a StackSet puts into each account", () => {
  it("trusts the auditor alone, and only within the organization", () => {
    expect(trust()).toEqual([
      {
        Effect: "Allow",
        Principal: { AWS: "999999999999" },
        Action: "sts:AssumeRole",
        Condition: {
          ArnEquals: { "aws:PrincipalArn": parameters.AuditorArn },
          StringEquals: { "aws:PrincipalOrgID": "o-abcdefghij" },
        },
      },
    ]);
  });

  it("asks for an external id where one is given", () => {
    expect(trust({ ExternalId: "secret-handshake" })).toMatchObject([
      { Condition: { StringEquals: { "sts:ExternalId": "secret-handshake" } } },
    ]);
  });
});
