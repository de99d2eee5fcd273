import { declared } from "../../aws/declared.js";

/** The aggregation of findings of several regions; it is seen in the region that it aggregates in. */
export const securityhubFindingAggregator = declared({
  type: "AWS::SecurityHub::FindingAggregator",
  summary: "Aggregation of Security Hub findings: whereto, and of which regions",
  list: {
    call: "securityhub:ListFindingAggregators",
    at: { where: ["AWS::SecurityHub::Hub"] },
    items: "FindingAggregators",
    pages: ["NextToken", "NextToken"],
    id: "FindingAggregatorArn",
    arn: "FindingAggregatorArn",
    notSet: ["InvalidAccessException"],
  },
  reads: [
    {
      call: "securityhub:GetFindingAggregator",
      input: { FindingAggregatorArn: "{arn}" },
      proof: { members: ["FindingAggregatorArn"] },
      properties: {
        FindingAggregationRegion: "FindingAggregationRegion",
        RegionLinkingMode: "RegionLinkingMode",
        Regions: "Regions",
      },
    },
  ],
  observed: ["FindingAggregationRegion"],
});
