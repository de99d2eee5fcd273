import { expect, it } from "vitest";
import type { Resource } from "../../../src/core/resource.js";
import { bucketRequestMetrics } from "../../../src/evaluators/bucket/request-metrics.js";
import { archive, home, refused, state, thing } from "../alarm/state.js";
import type { Parts } from "../alarm/state.js";

const judge = (parts: Parts): readonly (readonly [string, string])[] =>
  bucketRequestMetrics.evaluate(state(parts), {}).map(({ subject, verdict }) => [subject.id, verdict.status]);
const plain = (id: string): Resource =>
  archive(id, { LifecycleConfiguration: null, MetricsConfigurations: null });
const unread = (id: string, name: string): Resource => ({
  ...archive(id),
  properties: Object.fromEntries(
    Object.entries(archive(id).properties).filter(([property]) => property !== name),
  ),
  unreadable: { [name]: { reason: "AccessDenied" } },
});

it.each<[string, string, Resource]>([
  ["the whole bucket", "pass", archive("b")],
  [
    "the whole bucket, by another id",
    "pass",
    archive("b", {
      MetricsConfigurations: [
        { Id: "x", Prefix: "a/" },
        { Id: "everything", Prefix: null, TagFilters: null },
      ],
    }),
  ],
  ["only a prefix", "fail", archive("b", { MetricsConfigurations: [{ Id: "EntireBucket", Prefix: "a/" }] })],
  [
    "only what has a tag",
    "fail",
    archive("b", { MetricsConfigurations: [{ Id: "x", TagFilters: [{ Key: "k", Value: "v" }] }] }),
  ],
  [
    "a filter of a kind that nobody knows yet",
    "fail",
    archive("b", { MetricsConfigurations: [{ Id: "x", UnknownFilter: "Depth" }] }),
  ],
  ["none", "fail", archive("b", { MetricsConfigurations: null })],
  ["configurations that could not be read", "unknown", unread("b", "MetricsConfigurations")],
  [
    "a lifecycle that could not be read does not matter where metrics are on",
    "pass",
    unread("b", "LifecycleConfiguration"),
  ],
])("%s: %s", (_title, ...[status, bucket]) => {
  expect(judge({ resources: [bucket] })).toEqual([["b", status]]);
});

it("a bucket without Glacier classes is not concerned; with a series that counts their bytes it is", () => {
  expect(judge({ resources: [plain("b")] })).toEqual([[home, "not-applicable"]]);
  const series = thing(
    "AWS::S3::StorageMetric",
    "s",
    {},
    {
      observed: {
        Dimensions: [
          { Name: "BucketName", Value: "b" },
          { Name: "StorageType", Value: "GlacierStorage" },
        ],
      },
    },
  );
  expect(judge({ resources: [plain("b"), series] })).toEqual([["b", "fail"]]);
});

it("storage metrics that could not be listed leave it open whether a bucket is concerned", () => {
  expect(judge({ resources: [plain("b")], gaps: [refused("AWS::S3::StorageMetric")] })).toEqual([
    ["b", "unknown"],
  ]);
});
