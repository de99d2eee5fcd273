import { declared } from "../../aws/declared.js";
import { memberAt } from "../../shared/member-at.js";

/** OpenSearch domains: One service answers for both engines. */
export const opensearchDomain = declared({
  type: "AWS::OpenSearchService::Domain",
  summary: "OpenSearch domains: log publishing, fine-grained access control",
  list: {
    call: "es:ListDomainNames",
    items: "DomainNames",
    id: "DomainName",
    arn: "arn:{partition}:es:{region}:{account}:domain/{item.DomainName}",
    filter: {
      reads: ["EngineType"],
      keeps: (item) => memberAt(item, "EngineType") !== "Elasticsearch",
    },
  },
  reads: [
    {
      call: "es:DescribeDomains",
      batch: { of: 5, input: "DomainNames", by: "id", match: "DomainName" },
      from: "DomainStatusList",
      properties: {
        DomainName: "DomainName",
        EngineVersion: "EngineVersion",
        Deleted: "Deleted",
        // Kinds of logs are its keys.
        LogPublishingOptions: { at: "LogPublishingOptions", by: (options) => options },
        AdvancedSecurityOptions: { at: "AdvancedSecurityOptions", only: ["Enabled"] },
      },
    },
  ],
  observed: ["Deleted"],
});
