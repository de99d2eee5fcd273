import { declared } from "../../aws/declared.js";

/** GuardDuty's filters: saved searches (NOOP) and suppressions (ARCHIVE). */
export const guarddutyFilter = declared({
  type: "AWS::GuardDuty::Filter",
  summary: "GuardDuty filters: which findings they archive",
  list: {
    call: "guardduty:ListFilters",
    at: { each: "AWS::GuardDuty::Detector" },
    input: { DetectorId: "{parent}" },
    items: "FilterNames",
    pages: ["NextToken", "NextToken"],
    id: ".",
    arn: "arn:{partition}:guardduty:{region}:{account}:detector/{parent}/filter/{id}",
    properties: { DetectorId: "{parent}" },
  },
  reads: [
    {
      call: "guardduty:GetFilter",
      after: ["DetectorId"],
      input: { DetectorId: "{DetectorId}", FilterName: "{id}" },
      proof: { members: ["Action"] },
      properties: {
        Name: "Name",
        Action: "Action",
        // Fields of findings are its keys.
        FindingCriteria: { at: "FindingCriteria", by: (criteria) => criteria },
      },
    },
  ],
});
