import type {
  GetVaultAccessPolicyOutput,
  GetVaultLockOutput,
  GetVaultNotificationsOutput,
  ListVaultsOutput,
} from "@aws-sdk/client-glacier";
import { defineCollector, listCall, readCall } from "../../core/collector.js";
import type { Identity, Operation } from "../../core/collector.js";
import type { JsonObject } from "../../core/json.js";
import { given } from "../../shared/aws/names.js";

const operation = (name: string, ...members: readonly string[]): Operation => ({
  service: "glacier",
  name,
  proof: { members },
});
const byName = ({ id }: Identity): JsonObject => ({ accountId: "-", vaultName: id });

/**
 * Vaults of S3 Glacier, the service of 2012. An account for which it is closed has none; `AWS::Glacier::Service` says
 * whether it is. A vault that was listed exists, so that "not found" is about what was asked of it.
 * https://docs.aws.amazon.com/amazonglacier/latest/dev/api-vault-notifications-get.html
 */
export const glacierVault = defineCollector({
  type: "AWS::Glacier::Vault",
  summary: "S3 Glacier vaults: notifications, lock, access policy",
  servedAs: "glacier",
  list: listCall<ListVaultsOutput>({
    operation: operation("ListVaults", "VaultList"),
    at: "each-region",
    input: () => ({ accountId: "-" }),
    pages: { ask: "marker", answer: "Marker" },
    properties: ["VaultName", "CreationDate", "LastInventoryDate", "NumberOfArchives", "SizeInBytes"],
    found: ({ VaultList }) =>
      given(VaultList, "VaultList").map(({ VaultName = "", VaultARN, ...vault }) => ({
        id: VaultName,
        ...(VaultARN === undefined ? {} : { arn: VaultARN }),
        properties: {
          VaultName,
          CreationDate: vault.CreationDate,
          LastInventoryDate: vault.LastInventoryDate,
          NumberOfArchives: vault.NumberOfArchives,
          SizeInBytes: vault.SizeInBytes,
        },
      })),
    notSet: ["NoLongerSupportedException"],
  }),
  reads: [
    readCall<GetVaultNotificationsOutput>({
      operation: operation("GetVaultNotifications", "vaultNotificationConfig.SNSTopic"),
      input: byName,
      properties: ["NotificationConfiguration"],
      read: ({ vaultNotificationConfig }) => ({ NotificationConfiguration: vaultNotificationConfig }),
      notSet: ["ResourceNotFoundException"],
    }),
    readCall<GetVaultLockOutput>({
      operation: operation("GetVaultLock", "State"),
      input: byName,
      properties: ["VaultLock"],
      read: ({ Policy, State, CreationDate, ExpirationDate }) => ({
        VaultLock: { Policy, State, CreationDate, ExpirationDate },
      }),
      notSet: ["ResourceNotFoundException"],
    }),
    readCall<GetVaultAccessPolicyOutput>({
      operation: operation("GetVaultAccessPolicy", "policy.Policy"),
      input: byName,
      properties: ["AccessPolicy"],
      read: ({ policy }) => ({ AccessPolicy: policy?.Policy }),
      notSet: ["ResourceNotFoundException"],
    }),
  ],
  observed: ["CreationDate", "LastInventoryDate", "NumberOfArchives", "SizeInBytes", "VaultLock"],
});
