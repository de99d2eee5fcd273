import { declared } from "../../aws/declared.js";
import { isOtherEngine, observedOfClusters, rdsClusterSettings } from "../../aws/rds-engines.js";

/** Aurora and Multi-AZ DB clusters */
export const rdsDbCluster = declared({
  type: "AWS::RDS::DBCluster",
  summary: "Aurora and Multi-AZ DB clusters: engine, log exports, parameter group",
  list: {
    call: "rds:DescribeDBClusters",
    items: "DBClusters",
    pages: ["Marker", "Marker"],
    id: "DBClusterIdentifier",
    arn: "DBClusterArn",
    filter: { reads: ["Engine"], keeps: (item) => !isOtherEngine(item) },
    properties: rdsClusterSettings,
  },
  observed: observedOfClusters,
});
