import type {
  ListRecommendationResourcesResponse,
  ListRecommendationsResponse,
  RecommendationSummary,
} from "@aws-sdk/client-trustedadvisor";
import { defineCollector, listCall, readCall } from "../../core/collector.js";
import type { Properties } from "../../core/collector.js";
import { capitalized, given, pickMembers, unlessEmpty } from "../../shared/aws/names.js";

const ofSummary = [
  "name",
  "type",
  "checkArn",
  "status",
  "statusReason",
  "lifecycleStage",
  "pillars",
  "source",
  "awsServices",
  "resourcesAggregates",
  "createdAt",
  "lastUpdatedAt",
] as const satisfies readonly (keyof RecommendationSummary)[];
const observed = [
  "Name",
  "Type",
  "CheckArn",
  "Status",
  "StatusReason",
  "LifecycleStage",
  "Pillars",
  "Source",
  "AwsServices",
  "ResourcesAggregates",
  "CreatedAt",
  "LastUpdatedAt",
];
const ofResource = ["awsResourceId", "regionCode", "status", "exclusionStatus", "lastUpdatedAt"];

/**
 * Trusted Advisor recommendations, as the newer API shows what checks found. Green with the reason `no_data_ok` means
 * that there was nothing to look at.
 * https://docs.aws.amazon.com/trustedadvisor/latest/APIReference/API_ListRecommendations.html
 */
export const trustedadvisorRecommendation = defineCollector({
  type: "AWS::TrustedAdvisor::Recommendation",
  summary: "Trusted Advisor recommendations: status and resources, from the newer API",
  list: listCall<ListRecommendationsResponse>({
    operation: {
      service: "trustedadvisor",
      name: "ListRecommendations",
      proof: { members: ["recommendationSummaries"] },
    },
    at: "leader",
    pages: { ask: "nextToken", answer: "nextToken" },
    properties: observed,
    found: ({ recommendationSummaries }) =>
      given(recommendationSummaries, "recommendationSummaries").flatMap((summary) =>
        summary.arn === undefined
          ? []
          : [
              {
                id: summary.id ?? summary.arn,
                arn: summary.arn,
                properties: namedAsOurs(summary, ofSummary),
              },
            ],
      ),
  }),
  reads: [
    readCall<ListRecommendationResourcesResponse>({
      operation: {
        service: "trustedadvisor",
        name: "ListRecommendationResources",
        proof: { members: ["recommendationResourceSummaries"] },
      },
      input: ({ arn, id }) => ({ recommendationIdentifier: arn ?? id }),
      pages: { ask: "nextToken", answer: "nextToken" },
      properties: ["Resources"],
      read: ({ recommendationResourceSummaries: resources }) => ({
        // The keys of metadata are places among the check's headings, and stay as they are.
        Resources: unlessEmpty(
          given(resources, "recommendationResourceSummaries").map((resource) => ({
            ...namedAsOurs(resource, ofResource),
            Metadata: resource.metadata,
          })),
        ),
      }),
      gone: ["ResourceNotFoundException"],
    }),
  ],
  observed: [...observed, "Resources"],
});

function namedAsOurs(source: object, names: readonly string[]): Properties {
  return { ...(capitalized(pickMembers(source, names)) as object) };
}
