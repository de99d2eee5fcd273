import { describe, expect, it } from "vitest";
import { snsSubscription } from "../../../src/collectors/sns/subscription.js";
import { snsTopic } from "../../../src/collectors/sns/topic.js";
import { sqsQueue } from "../../../src/collectors/sqs/queue.js";
import { awsError, denied } from "../../sources/support/fake-aws.js";
import { canned, cannedReferences } from "../support/canned.js";
import { readNeeds, saysOf } from "../support/read.js";
import type { Answers, Read } from "../support/read.js";

const type = "AWS::SQS::Queue";
const queueArn = "arn:aws:sqs:us-east-1:111111111111:alerts";
const subscribed = (Endpoint: string): Answers => ({
  ...canned["AWS::SNS::Topic"],
  ListSubscriptionsByTopic: () => ({
    Subscriptions: [{ SubscriptionArn: "arn:aws:sns:us-east-1:111111111111:t:1", Protocol: "sqs", Endpoint }],
  }),
});
const read = (answers: Answers, Endpoint = queueArn): Promise<Read> =>
  readNeeds(
    [snsTopic, snsSubscription, sqsQueue],
    { ...subscribed(Endpoint), ...answers },
    {
      needs: [
        {
          type,
          properties: ["Exists", "Policy", "KmsMasterKeyId"],
          only: { referencedBy: "AWS::SNS::Topic", path: "Subscriptions[].Endpoint" },
        },
      ],
    },
  );

describe("the collector of queues", () => {
  it("reads what a topic sends to, by one call and without a list", async () => {
    const { snapshot, aws } = await read({
      GetQueueAttributes: () => ({ Attributes: { QueueArn: queueArn, Policy: '{"Statement":[]}' } }),
    });
    expect(aws.calls.filter(({ service }) => service === "sqs")).toEqual([
      expect.objectContaining({
        operation: "GetQueueAttributes",
        region: "us-east-1",
        input: {
          QueueUrl: "https://sqs.us-east-1.amazonaws.com/111111111111/alerts",
          AttributeNames: ["All"],
        },
      }),
    ]);
    expect(saysOf(snapshot, type)).toMatchObject({
      QueueName: "alerts",
      Exists: true,
      Policy: '{"Statement":[]}',
      KmsMasterKeyId: null,
      FifoQueue: null,
    });
  });

  it.each(["QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue"])(
    "a queue that SQS does not know (%s) is gone",
    async (name) => {
      const { snapshot } = await read({ GetQueueAttributes: () => awsError(name, { status: 400 }) });
      expect(saysOf(snapshot, type)).toMatchObject({ Exists: false, Policy: null });
    },
  );

  it("a queue that may not be read is neither there nor gone", async () => {
    const { snapshot } = await read({ GetQueueAttributes: () => denied("sqs:GetQueueAttributes") });
    const [queue] = snapshot.resources.filter((resource) => resource.type === type);
    expect(queue?.unreadable).toMatchObject({
      Exists: { reason: "AccessDenied", action: "sqs:GetQueueAttributes" },
      Policy: { reason: "AccessDenied" },
    });
    expect(saysOf(snapshot, type)).not.toHaveProperty("Exists");
  });

  it("is asked for where it is, also in another partition and account", async () => {
    const { aws } = await read(
      { ...cannedReferences[type]?.answers },
      "arn:aws-cn:sqs:cn-north-1:222222222222:far.fifo",
    );
    expect(aws.calls.find(({ service }) => service === "sqs")).toMatchObject({
      region: "cn-north-1",
      input: { QueueUrl: "https://sqs.cn-north-1.amazonaws.com.cn/222222222222/far.fifo" },
    });
  });

  it.each<[string, string | undefined]>([
    [queueArn, "alerts"],
    [`${queueArn}.fifo`, "alerts.fifo"],
    ["arn:aws:sns:us-east-1:111111111111:alerts", undefined],
    ["arn:aws:sqs:us-east-1:111111111111:a/b", undefined],
    ["soc@example.com", undefined],
  ])("%s names the queue %s", (reference, id) => {
    expect(sqsQueue.refer?.(reference, { id: "x", account: "111111111111", region: "us-east-1" })?.id).toBe(
      id,
    );
  });
});
