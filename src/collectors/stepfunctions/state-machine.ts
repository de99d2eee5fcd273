import { declared } from "../../aws/declared.js";

/** State machines; their definition is never read. */
export const stepfunctionsStateMachine = declared({
  type: "AWS::StepFunctions::StateMachine",
  summary: "Step Functions' state machines: type, logging, tracing, role",
  list: {
    call: "states:ListStateMachines",
    items: "stateMachines",
    pages: ["nextToken", "nextToken"],
    id: "stateMachineArn",
    arn: "stateMachineArn",
    properties: { StateMachineName: "name", StateMachineType: "type" },
  },
  reads: [
    {
      call: "states:DescribeStateMachine",
      input: { stateMachineArn: "{arn}", includedData: "METADATA_ONLY" },
      proof: { members: ["stateMachineArn"] },
      properties: {
        LoggingConfiguration: { at: "loggingConfiguration", only: ["level", "destinations"] },
        TracingConfiguration: "tracingConfiguration",
        RoleArn: "roleArn",
      },
      gone: ["StateMachineDoesNotExist"],
    },
  ],
});
