import { defineAttachment, defineDeclared } from "../mapping.js";
import type { Settling, Standing } from "../mapping.js";
import { policyText } from "../shapes.js";

const always = (value: string): Settling => ({ from: [], make: () => value });

const settle: Readonly<Record<string, Settling>> = {
  KeyArn: { from: [], make: (_given, { arn = null }) => arn },
  KeyManager: always("CUSTOMER"),
  Origin: { from: ["Origin"], make: ({ Origin = "AWS_KMS" }) => Origin },
  KeyState: {
    from: ["Enabled"],
    make: ({ Enabled }) => (Enabled === false ? "Disabled" : "Enabled"),
    keeps: "unless-given",
  },
  KeyPolicy: {
    from: ["KeyPolicy"],
    make: ({ KeyPolicy: policy }, standing) =>
      policy === undefined ? defaultKeyPolicy(standing) : policyText(policy),
  },
  // Asymmetric keys and keys of another origin do not rotate.
  EnableKeyRotation: {
    from: ["EnableKeyRotation", "KeySpec", "Origin"],
    make: ({ EnableKeyRotation, KeySpec = "SYMMETRIC_DEFAULT", Origin = "AWS_KMS" }) =>
      EnableKeyRotation ?? (KeySpec === "SYMMETRIC_DEFAULT" && Origin === "AWS_KMS" ? false : null),
  },
  RotationPeriodInDays: {
    from: ["RotationPeriodInDays", "EnableKeyRotation"],
    make: ({ RotationPeriodInDays, EnableKeyRotation }) =>
      RotationPeriodInDays ?? (EnableKeyRotation === true ? 365 : null),
  },
};

const defaults = {
  Enabled: true,
  KeySpec: "SYMMETRIC_DEFAULT",
  KeyUsage: "ENCRYPT_DECRYPT",
  MultiRegion: false,
};

/** Keys. One that is deleted cannot be used at once, and is gone after 7 to 30 days. */
export const key = defineDeclared({
  type: "AWS::KMS::Key",
  settle,
  defaults,
  died: { KeyState: "PendingDeletion", Enabled: false },
});

/** Replicas of multi-Region keys: they rotate with their primary key. */
export const replicaKey = defineDeclared({
  type: "AWS::KMS::ReplicaKey",
  as: "AWS::KMS::Key",
  settle: {
    ...settle,
    MultiRegion: { from: [], make: () => true },
    EnableKeyRotation: { from: [], make: () => null, keeps: "always" },
    RotationPeriodInDays: { from: [], make: () => null, keeps: "always" },
  },
  defaults,
  born: () => ({ observed: {}, open: { EnableKeyRotation: "the primary key's rotation" } }),
  died: { KeyState: "PendingDeletion", Enabled: false },
});

/** Aliases: what refers to a key by one finds the key's facts under its name. */
export const keyAlias = defineDeclared({
  type: "AWS::KMS::Alias",
  as: "AWS::KMS::Key",
  copies: "TargetKeyId",
});

/** The policy that KMS gives a key without one: the account decides by IAM. */
export function defaultKeyPolicy({ partition, account }: Pick<Standing, "partition" | "account">): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Id: "key-default-1",
    Statement: [
      {
        Sid: "Enable IAM User Permissions",
        Effect: "Allow",
        Principal: { AWS: `arn:${partition}:iam::${account}:root` },
        Action: "kms:*",
        Resource: "*",
      },
    ],
  });
}

/** The policy of a key, of Terraform's own. */
export const keyPolicy = defineAttachment({
  type: "Terraform::KMS::KeyPolicy",
  to: "AWS::KMS::Key",
  at: "KeyId",
  property: "KeyPolicy",
  how: "replace",
  from: ["KeyPolicy"],
  make: ({ KeyPolicy: policy = null }) => (policy === null ? null : policyText(policy)),
  gone: defaultKeyPolicy,
});
