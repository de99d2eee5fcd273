import type { GetEventDataStoreResponse, ListEventDataStoresResponse } from "@aws-sdk/client-cloudtrail";
import { defineCollector, listCall, readCall } from "../../core/collector.js";

/**
 * CloudTrail Lake event data stores. ListEventDataStores gives names and ARNs only; all else is deprecated there.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_ListEventDataStores.html
 */
export const cloudtrailEventDataStore = defineCollector({
  type: "AWS::CloudTrail::EventDataStore",
  summary: "CloudTrail Lake event data stores: selectors, scope, retention, key, status",
  servedAs: "cloudtrail-lake",
  list: listCall<ListEventDataStoresResponse>({
    operation: {
      service: "cloudtrail",
      name: "ListEventDataStores",
      proof: { members: ["EventDataStores"] },
    },
    at: "each-region",
    pages: { ask: "NextToken", answer: "NextToken" },
    properties: ["Name"],
    found: ({ EventDataStores = [] }) =>
      EventDataStores.flatMap(({ EventDataStoreArn: arn, Name }) => {
        // A multi-region store may be listed away from its home, which its ARN names.
        const [, , , region, account] = arn?.split(":") ?? [];
        return arn === undefined || region === undefined || account === undefined
          ? []
          : [{ id: Name ?? arn, arn, account, region, properties: { Name } }];
      }),
  }),
  reads: [
    readCall<GetEventDataStoreResponse>({
      operation: {
        service: "cloudtrail",
        name: "GetEventDataStore",
        proof: { members: ["EventDataStoreArn"] },
      },
      input: ({ arn, id }) => ({ EventDataStore: arn ?? id }),
      properties: [
        "AdvancedEventSelectors",
        "MultiRegionEnabled",
        "OrganizationEnabled",
        "RetentionPeriod",
        "TerminationProtectionEnabled",
        "KmsKeyId",
        "BillingMode",
        "Status",
      ],
      read: ({
        AdvancedEventSelectors: selectors,
        MultiRegionEnabled,
        OrganizationEnabled,
        RetentionPeriod,
        TerminationProtectionEnabled,
        KmsKeyId,
        BillingMode,
        Status,
      }) => ({
        AdvancedEventSelectors: selectors?.length === 0 ? undefined : selectors,
        MultiRegionEnabled,
        OrganizationEnabled,
        RetentionPeriod,
        TerminationProtectionEnabled,
        KmsKeyId,
        BillingMode,
        Status,
      }),
      gone: ["EventDataStoreNotFoundException"],
    }),
  ],
  observed: ["Status"],
});
