import { declared } from "../../aws/declared.js";

/** Namespaces of Redshift Serverless. */
export const redshiftNamespace = declared({
  type: "AWS::RedshiftServerless::Namespace",
  summary: "Namespaces of Redshift Serverless: log exports",
  servedAs: "redshift-serverless",
  list: {
    call: "redshift-serverless:ListNamespaces",
    items: "namespaces",
    pages: ["nextToken", "nextToken"],
    id: "namespaceName",
    arn: "namespaceArn",
    properties: { NamespaceName: "namespaceName", LogExports: "logExports", Status: "status" },
  },
  observed: ["Status"],
});
