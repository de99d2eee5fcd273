import { declared } from "../../aws/declared.js";

/** EKS clusters. A type of log is on where some entry that is enabled names it. */
export const eksCluster = declared({
  type: "AWS::EKS::Cluster",
  summary: "EKS clusters: control plane logs",
  list: {
    call: "eks:ListClusters",
    items: "clusters",
    pages: ["nextToken", "nextToken"],
    id: ".",
    arn: "arn:{partition}:eks:{region}:{account}:cluster/{id}",
  },
  reads: [
    {
      call: "eks:DescribeCluster",
      input: { name: "{id}" },
      from: "cluster",
      properties: {
        Name: "name",
        Status: "status",
        ClusterLogging: { at: "logging.clusterLogging", only: ["types", "enabled"] },
      },
      gone: ["ResourceNotFoundException"],
    },
  ],
  observed: ["Status", "ClusterLogging"],
});
