import { declared } from "../../aws/declared.js";
import { isOtherEngine, rdsSettings } from "../../aws/rds-engines.js";

/** RDS and Aurora instances; DocumentDB's and Neptune's are of their clusters. An instance of a cluster names it. */
export const rdsDbInstance = declared({
  type: "AWS::RDS::DBInstance",
  summary: "RDS and Aurora instances: engine, log exports, parameter and option groups, monitoring",
  list: {
    call: "rds:DescribeDBInstances",
    items: "DBInstances",
    pages: ["Marker", "Marker"],
    id: "DBInstanceIdentifier",
    arn: "DBInstanceArn",
    filter: { reads: ["Engine"], keeps: (item) => !isOtherEngine(item) },
    properties: {
      ...rdsSettings,
      DBInstanceIdentifier: "DBInstanceIdentifier",
      DBClusterIdentifier: "DBClusterIdentifier",
      DBInstanceStatus: "DBInstanceStatus",
      DBParameterGroups: {
        at: "DBParameterGroups",
        only: ["DBParameterGroupName", "ParameterApplyStatus"],
      },
      OptionGroupMemberships: { at: "OptionGroupMemberships", only: ["OptionGroupName", "Status"] },
      MonitoringInterval: "MonitoringInterval",
      EnablePerformanceInsights: "PerformanceInsightsEnabled",
      DatabaseInsightsMode: "DatabaseInsightsMode",
      PendingCloudwatchLogsExports: "PendingModifiedValues.PendingCloudwatchLogsExports",
    },
  },
  observed: [
    ...["DBInstanceStatus", "DBParameterGroups", "OptionGroupMemberships", "PendingCloudwatchLogsExports"],
  ],
});
