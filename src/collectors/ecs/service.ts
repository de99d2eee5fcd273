import { declared } from "../../aws/declared.js";

/** ECS services, with the task definitions of all their deployments. */
export const ecsService = declared({
  type: "AWS::ECS::Service",
  summary: "ECS services: task definitions in use, ECS Exec",
  list: {
    call: "ecs:ListServices",
    at: { each: "AWS::ECS::Cluster" },
    input: { cluster: "{parent.arn}", maxResults: 100 },
    items: "serviceArns",
    pages: ["nextToken", "nextToken"],
    id: ".",
    arn: ".",
    properties: { Cluster: "{parent.arn}" },
  },
  reads: [
    {
      call: "ecs:DescribeServices",
      after: ["Cluster"],
      input: { cluster: "{Cluster}", services: ["{arn}"] },
      batch: { of: 1, input: "services", by: "arn", match: "serviceArn" },
      from: "services",
      properties: {
        ServiceName: "serviceName",
        Status: "status",
        TaskDefinition: "taskDefinition",
        Deployments: { at: "deployments", only: ["taskDefinition", "status"] },
        EnableExecuteCommand: "enableExecuteCommand",
      },
    },
  ],
  observed: ["Status", "Deployments"],
});
