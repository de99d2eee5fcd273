import { declared } from "../../aws/declared.js";
import { isEngine, observedOfClusters, rdsClusterSettings } from "../../aws/rds-engines.js";

/** Neptune clusters */
export const neptuneDbCluster = declared({
  type: "AWS::Neptune::DBCluster",
  summary: "Neptune clusters: engine, log exports, parameter group",
  list: {
    call: "rds:DescribeDBClusters",
    items: "DBClusters",
    pages: ["Marker", "Marker"],
    id: "DBClusterIdentifier",
    arn: "DBClusterArn",
    filter: { reads: ["Engine"], keeps: (item) => isEngine(item, "neptune") },
    properties: rdsClusterSettings,
  },
  observed: [...observedOfClusters, "Engine", "EngineMode"],
});
