import { describe, expect, it } from "vitest";
import { configConfigurationRecorder } from "../../src/collectors/config/configuration-recorder.js";
import { configDeliveryChannel } from "../../src/collectors/config/delivery-channel.js";
import { eventsEventBus } from "../../src/collectors/events/event-bus.js";
import { eventsRule } from "../../src/collectors/events/rule.js";
import { glacierService } from "../../src/collectors/glacier/service.js";
import { glacierVault } from "../../src/collectors/glacier/vault.js";
import { organizationsOrganization } from "../../src/collectors/organizations/organization.js";
import { s3AccountPublicAccessBlock } from "../../src/collectors/s3/account-public-access-block.js";
import { trustedadvisorAccess } from "../../src/collectors/trustedadvisor/access.js";
import { trustedadvisorCheck } from "../../src/collectors/trustedadvisor/check.js";
import { awsError, denied } from "../sources/support/fake-aws.js";
import { canned, home } from "./support/canned.js";
import { readNeeds, saysOf } from "./support/read.js";

const noPlan = (): Error => awsError("SubscriptionRequiredException");

describe("the collectors of the vault service", () => {
  const both = [glacierVault, glacierService];
  const needs = [
    { type: "AWS::Glacier::Vault", properties: ["NotificationConfiguration"] },
    { type: "AWS::Glacier::Service", properties: ["IsClosed"] },
  ];

  it("a closed service has no vaults, and says so, by one call", async () => {
    const { snapshot, aws } = await readNeeds(
      both,
      { ListVaults: () => awsError("NoLongerSupportedException") },
      { needs },
    );
    expect([snapshot.gaps, aws.count("ListVaults")]).toEqual([[], 1]);
    expect(snapshot.resources).toMatchObject([
      { type: "AWS::Glacier::Service", region: "us-east-1", observed: { IsClosed: true } },
    ]);
  });

  it("a refused list says neither", async () => {
    const { snapshot } = await readNeeds(both, { ListVaults: () => denied("glacier:ListVaults") }, { needs });
    expect(snapshot.gaps).toMatchObject([{ type: "AWS::Glacier::Vault" }]);
    expect(snapshot.resources).toMatchObject([
      { type: "AWS::Glacier::Service", unreadable: { IsClosed: { action: "glacier:ListVaults" } } },
    ]);
  });

  it("are not asked for where the service never was", async () => {
    const { snapshot, aws } = await readNeeds(
      both,
      { ListVaults: () => ({ VaultList: [] }) },
      { needs, regions: ["ap-south-2", "us-east-1"] },
    );
    expect(
      aws.calls.filter(({ operation }) => operation === "ListVaults").map(({ region }) => region),
    ).toEqual(["us-east-1"]);
    expect(snapshot.resources.map(({ region }) => region)).toEqual(["us-east-1"]);
  });

  it.each([
    ["GetVaultNotifications", "NotificationConfiguration"],
    ["GetVaultLock", "VaultLock"],
    ["GetVaultAccessPolicy", "AccessPolicy"],
  ])("%s of a listed vault can say that %s is not set", async (operation, property) => {
    const { snapshot } = await readNeeds(
      [glacierVault],
      {
        ...canned["AWS::Glacier::Vault"],
        [operation]: () => awsError("ResourceNotFoundException", { status: 404 }),
      },
      { needs: [{ type: "AWS::Glacier::Vault", properties: [property] }] },
    );
    expect(saysOf(snapshot, "AWS::Glacier::Vault")).toMatchObject({ [property]: null });
  });

  it("reads every page of vaults", async () => {
    const { snapshot } = await readNeeds(
      [glacierVault],
      {
        ListVaults: ({ input }) =>
          input["marker"] === undefined
            ? { VaultList: [{ VaultName: "1" }], Marker: "m" }
            : { VaultList: [{ VaultName: "2" }] },
      },
      { needs: [{ type: "AWS::Glacier::Vault", properties: [] }] },
    );
    expect(snapshot.resources.map(({ id }) => id)).toEqual(["1", "2"]);
  });
});

describe("the collectors of Trusted Advisor", () => {
  const checks = (count: number): readonly object[] =>
    Array.from({ length: count }, (_, at) => ({
      id: `c${at}`,
      name: "n",
      category: "security",
      metadata: [],
    }));
  const summaries = (ids: readonly string[], status = "ok"): object => ({
    summaries: ids.map((checkId) => ({
      checkId,
      status,
      timestamp: "2026-11-20T06:00:00Z",
      resourcesSummary: { resourcesSuppressed: 0 },
    })),
  });
  const type = "AWS::TrustedAdvisor::Check";

  it("ask for fifty summaries at once, each once", async () => {
    const { snapshot, aws } = await readNeeds(
      [trustedadvisorCheck],
      {
        DescribeTrustedAdvisorChecks: () => ({ checks: checks(120) }),
        DescribeTrustedAdvisorCheckSummaries: ({ input }) =>
          summaries(input["checkIds"] as readonly string[]),
      },
      { needs: [{ type, properties: ["Status"] }] },
    );
    expect(
      aws.calls
        .filter(({ operation }) => operation.endsWith("Summaries"))
        .map(({ input }) => (input["checkIds"] as readonly string[]).length)
        .sort(),
    ).toEqual([20, 50, 50]);
    expect(snapshot.resources.filter(({ observed }) => observed?.["Status"] === "ok")).toHaveLength(120);
  });

  it("ask for the flagged resources of checks that are not green or had something left out", async () => {
    const { snapshot, aws } = await readNeeds(
      [trustedadvisorCheck],
      {
        ...canned[type],
        DescribeTrustedAdvisorChecks: () => ({ checks: checks(2) }),
        DescribeTrustedAdvisorCheckSummaries: () => ({
          summaries: [
            { checkId: "c0", status: "ok", resourcesSummary: { resourcesSuppressed: 0 } },
            { checkId: "c1", status: "ok", resourcesSummary: { resourcesSuppressed: 2 } },
          ],
        }),
      },
      { needs: [{ type, properties: ["FlaggedResources"] }] },
    );
    expect(
      aws.calls.filter(({ operation }) => operation.endsWith("Result")).map(({ input }) => input),
    ).toEqual([{ checkId: "c1", language: "en" }]);
    expect(saysOf(snapshot, type, "c0")).toMatchObject({ FlaggedResources: null });
    expect(saysOf(snapshot, type, "c1")).toMatchObject({
      FlaggedResources: [
        { Status: "warning", Metadata: ["Yellow", "us-east-1"] },
        { Status: "ok", IsSuppressed: true },
      ],
    });
  });

  it("a summary that is missing from the answer is unreadable, never green", async () => {
    const { snapshot } = await readNeeds(
      [trustedadvisorCheck],
      { ...canned[type], DescribeTrustedAdvisorCheckSummaries: () => ({ summaries: [] }) },
      { needs: [{ type, properties: ["Status"] }] },
    );
    expect(snapshot.resources[0]?.unreadable?.["Status"]).toMatchObject({ reason: "Malformed" });
  });

  it("without a plan the checks are a gap, and the access is known to be missing, by one call", async () => {
    const { snapshot, aws } = await readNeeds(
      [trustedadvisorCheck, trustedadvisorAccess],
      {
        DescribeTrustedAdvisorChecks: noPlan,
        ListChecks: () =>
          awsError("AccessDeniedException", { status: 403, message: "Access denied due to support level" }),
      },
      {
        needs: [
          { type, properties: ["Status"] },
          {
            type: "AWS::TrustedAdvisor::Access",
            properties: ["SupportApiEntitled", "TrustedAdvisorApiEntitled"],
          },
        ],
      },
    );
    expect(aws.count("DescribeTrustedAdvisorChecks")).toBe(1);
    expect(snapshot.gaps).toMatchObject([{ type, reason: "SubscriptionRequiredException" }]);
    expect(saysOf(snapshot, "AWS::TrustedAdvisor::Access")).toEqual({
      SupportApiEntitled: false,
      SupportApiCategories: null,
      TrustedAdvisorApiEntitled: false,
    });
  });

  it("a refused permission tells nothing about the plan", async () => {
    const { snapshot } = await readNeeds(
      [trustedadvisorAccess],
      {
        DescribeTrustedAdvisorChecks: () => denied("support:DescribeTrustedAdvisorChecks"),
        ListChecks: () => denied("trustedadvisor:ListChecks"),
      },
      {
        needs: [
          {
            type: "AWS::TrustedAdvisor::Access",
            properties: ["SupportApiEntitled", "TrustedAdvisorApiEntitled"],
          },
        ],
      },
    );
    expect(snapshot.resources[0]?.unreadable).toMatchObject({
      SupportApiEntitled: { reason: "AccessDenied" },
      TrustedAdvisorApiEntitled: { reason: "AccessDenied" },
    });
  });
});

describe("what is there once", () => {
  it("an account outside any organization is known to be outside", async () => {
    const { snapshot } = await readNeeds(
      [organizationsOrganization],
      { DescribeOrganization: () => awsError("AWSOrganizationsNotInUseException") },
      { needs: [{ type: "AWS::Organizations::Organization", properties: ["InOrganization"] }] },
    );
    expect(snapshot.collected["AWS::Organizations::Organization"]?.listed).toBe("account");
    expect(snapshot.resources).toMatchObject([
      { id: home, observed: { InOrganization: false, ManagementAccountId: null } },
    ]);
  });

  it("a member knows who manages", async () => {
    const { snapshot } = await readNeeds(
      [organizationsOrganization],
      canned["AWS::Organizations::Organization"] ?? {},
      { needs: [{ type: "AWS::Organizations::Organization", properties: ["InOrganization"] }] },
    );
    expect(saysOf(snapshot, "AWS::Organizations::Organization")).toEqual({
      InOrganization: true,
      OrganizationId: "o-1",
      OrganizationArn: null,
      FeatureSet: "ALL",
      ManagementAccountId: "999999999999",
    });
  });

  it("an account block that was never set is there, not set", async () => {
    const { snapshot, aws } = await readNeeds(
      [s3AccountPublicAccessBlock],
      { GetPublicAccessBlock: () => awsError("NoSuchPublicAccessBlockConfiguration", { status: 404 }) },
      {
        needs: [
          { type: "AWS::S3::AccountPublicAccessBlock", properties: ["PublicAccessBlockConfiguration"] },
        ],
      },
    );
    expect(aws.calls.at(-1)).toMatchObject({ service: "s3control", input: { AccountId: home } });
    expect(snapshot.resources).toMatchObject([
      { id: home, properties: { PublicAccessBlockConfiguration: null } },
    ]);
  });
});

describe("the collectors of AWS Config", () => {
  it("find each one's status in the answer about all", async () => {
    const two = [configConfigurationRecorder, configDeliveryChannel];
    const { snapshot } = await readNeeds(
      two,
      { ...canned["AWS::Config::ConfigurationRecorder"], ...canned["AWS::Config::DeliveryChannel"] },
      {
        needs: [
          { type: "AWS::Config::ConfigurationRecorder", properties: ["Recording"] },
          { type: "AWS::Config::DeliveryChannel", properties: ["ConfigHistoryDeliveryInfo"] },
        ],
      },
    );
    expect(saysOf(snapshot, "AWS::Config::ConfigurationRecorder")).toMatchObject({
      Recording: true,
      LastStatus: "SUCCESS",
      RecordingGroup: { AllSupported: true, RecordingStrategy: { UseOnly: "ALL_SUPPORTED_RESOURCE_TYPES" } },
    });
    expect(saysOf(snapshot, "AWS::Config::DeliveryChannel")).toMatchObject({
      S3BucketName: "b",
      ConfigSnapshotDeliveryProperties: { DeliveryFrequency: "One_Hour" },
      ConfigHistoryDeliveryInfo: { LastStatus: "FAILURE", LastErrorCode: "NoSuchBucket" },
    });
  });
});

describe("the collectors of EventBridge", () => {
  it("read the rules of every bus, and each rule's targets on its own bus", async () => {
    const rule = (Name: string, EventBusName: string): object => ({
      Name,
      EventBusName,
      Arn: `arn:aws:events:us-east-1:${home}:rule/${EventBusName}/${Name}`,
      EventPattern: "{}",
    });
    const { snapshot, aws } = await readNeeds(
      [eventsEventBus, eventsRule],
      {
        ...canned["AWS::Events::Rule"],
        ListRules: ({ input }) => ({ Rules: [rule("r", input["EventBusName"] as string)] }),
      },
      { needs: [{ type: "AWS::Events::Rule", properties: ["Targets"] }] },
    );
    expect(
      aws.calls.filter(({ operation }) => operation === "ListTargetsByRule").map(({ input }) => input),
    ).toEqual([
      { Rule: "r", EventBusName: "custom" },
      { Rule: "r", EventBusName: "default" },
    ]);
    expect(
      snapshot.resources
        .filter(({ type }) => type === "AWS::Events::Rule")
        .map(({ properties }) => properties["Targets"]),
    ).toEqual([
      [{ Arn: `arn:aws:events:us-east-1:${home}:api-destination/d/1`, Id: "1" }],
      [{ Arn: `arn:aws:events:us-east-1:${home}:api-destination/d/1`, Id: "1" }],
    ]);
  });

  it("a bus whose rules cannot be listed is named in the gap", async () => {
    const { snapshot } = await readNeeds(
      [eventsEventBus, eventsRule],
      {
        ...canned["AWS::Events::Rule"],
        ListRules: ({ input }) =>
          input["EventBusName"] === "custom" ? denied("events:ListRules") : { Rules: [] },
      },
      { needs: [{ type: "AWS::Events::Rule", properties: [] }] },
    );
    expect(snapshot.gaps).toMatchObject([
      { type: "AWS::Events::Rule", parent: "custom", action: "events:ListRules" },
    ]);
  });
});
