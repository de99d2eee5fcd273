import type { DescribeTrustedAdvisorChecksResponse } from "@aws-sdk/client-support";
import type { ListChecksResponse } from "@aws-sdk/client-trustedadvisor";
import { defineCollector, readCall } from "../../core/collector.js";
import type { Properties } from "../../core/collector.js";
import { given } from "../../shared/aws/names.js";

/**
 * Whether the account's support plan gives access to Trusted Advisor's two APIs. A refused permission tells nothing
 * about the plan. The first question is the one that lists the checks, and is asked once for both.
 * https://docs.aws.amazon.com/awssupport/latest/user/get-started-with-aws-trusted-advisor-api.html
 */
export const trustedadvisorAccess = defineCollector({
  type: "AWS::TrustedAdvisor::Access",
  summary: "Whether the support plan gives access to Trusted Advisor's APIs",
  single: { at: "leader", found: ({ account }) => ({ id: account.id }) },
  reads: [
    readCall<DescribeTrustedAdvisorChecksResponse>({
      operation: { service: "support", name: "DescribeTrustedAdvisorChecks", proof: { members: ["checks"] } },
      input: () => ({ language: "en" }),
      properties: ["SupportApiEntitled", "SupportApiCategories"],
      read: ({ checks }) => ({
        SupportApiEntitled: given(checks, "checks").length > 0,
        SupportApiCategories: [...new Set((checks ?? []).flatMap(({ category }) => category ?? []))].sort(),
      }),
      learn: ({ name }) =>
        name === "SubscriptionRequiredException" ? { SupportApiEntitled: false } : undefined,
    }),
    readCall<ListChecksResponse>({
      operation: { service: "trustedadvisor", name: "ListChecks", proof: { members: ["checkSummaries"] } },
      input: () => ({}),
      properties: ["TrustedAdvisorApiEntitled"],
      read: ({ checkSummaries }) => ({
        TrustedAdvisorApiEntitled: given(checkSummaries, "checkSummaries").length > 0,
      }),
      learn: notEntitled,
    }),
  ],
  observed: ["SupportApiEntitled", "SupportApiCategories", "TrustedAdvisorApiEntitled"],
});

// The newer API refuses for the plan and for a missing permission by the same name; the message alone tells them apart.
function notEntitled({
  name,
  message,
}: {
  readonly name: string;
  readonly message: string;
}): Properties | undefined {
  return name === "AccessDeniedException" && /support level/iu.test(message)
    ? { TrustedAdvisorApiEntitled: false }
    : undefined;
}
