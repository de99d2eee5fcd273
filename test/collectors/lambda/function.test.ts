import { describe, expect, it } from "vitest";
import { cloudwatchAlarm } from "../../../src/collectors/cloudwatch/alarm.js";
import { lambdaFunction } from "../../../src/collectors/lambda/function.js";
import { awsError, denied } from "../../sources/support/fake-aws.js";
import { readNeeds, saysOf } from "../support/read.js";
import type { Answers, Read } from "../support/read.js";

const type = "AWS::Lambda::Function";
const arn = "arn:aws:lambda:us-east-1:111111111111:function:page";
const configuration = {
  FunctionName: "page",
  FunctionArn: arn,
  State: "Active",
  Environment: { Variables: { TOKEN: "hidden" } },
};
const read = (answers: Answers, action = arn): Promise<Read> =>
  readNeeds(
    [cloudwatchAlarm, lambdaFunction],
    {
      DescribeAlarms: () => ({
        MetricAlarms: [
          {
            AlarmName: "a",
            AlarmArn: "arn:aws:cloudwatch:us-east-1:111111111111:alarm:a",
            AlarmActions: [action],
          },
        ],
        CompositeAlarms: [],
      }),
      GetFunctionConfiguration: () => configuration,
      ...answers,
    },
    {
      needs: [
        {
          type,
          properties: ["Exists", "State", "Policy"],
          only: { referencedBy: "AWS::CloudWatch::Alarm", path: "AlarmActions[]" },
        },
      ],
    },
  );
const missing = () => awsError("ResourceNotFoundException", { status: 404 });

describe("the collector of functions", () => {
  it("reads state and policy of what an alarm invokes, and keeps nothing of its environment", async () => {
    const { snapshot, aws } = await read({ GetPolicy: () => ({ Policy: "{}" }) });
    expect(
      aws.calls
        .filter(({ service }) => service === "lambda")
        .map(({ operation, input }) => [operation, input]),
    ).toEqual([
      ["GetFunctionConfiguration", { FunctionName: arn }],
      ["GetPolicy", { FunctionName: arn }],
    ]);
    expect(saysOf(snapshot, type)).toMatchObject({ Exists: true, State: "Active", Policy: "{}" });
    expect(JSON.stringify(snapshot)).not.toContain("hidden");
  });

  it("an alias has a state and a policy of its own", async () => {
    const { snapshot, aws } = await read({ GetPolicy: () => ({ Policy: "{}" }) }, `${arn}:live`);
    expect(aws.calls.filter(({ service }) => service === "lambda").map(({ input }) => input)).toEqual([
      { FunctionName: arn, Qualifier: "live" },
      { FunctionName: arn, Qualifier: "live" },
    ]);
    expect(snapshot.resources.find((resource) => resource.type === type)).toMatchObject({
      id: "page:live",
      arn: `${arn}:live`,
    });
  });

  it("a function without a policy has none", async () => {
    const { snapshot } = await read({ GetPolicy: missing });
    expect(saysOf(snapshot, type)).toMatchObject({ Exists: true, Policy: null });
  });

  it("a function that is gone is not asked for its policy", async () => {
    const { snapshot, aws } = await read({ GetFunctionConfiguration: missing, GetPolicy: missing });
    expect(saysOf(snapshot, type)).toMatchObject({ Exists: false, Policy: null });
    expect(aws.count("GetPolicy")).toBe(0);
  });

  it("a refused policy is unreadable, and the function is there", async () => {
    const { snapshot } = await read({ GetPolicy: () => denied("lambda:GetPolicy") });
    expect(snapshot.resources.find((resource) => resource.type === type)).toMatchObject({
      observed: { Exists: true, State: "Active" },
      unreadable: { Policy: { reason: "AccessDenied", action: "lambda:GetPolicy" } },
    });
  });

  it.each<[string, string | undefined]>([
    [arn, "page"],
    [`${arn}:7`, "page:7"],
    [`${arn}:$LATEST`, "page:$LATEST"],
    ["arn:aws:lambda:us-east-1:111111111111:layer:page:1", undefined],
    ["arn:aws:sqs:us-east-1:111111111111:page", undefined],
    ["page", undefined],
  ])("%s names the function %s", (reference, id) => {
    expect(
      lambdaFunction.refer?.(reference, { id: "x", account: "111111111111", region: "us-east-1" })?.id,
    ).toBe(id);
  });
});
