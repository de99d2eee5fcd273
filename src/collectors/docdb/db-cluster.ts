import { declared } from "../../aws/declared.js";
import { isEngine, observedOfClusters, rdsClusterSettings } from "../../aws/rds-engines.js";

/** DocumentDB clusters */
export const docdbDbCluster = declared({
  type: "AWS::DocDB::DBCluster",
  summary: "DocumentDB clusters: engine, log exports, parameter group",
  list: {
    call: "rds:DescribeDBClusters",
    items: "DBClusters",
    pages: ["Marker", "Marker"],
    id: "DBClusterIdentifier",
    arn: "DBClusterArn",
    filter: { reads: ["Engine"], keeps: (item) => isEngine(item, "docdb") },
    properties: rdsClusterSettings,
  },
  observed: [...observedOfClusters, "Engine", "EngineMode"],
});
