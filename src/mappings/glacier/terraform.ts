import { whenText } from "../terraform-shapes.js";
import { same, mapMembers } from "../terraform.js";
import type { TerraformMappings } from "../terraform.js";

/** S3 Glacier's types of Terraform's AWS provider; CloudFormation has none. */
export const GLACIER: TerraformMappings = {
  aws_glacier_vault: {
    type: "AWS::Glacier::Vault",
    properties: {
      VaultName: "name",
      AccessPolicy: "access_policy",
      NotificationConfiguration: {
        block: "notification",
        members: { SNSTopic: "sns_topic", ...same("Events") },
      },
    },
    formulas: { id: "{name}" },
  },
  aws_glacier_vault_lock: {
    type: "Terraform::Glacier::VaultLock",
    properties: {
      VaultName: "vault_name",
      VaultLock: {
        from: ["policy", "complete_lock"],
        shape: (read) =>
          mapMembers(
            {
              Policy: "policy",
              State: whenText("complete_lock", { true: "Locked", false: "InProgress" }),
            },
            read,
          ),
      },
    },
  },
};
