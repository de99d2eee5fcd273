import { describe, expect, it } from "vitest";
import { cloudfrontDistribution } from "../../src/collectors/cloudfront/distribution.js";
import { eksCluster } from "../../src/collectors/eks/cluster.js";
import { macieSession } from "../../src/collectors/macie/session.js";
import type { Collector } from "../../src/core/collector.js";
import type { Snapshot } from "../../src/core/snapshot.js";
import { hostSuffix, leaderRegion, partitionOf } from "../../src/shared/aws/partitions.js";
import { liveSource } from "../../src/sources/live.js";
import { accountId, fakeAws } from "./support/fake-aws.js";
import type { FakeAws } from "./support/fake-aws.js";
import { virtualClock } from "./support/virtual-clock.js";

type Read = { readonly snapshot: Snapshot; readonly aws: FakeAws };

async function readIn(partition: string, collector: Collector, regions?: readonly string[]): Promise<Read> {
  const aws = fakeAws({
    answers: {
      GetCallerIdentity: () => ({
        Account: accountId,
        Arn: `arn:${partition}:iam::${accountId}:user/auditor`,
      }),
      ListClusters: () => ({ clusters: ["c"] }),
      ListDistributions: () => ({ DistributionList: { Quantity: 0 } }),
      GetMacieSession: () => ({ status: "ENABLED" }),
    },
  });
  const source = liveSource({
    collectors: { [collector.type]: () => Promise.resolve(collector) },
    transport: aws.transport,
    clock: virtualClock(),
  });
  const needs = [{ type: collector.type, properties: collector.single === undefined ? [] : ["Status"] }];
  return { snapshot: await source.read({ needs, ...(regions === undefined ? {} : { regions }) }), aws };
}

describe("the partitions of AWS", () => {
  it.each([
    ["eu-west-1", "aws", "us-east-1", "amazonaws.com"],
    ["cn-northwest-1", "aws-cn", "cn-north-1", "amazonaws.com.cn"],
    ["us-gov-east-1", "aws-us-gov", "us-gov-west-1", "amazonaws.com"],
    ["eusc-de-east-1", "aws-eusc", "eusc-de-east-1", "amazonaws.eu"],
  ])("%s is in %s, led by %s, below %s", (region, partition, leader, suffix) => {
    expect([partitionOf(region), leaderRegion(partition), hostSuffix(partition)]).toEqual([
      partition,
      leader,
      suffix,
    ]);
  });

  it.each(["aws", "aws-cn", "aws-us-gov", "aws-eusc"])("names in %s bear it", async (partition) => {
    const region = leaderRegion(partition);
    const { snapshot } = await readIn(partition, eksCluster, [region]);
    expect(snapshot.resources.map(({ arn }) => arn)).toEqual([
      `arn:${partition}:eks:${region}:${accountId}:cluster/c`,
    ]);
  });

  it("where there is no CloudFront, it is not asked, and nothing is missing", async () => {
    const { snapshot, aws } = await readIn("aws-us-gov", cloudfrontDistribution, ["us-gov-west-1"]);
    expect([aws.count("ListDistributions"), snapshot.gaps]).toEqual([0, []]);
    expect((await readIn("aws", cloudfrontDistribution, ["eu-west-1"])).aws.count("ListDistributions")).toBe(
      1,
    );
  });

  it("a region that the table of served regions lacks is asked, one that it knows to be without is not", async () => {
    const { aws } = await readIn("aws", macieSession, ["eu-west-9", "eu-south-2", "eu-west-1"]);
    expect(
      aws.calls.filter(({ operation }) => operation === "GetMacieSession").map(({ region }) => region),
    ).toEqual(["eu-west-1", "eu-west-9"]);
  });
});
