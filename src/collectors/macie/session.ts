import { declared } from "../../aws/declared.js";

/** Macie in a region. That it is off is refused by the name of a missing permission; the message alone tells them apart. */
export const macieSession = declared({
  type: "AWS::Macie::Session",
  summary: "Macie: whether it is on in a region, and looks for sensitive data by itself",
  servedAs: "macie2",
  single: { at: "each-region", found: ({ account }) => ({ id: account.id }) },
  reads: [
    {
      call: "macie2:GetMacieSession",
      proof: { members: ["status"] },
      properties: { Status: "status", FindingPublishingFrequency: "findingPublishingFrequency" },
      learn: [
        { error: "AccessDeniedException", says: /Macie is not enabled/iu, means: { Status: "DISABLED" } },
      ],
    },
    {
      call: "macie2:GetAutomatedDiscoveryConfiguration",
      after: ["Status"],
      when: ({ Status }) => Status !== "DISABLED",
      proof: { members: ["status"] },
      properties: { AutomatedDiscoveryStatus: "status" },
    },
  ],
});
