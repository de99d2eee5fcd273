import { same } from "../terraform.js";
import type { TerraformMappings } from "../terraform.js";

/** KMS's types of Terraform's AWS provider. */
export const KMS: TerraformMappings = {
  aws_kms_key: {
    type: "AWS::KMS::Key",
    properties: {
      KeyPolicy: "policy",
      Enabled: "is_enabled",
      KeySpec: "customer_master_key_spec",
      ...same("EnableKeyRotation", "RotationPeriodInDays", "KeyUsage", "MultiRegion"),
      Origin: {
        from: ["custom_key_store_id", "xks_key_id"],
        shape: (read) => {
          if (read("xks_key_id") !== undefined) return "EXTERNAL_KEY_STORE";
          return read("custom_key_store_id") === undefined ? undefined : "AWS_CLOUDHSM";
        },
      },
    },
    computed: ["policy", "rotation_period_in_days", "multi_region"],
    zero: ["rotation_period_in_days"],
    formulas: { key_id: "{ref}" },
    inline: { KeyPolicy: "Terraform::KMS::KeyPolicy" },
  },
  aws_kms_external_key: {
    type: "AWS::KMS::Key",
    properties: { KeyPolicy: "policy", Enabled: "enabled", ...same("KeySpec", "KeyUsage", "MultiRegion") },
    constant: { Origin: "EXTERNAL" },
    computed: ["policy", "enabled", "key_spec", "key_usage", "multi_region"],
    inline: { KeyPolicy: "Terraform::KMS::KeyPolicy" },
  },
  aws_kms_replica_key: {
    type: "AWS::KMS::ReplicaKey",
    properties: { KeyPolicy: "policy", Enabled: "enabled", ...same("PrimaryKeyArn") },
    computed: ["policy"],
    formulas: { key_id: "{ref}" },
    inline: { KeyPolicy: "Terraform::KMS::KeyPolicy" },
  },
  aws_kms_key_policy: {
    type: "Terraform::KMS::KeyPolicy",
    properties: { KeyId: "key_id", KeyPolicy: "policy" },
  },
  aws_kms_alias: {
    type: "AWS::KMS::Alias",
    properties: { AliasName: "name", TargetKeyId: "target_key_id" },
    computed: ["name"],
  },
};
