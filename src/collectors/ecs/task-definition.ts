import { declared } from "../../aws/declared.js";
import { parseArn } from "../../shared/aws/arn.js";
import { capitalized } from "../../shared/aws/names.js";
import { memberAt } from "../../shared/member-at.js";

/** Task definitions that a service names. Of containers nothing is read that may hold a secret; of log options only those of awslogs are kept. */
export const ecsTaskDefinition = declared({
  type: "AWS::ECS::TaskDefinition",
  summary: "ECS task definitions in use: where each container's log goes",
  reads: [
    {
      call: "ecs:DescribeTaskDefinition",
      input: { taskDefinition: "{arn}" },
      from: "taskDefinition",
      properties: {
        Family: "family",
        ExecutionRoleArn: "executionRoleArn",
        RequiresCompatibilities: "requiresCompatibilities",
        ContainerDefinitions: {
          at: "containerDefinitions",
          only: [
            ...["name", "essential", "logConfiguration.logDriver", "logConfiguration.options"],
            "firelensConfiguration.type",
          ],
          by: (containers) =>
            Array.isArray(containers) ? containers.map((container) => containerOf(container)) : undefined,
        },
      },
    },
  ],
  refer(reference) {
    const arn = parseArn(reference);
    return arn?.service === "ecs" && arn.resource.startsWith("task-definition/")
      ? {
          id: arn.resource.slice("task-definition/".length),
          arn: reference,
          account: arn.account,
          region: arn.region,
        }
      : undefined;
  },
});

function containerOf(container: unknown): object {
  const driver = memberAt(container, "logConfiguration.logDriver");
  const options = Object.entries({ ...(memberAt(container, "logConfiguration.options") as object) });
  return {
    Name: memberAt(container, "name"),
    Essential: memberAt(container, "essential"),
    FirelensConfiguration: capitalized(memberAt(container, "firelensConfiguration")),
    LogConfiguration:
      driver === undefined
        ? undefined
        : {
            LogDriver: driver,
            Options: Object.fromEntries(options.filter(([name]) => /^awslogs-|^mode$/u.test(name))),
          },
  };
}
