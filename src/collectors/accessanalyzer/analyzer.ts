import { declared } from "../../aws/declared.js";

/** Access Analyzers of the account itself; an organization's stands in the account that administers it. */
export const accessanalyzerAnalyzer = declared({
  type: "AWS::AccessAnalyzer::Analyzer",
  summary: "IAM Access Analyzers: type, and whether they are active",
  list: {
    call: "access-analyzer:ListAnalyzers",
    items: "analyzers",
    pages: ["nextToken", "nextToken"],
    id: "name",
    arn: "arn",
    properties: { AnalyzerName: "name", Type: "type", Status: "status" },
  },
  observed: ["Status"],
});
