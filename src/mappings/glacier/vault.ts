import { defineAttachment, defineDeclared } from "../mapping.js";

/** Vaults, which CloudFormation does not know. */
export const vault = defineDeclared({
  type: "AWS::Glacier::Vault",
  born: (_settled, { takenAt }) => ({
    observed: { CreationDate: takenAt, NumberOfArchives: 0, SizeInBytes: 0 },
  }),
});

/** The lock of a vault. */
export const vaultLock = defineAttachment({
  type: "Terraform::Glacier::VaultLock",
  to: "AWS::Glacier::Vault",
  at: "VaultName",
  property: "VaultLock",
  how: "replace",
  from: ["VaultLock"],
  make: ({ VaultLock: lock = null }) => lock,
});
