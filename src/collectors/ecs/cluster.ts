import { declared } from "../../aws/declared.js";

/** ECS clusters. */
export const ecsCluster = declared({
  type: "AWS::ECS::Cluster",
  summary: "ECS clusters: settings, logging of ECS Exec",
  list: {
    call: "ecs:ListClusters",
    items: "clusterArns",
    pages: ["nextToken", "nextToken"],
    id: ".",
    arn: ".",
  },
  reads: [
    {
      call: "ecs:DescribeClusters",
      input: { include: ["SETTINGS", "CONFIGURATIONS"] },
      batch: { of: 100, input: "clusters", by: "arn", match: "clusterArn" },
      from: "clusters",
      properties: {
        ClusterName: "clusterName",
        Status: "status",
        ClusterSettings: { at: "settings", only: ["name", "value"] },
        Configuration: {
          at: "configuration",
          only: [
            "executeCommandConfiguration.logging",
            ...["cloudWatchLogGroupName", "cloudWatchEncryptionEnabled", "s3BucketName"].map(
              (name) => `executeCommandConfiguration.logConfiguration.${name}`,
            ),
          ],
        },
      },
    },
  ],
  observed: ["Status"],
});
