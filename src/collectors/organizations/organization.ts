import type { DescribeOrganizationResponse } from "@aws-sdk/client-organizations";
import { defineCollector, readCall } from "../../core/collector.js";

/**
 * The organization that the account is in. Each member may ask for it; the resource is there, with the account's own id,
 * whether the account is in one or not.
 * https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeOrganization.html
 */
export const organizationsOrganization = defineCollector({
  type: "AWS::Organizations::Organization",
  summary: "Whether the account is in an organization, and which account manages it",
  single: { at: "leader", found: ({ account }) => ({ id: account.id }) },
  reads: [
    readCall<DescribeOrganizationResponse>({
      operation: {
        service: "organizations",
        name: "DescribeOrganization",
        proof: { members: ["Organization.Id"] },
      },
      input: () => ({}),
      properties: [
        "InOrganization",
        "OrganizationId",
        "OrganizationArn",
        "FeatureSet",
        "ManagementAccountId",
      ],
      read: ({ Organization: organization }) => ({
        InOrganization: organization !== undefined,
        OrganizationId: organization?.Id,
        OrganizationArn: organization?.Arn,
        FeatureSet: organization?.FeatureSet,
        ManagementAccountId: organization?.MasterAccountId,
      }),
      learn: ({ name }) =>
        name === "AWSOrganizationsNotInUseException" ? { InOrganization: false } : undefined,
    }),
  ],
  observed: ["InOrganization", "OrganizationId", "OrganizationArn", "ManagementAccountId"],
});
