import { describe, expect, it } from "vitest";
import { declared } from "../../src/aws/declared.js";
import { makePlan } from "../../src/sources/plan.js";
import { plannedCalls } from "../../src/sources/planned-calls.js";
import { awsError, denied } from "../sources/support/fake-aws.js";
import { readNeeds, saysOf } from "../collectors/support/read.js";

const parent = declared({
  type: "Test::Parent",
  summary: "parents",
  list: { call: "eks:ListClusters", items: "clusters", pages: ["nextToken", "nextToken"], id: "." },
});
const child = declared({
  type: "Test::Child",
  summary: "children, where there are parents",
  list: {
    call: "ecs:ListClusters",
    at: { where: ["Test::Parent"] },
    items: "clusterArns",
    id: ".",
    arn: ".",
  },
  reads: [
    {
      call: "ecs:DescribeClusters",
      batch: { of: 2, input: "clusters", by: "arn", match: "clusterArn" },
      from: "clusters",
      properties: {
        ClusterName: "clusterName",
        Settings: "settings",
        Doc: { at: "statistics", by: (text) => JSON.parse(String(text)) as unknown },
      },
    },
  ],
});
const switched = declared({
  type: "Test::Switch",
  summary: "a switch",
  single: { at: "each-region", found: () => ({ id: "s" }) },
  reads: [
    {
      call: "macie2:GetMacieSession",
      proof: { members: ["status|$metadata.requestId"] },
      properties: { Status: "status" },
      learn: [{ error: "AccessDeniedException", says: /not enabled/u, means: { Status: "DISABLED" } }],
    },
    {
      call: "macie2:GetAutomatedDiscoveryConfiguration",
      after: ["Status"],
      when: ({ Status }) => Status === "ENABLED",
      proof: { members: ["status"] },
      properties: { Discovery: "status" },
    },
  ],
});
const regions = ["eu-west-1", "us-east-1"];
const needs = [{ type: "Test::Child", properties: ["ClusterName", "Settings", "Doc"] }];
const clusters = ["a", "b", "c"];
const answers = {
  ListClusters: ({ service, region }: { readonly service: string; readonly region: string }) =>
    service === "eks" ? { clusters: region === "us-east-1" ? ["p", "q"] : [] } : { clusterArns: clusters },
  DescribeClusters: ({ input }: { readonly input: object }) => ({
    clusters: (input as { readonly clusters: readonly string[] }).clusters.map((clusterArn) => ({
      clusterArn,
      clusterName: `name of ${clusterArn}`,
      settings: [{ name: "containerInsights", value: "enabled" }],
      statistics: '{"kept":1}',
    })),
  }),
};

describe("a collector as data", () => {
  it("lists only in regions where another type was found, and once in each", async () => {
    const { snapshot, aws } = await readNeeds([parent, child], answers, { needs, regions });
    const asked = aws.calls.filter(
      ({ service, operation }) => `${service}:${operation}` === "ecs:ListClusters",
    );
    expect(asked.map(({ region }) => region)).toEqual(["us-east-1"]);
    expect(snapshot.collected["Test::Child"]?.listed).toEqual(regions);
    expect(snapshot.gaps).toEqual([]);
  });

  it("cannot see its resources where that other type could not be listed", async () => {
    const { snapshot } = await readNeeds(
      [parent, child],
      { ...answers, ListClusters: () => denied("eks:ListClusters") },
      { needs, regions },
    );
    expect(snapshot.gaps.filter(({ type }) => type === "Test::Child").map(({ region }) => region)).toEqual(
      regions,
    );
  });

  it("asks about several at once, spells members as CloudFormation does, and reads JSON texts", async () => {
    const { snapshot, aws } = await readNeeds([parent, child], answers, { needs, regions });
    expect(
      aws.calls.filter(({ operation }) => operation === "DescribeClusters").map(({ input }) => input),
    ).toEqual([{ clusters: ["a", "b"] }, { clusters: ["c"] }]);
    expect(saysOf(snapshot, "Test::Child", "c")).toEqual({
      ClusterName: "name of c",
      Settings: [{ Name: "containerInsights", Value: "enabled" }],
      Doc: { kept: 1 },
    });
  });

  it("says what it asks in the plan, and names the actions", () => {
    const collectors = new Map([parent, child].map((collector) => [collector.type, collector]));
    const planned = plannedCalls(makePlan(needs, collectors), regions);
    expect(planned.map(({ operation, actions, often }) => [operation, actions, often.kind])).toEqual([
      ["sts:GetCallerIdentity", [], "once"],
      ["ecs:ListClusters", ["ecs:ListClusters"], "each-region-with"],
      ["ecs:DescribeClusters", ["ecs:DescribeClusters"], "each-resource"],
      ["eks:ListClusters", ["eks:ListClusters"], "each-region"],
    ]);
  });

  const switchNeeds = { needs: [{ type: "Test::Switch", properties: ["Status", "Discovery"] }] };

  it.each([
    [
      "what an error tells",
      awsError("AccessDeniedException", { message: "Macie is not enabled" }),
      "DISABLED",
    ],
    ["a member", { status: "ENABLED" }, "ENABLED"],
    ["that it is not set, in an answer of AWS's without it", { $metadata: { requestId: "r" } }, null],
  ])("learns %s", async (_title, answer, status) => {
    const { snapshot, aws } = await readNeeds(
      [switched],
      { GetMacieSession: () => answer, GetAutomatedDiscoveryConfiguration: () => ({ status: "ENABLED" }) },
      switchNeeds,
    );
    expect(saysOf(snapshot, "Test::Switch")).toEqual({
      Status: status,
      Discovery: status === "ENABLED" ? "ENABLED" : null,
    });
    expect(aws.count("GetAutomatedDiscoveryConfiguration")).toBe(status === "ENABLED" ? 1 : 0);
  });

  it.each([
    ["another refusal of the same name", denied("macie2:GetMacieSession"), "AccessDenied"],
    ["an answer that nothing proves", {}, "Malformed"],
  ])("learns nothing from %s", async (_title, answer, reason) => {
    const { snapshot } = await readNeeds([switched], { GetMacieSession: () => answer }, switchNeeds);
    expect(snapshot.resources[0]?.unreadable).toMatchObject({ Status: { reason }, Discovery: { reason } });
  });
});
