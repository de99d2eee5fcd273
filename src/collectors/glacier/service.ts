import type { ListVaultsOutput } from "@aws-sdk/client-glacier";
import { defineCollector, readCall } from "../../core/collector.js";
import { given } from "../../shared/aws/names.js";

/**
 * The vault service in each region that has it: closed to accounts that never used it. Asks what the list of vaults
 * asks, so that both together cost one call.
 * https://docs.aws.amazon.com/amazonglacier/latest/dev/introduction.html
 */
export const glacierService = defineCollector({
  type: "AWS::Glacier::Service",
  summary: "Whether the S3 Glacier vault service is closed for the account",
  servedAs: "glacier",
  single: { at: "each-region", found: () => ({ id: "glacier" }) },
  reads: [
    readCall<ListVaultsOutput>({
      operation: { service: "glacier", name: "ListVaults", proof: { members: ["VaultList"] } },
      input: () => ({ accountId: "-" }),
      properties: ["IsClosed"],
      read({ VaultList }) {
        given(VaultList, "VaultList");
        return { IsClosed: false };
      },
      learn: ({ name }) => (name === "NoLongerSupportedException" ? { IsClosed: true } : undefined),
    }),
  ],
  observed: ["IsClosed"],
});
