import { same } from "../terraform.js";
import type { TerraformMappings } from "../terraform.js";

/** Types of Terraform's AWS provider that are there once for an account. */
export const ORGANIZATIONS: TerraformMappings = {
  aws_organizations_organization: {
    type: "AWS::Organizations::Organization",
    properties: same("FeatureSet"),
    once: true,
  },
};
