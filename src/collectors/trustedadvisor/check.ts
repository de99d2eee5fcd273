import type {
  DescribeTrustedAdvisorCheckResultResponse,
  DescribeTrustedAdvisorChecksResponse,
  DescribeTrustedAdvisorCheckSummariesResponse,
  TrustedAdvisorResourceDetail,
} from "@aws-sdk/client-support";
import { defineCollector, listCall, readCall } from "../../core/collector.js";
import type { Identity, Operation } from "../../core/collector.js";
import { given } from "../../shared/aws/names.js";

const operation = (name: string, ...members: readonly string[]): Operation => ({
  service: "support",
  name,
  proof: { members },
});

// AWS documents no limit; one question about fifty checks is safe, and the same for all fifty.
const atOnce = 50;

/**
 * Trusted Advisor checks as the Support API shows them. `Headings` name the places of each flagged resource's `Metadata`.
 * Needs a support plan that gives the API; without one the list is a gap, and nothing is known.
 * https://docs.aws.amazon.com/awssupport/latest/APIReference/API_DescribeTrustedAdvisorChecks.html
 */
export const trustedadvisorCheck = defineCollector({
  type: "AWS::TrustedAdvisor::Check",
  summary: "Trusted Advisor checks: status, age, flagged resources",
  list: listCall<DescribeTrustedAdvisorChecksResponse>({
    operation: operation("DescribeTrustedAdvisorChecks", "checks"),
    at: "leader",
    input: () => ({ language: "en" }),
    properties: ["Name", "Category", "Headings"],
    found: ({ checks }, { account }) =>
      given(checks, "checks").flatMap(({ id, name, category, metadata }) =>
        id === undefined
          ? []
          : [
              {
                id,
                arn: `arn:${account.partition}:trustedadvisor:::check/${id}`,
                properties: { Name: name, Category: category, Headings: metadata },
              },
            ],
      ),
  }),
  reads: [
    readCall<DescribeTrustedAdvisorCheckSummariesResponse>({
      operation: operation("DescribeTrustedAdvisorCheckSummaries", "summaries"),
      input: ({ id }, _known, listed) => ({ checkIds: chunkWith(id, listed) }),
      properties: ["Status", "Timestamp", "HasFlaggedResources", "ResourcesSummary"],
      read({ summaries }, { id }) {
        const summary = given(
          given(summaries, "summaries").find(({ checkId }) => checkId === id),
          `summary of ${id}`,
        );
        return {
          Status: summary.status,
          Timestamp: summary.timestamp,
          HasFlaggedResources: summary.hasFlaggedResources,
          ResourcesSummary: summary.resourcesSummary,
        };
      },
    }),
    readCall<DescribeTrustedAdvisorCheckResultResponse>({
      operation: operation("DescribeTrustedAdvisorCheckResult", "result"),
      after: ["Status", "ResourcesSummary"],
      // A green check is only asked about where something was left out of it.
      input: ({ id }, { Status, ResourcesSummary }) =>
        Status === "ok" && countIn(ResourcesSummary, "resourcesSuppressed") === 0
          ? undefined
          : { checkId: id, language: "en" },
      properties: ["FlaggedResources"],
      read: ({ result }) => ({
        FlaggedResources: given(result, "result").flaggedResources?.filter(isWorthSaying).map(flaggedOf),
      }),
    }),
  ],
  observed: [
    "Name",
    "Category",
    "Headings",
    "Status",
    "Timestamp",
    "HasFlaggedResources",
    "ResourcesSummary",
    "FlaggedResources",
  ],
});

function chunkWith(id: string, listed: readonly Identity[]): readonly string[] {
  const ids = listed.map((check) => check.id);
  const start = Math.floor(Math.max(0, ids.indexOf(id)) / atOnce) * atOnce;
  return ids.includes(id) ? ids.slice(start, start + atOnce) : [id];
}

function countIn(summary: unknown, name: string): unknown {
  return typeof summary === "object" && summary !== null ? Reflect.get(summary, name) : undefined;
}

// Older checks list every resource, green ones too.
function isWorthSaying({ status, isSuppressed }: TrustedAdvisorResourceDetail): boolean {
  return status !== "ok" || isSuppressed === true;
}

function flaggedOf({
  status,
  region,
  resourceId,
  isSuppressed,
  metadata,
}: TrustedAdvisorResourceDetail): object {
  return {
    Status: status,
    Region: region,
    ResourceId: resourceId,
    IsSuppressed: isSuppressed,
    Metadata: metadata,
  };
}
