import { describe, expect, it } from "vitest";
import { cloudtrailEventDataStore } from "../../../src/collectors/cloudtrail/event-data-store.js";
import { awsError, denied } from "../../sources/support/fake-aws.js";
import { readType } from "./answers.js";

const arn = "arn:aws:cloudtrail:us-east-1:111111111111:eventdatastore/1";
const ListEventDataStores = (): object => ({ EventDataStores: [{ EventDataStoreArn: arn, Name: "lake" }] });
const GetEventDataStore = (): object => ({
  EventDataStoreArn: arn,
  Status: "ENABLED",
  MultiRegionEnabled: true,
  OrganizationEnabled: false,
  RetentionPeriod: 366,
  AdvancedEventSelectors: [],
});

describe("the collector of event data stores", () => {
  it("reads each store once, in the region of its ARN", async () => {
    const { snapshot, aws } = await readType(
      cloudtrailEventDataStore,
      { ListEventDataStores, GetEventDataStore },
      { properties: ["Status"], regions: ["eu-west-1", "us-east-1"] },
    );
    expect(snapshot.resources).toEqual([
      {
        type: "AWS::CloudTrail::EventDataStore",
        id: "lake",
        arn,
        account: "111111111111",
        region: "us-east-1",
        properties: {
          AdvancedEventSelectors: null,
          BillingMode: null,
          KmsKeyId: null,
          MultiRegionEnabled: true,
          Name: "lake",
          OrganizationEnabled: false,
          RetentionPeriod: 366,
          TerminationProtectionEnabled: null,
        },
        observed: { SeenIn: ["eu-west-1", "us-east-1"], Status: "ENABLED" },
      },
    ]);
    expect(aws.calls.filter(({ operation }) => operation === "GetEventDataStore")).toMatchObject([
      { region: "us-east-1", input: { EventDataStore: arn } },
    ]);
  });

  it("does not ask where CloudTrail Lake is not offered, and knows that there is none", async () => {
    const { snapshot, aws } = await readType(
      cloudtrailEventDataStore,
      { ListEventDataStores: () => ({ EventDataStores: [] }) },
      { properties: [], regions: ["ca-west-1", "us-east-1"] },
    );
    expect(aws.count("ListEventDataStores")).toBe(1);
    expect([snapshot.collected["AWS::CloudTrail::EventDataStore"]?.listed, snapshot.gaps]).toEqual([
      ["ca-west-1", "us-east-1"],
      [],
    ]);
  });

  it("a store that vanished between the calls does not exist", async () => {
    const { snapshot } = await readType(
      cloudtrailEventDataStore,
      { ListEventDataStores, GetEventDataStore: () => awsError("EventDataStoreNotFoundException") },
      { properties: ["Status"] },
    );
    expect(snapshot.resources[0]?.observed).toMatchObject({ Exists: false, Status: null });
  });

  it("refused calls are a gap, and unreadable", async () => {
    const list = await readType(
      cloudtrailEventDataStore,
      { ListEventDataStores: () => denied("x") },
      { properties: ["Status"] },
    );
    expect(list.snapshot.gaps).toMatchObject([
      { reason: "AccessDenied", action: "cloudtrail:ListEventDataStores" },
    ]);
    const read = await readType(
      cloudtrailEventDataStore,
      { ListEventDataStores, GetEventDataStore: () => denied("x") },
      { properties: ["Status"] },
    );
    expect(read.snapshot.resources[0]?.unreadable?.["Status"]).toMatchObject({
      reason: "AccessDenied",
      action: "cloudtrail:GetEventDataStore",
    });
  });
});
