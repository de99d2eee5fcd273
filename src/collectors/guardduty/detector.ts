import { declared } from "../../aws/declared.js";

/** GuardDuty's detector: none or one in each region. A feature that is not listed is not offered there. */
export const guarddutyDetector = declared({
  type: "AWS::GuardDuty::Detector",
  summary: "GuardDuty detectors: whether they are on, their features, how often findings are published",
  list: {
    call: "guardduty:ListDetectors",
    items: "DetectorIds",
    pages: ["NextToken", "NextToken"],
    id: ".",
    arn: "arn:{partition}:guardduty:{region}:{account}:detector/{id}",
  },
  reads: [
    {
      call: "guardduty:GetDetector",
      input: { DetectorId: "{id}" },
      proof: { members: ["Status"] },
      properties: {
        Status: "Status",
        Enable: { at: "Status", by: (status) => status === "ENABLED" },
        FindingPublishingFrequency: "FindingPublishingFrequency",
        Features: {
          at: "Features",
          only: ["Name", "Status", "AdditionalConfiguration.Name", "AdditionalConfiguration.Status"],
        },
      },
    },
  ],
  observed: ["Status"],
});
