import { declared } from "../../aws/declared.js";

/** Where GuardDuty exports findings to. */
export const guarddutyPublishingDestination = declared({
  type: "AWS::GuardDuty::PublishingDestination",
  summary: "Export of GuardDuty findings: destination, key, whether it works",
  list: {
    call: "guardduty:ListPublishingDestinations",
    at: { each: "AWS::GuardDuty::Detector" },
    input: { DetectorId: "{parent}" },
    items: "Destinations",
    pages: ["NextToken", "NextToken"],
    id: "DestinationId",
    arn: "arn:{partition}:guardduty:{region}:{account}:detector/{parent}/publishingDestination/{id}",
    properties: { DetectorId: "{parent}", DestinationType: "DestinationType", Status: "Status" },
  },
  reads: [
    {
      call: "guardduty:DescribePublishingDestination",
      after: ["DetectorId"],
      input: { DetectorId: "{DetectorId}", DestinationId: "{id}" },
      proof: { members: ["DestinationId"] },
      properties: {
        DestinationProperties: {
          at: "DestinationProperties",
          only: ["DestinationArn", "KmsKeyArn"],
        },
      },
    },
  ],
  observed: ["Status"],
});
