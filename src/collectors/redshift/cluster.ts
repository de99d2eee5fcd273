import { declared } from "../../aws/declared.js";
import { pickMembers } from "../../shared/aws/names.js";

/** Redshift's clusters, with what Redshift says of the delivery of audit logs. */
export const redshiftCluster = declared({
  type: "AWS::Redshift::Cluster",
  summary: "Redshift clusters: audit log, its delivery, parameter groups",
  list: {
    call: "redshift:DescribeClusters",
    items: "Clusters",
    pages: ["Marker", "Marker"],
    id: "ClusterIdentifier",
    arn: "arn:{partition}:redshift:{region}:{account}:cluster:{item.ClusterIdentifier}",
    properties: {
      ClusterIdentifier: "ClusterIdentifier",
      ClusterStatus: "ClusterStatus",
      ClusterParameterGroups: {
        at: "ClusterParameterGroups",
        only: ["ParameterGroupName", "ParameterApplyStatus"],
      },
    },
  },
  reads: [
    {
      call: "redshift:DescribeLoggingStatus",
      input: { ClusterIdentifier: "{id}" },
      proof: { members: ["LoggingEnabled"] },
      properties: {
        LoggingEnabled: "LoggingEnabled",
        LoggingProperties: {
          at: ".",
          only: ["BucketName", "S3KeyPrefix", "LogDestinationType", "LogExports"],
          by: pickProperties,
        },
        LastSuccessfulDeliveryTime: "LastSuccessfulDeliveryTime",
        LastFailureTime: "LastFailureTime",
        LastFailureMessage: "LastFailureMessage",
      },
      gone: ["ClusterNotFoundFault"],
    },
  ],
  observed: [
    ...["ClusterStatus", "ClusterParameterGroups", "LoggingEnabled"],
    ...["LastSuccessfulDeliveryTime", "LastFailureTime", "LastFailureMessage"],
  ],
});

function pickProperties(status: unknown): unknown {
  return pickMembers({ ...(status as object) }, [
    "BucketName",
    "S3KeyPrefix",
    "LogDestinationType",
    "LogExports",
  ]);
}
