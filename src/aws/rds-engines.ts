import { memberAt } from "../shared/member-at.js";

/** Whether an instance or cluster that RDS shows is DocumentDB's or Neptune's. */
export function isOtherEngine(item: unknown): boolean {
  return isEngine(item, "docdb") || isEngine(item, "neptune");
}

/** Whether an instance or cluster that RDS shows is of this engine. */
export function isEngine(item: unknown, engine: string): boolean {
  return memberAt(item, "Engine") === engine;
}

/** What instances and clusters have alike. */
export const rdsSettings = {
  Engine: "Engine",
  EngineVersion: "EngineVersion",
  EnableCloudwatchLogsExports: "EnabledCloudwatchLogsExports",
} as const;

/** What clusters of all engines have alike. */
export const rdsClusterSettings = {
  ...rdsSettings,
  DBClusterIdentifier: "DBClusterIdentifier",
  DBClusterParameterGroupName: "DBClusterParameterGroup",
  Status: "Status",
  EngineMode: "EngineMode",
  ActivityStreamStatus: "ActivityStreamStatus",
  DBClusterMembers: {
    at: "DBClusterMembers",
    only: ["DBInstanceIdentifier", "DBClusterParameterGroupStatus"],
  },
} as const;

/** Those of `rdsClusterSettings` that CloudFormation does not know. */
export const observedOfClusters = ["Status", "ActivityStreamStatus", "DBClusterMembers"] as const;
