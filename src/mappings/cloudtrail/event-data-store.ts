import { defineDeclared } from "../mapping.js";

/** Event data stores. https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateEventDataStore.html */
export const eventDataStore = defineDeclared({
  type: "AWS::CloudTrail::EventDataStore",
  wide: "MultiRegionEnabled",
  settle: {
    RetentionPeriod: {
      from: ["RetentionPeriod", "BillingMode"],
      make: ({ RetentionPeriod, BillingMode }) =>
        RetentionPeriod ?? (BillingMode === "FIXED_RETENTION_PRICING" ? 2557 : 366),
    },
    Status: {
      from: ["IngestionEnabled", "Status"],
      make: ({ IngestionEnabled, Status = "ENABLED" }) =>
        IngestionEnabled === false ? "STOPPED_INGESTION" : Status,
      keeps: "unless-given",
    },
  },
  defaults: {
    MultiRegionEnabled: true,
    OrganizationEnabled: false,
    TerminationProtectionEnabled: true,
    BillingMode: "EXTENDABLE_RETENTION_PRICING",
  },
});
