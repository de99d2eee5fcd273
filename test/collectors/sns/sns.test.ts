import { describe, expect, it } from "vitest";
import { cloudtrailTrail } from "../../../src/collectors/cloudtrail/trail.js";
import { snsSubscription } from "../../../src/collectors/sns/subscription.js";
import { snsTopic } from "../../../src/collectors/sns/topic.js";
import { endpointOf } from "../../../src/shared/aws/notified-endpoint.js";
import { awsError } from "../../sources/support/fake-aws.js";
import { canned, cannedReferences } from "../support/canned.js";
import { readNeeds, saysOf } from "../support/read.js";

const topicArn = "arn:aws:sns:us-east-1:111111111111:t";
const answers = { ...canned["AWS::SNS::Topic"], ...cannedReferences["AWS::SNS::Subscription"]?.answers };

describe("the collector of topics", () => {
  it("turns attributes, which are texts, into what they say", async () => {
    const { snapshot } = await readNeeds([snsTopic], answers, {
      needs: [{ type: "AWS::SNS::Topic", properties: ["KmsMasterKeyId", "Subscriptions"] }],
    });
    expect(saysOf(snapshot, "AWS::SNS::Topic")).toEqual({
      SeenIn: ["us-east-1"],
      TopicName: "t",
      DisplayName: null,
      KmsMasterKeyId: null,
      FifoTopic: true,
      Policy: "{}",
      Owner: "111111111111",
      SubscriptionsConfirmed: 1,
      SubscriptionsPending: 0,
      Subscriptions: [
        {
          SubscriptionArn: `${topicArn}:1`,
          Protocol: "https",
          Endpoint: "https://events.example.com/…",
          Owner: "111111111111",
        },
        {
          SubscriptionArn: "PendingConfirmation",
          Protocol: "email",
          Endpoint: "who@example.com",
          Owner: "111111111111",
        },
      ],
    });
  });

  it.each(["NotFoundException", "NotFound"])(
    "a topic that a trail names and SNS does not know (%s) is gone",
    async (name) => {
      const { snapshot, aws } = await readNeeds(
        [snsTopic, cloudtrailTrail],
        {
          DescribeTrails: () => ({
            trailList: [
              {
                Name: "t",
                TrailARN: "arn:aws:cloudtrail:us-east-1:111111111111:trail/t",
                HomeRegion: "us-east-1",
                SnsTopicARN: topicArn,
              },
            ],
          }),
          GetTopicAttributes: () => awsError(name, { status: 404 }),
        },
        {
          needs: [
            {
              type: "AWS::SNS::Topic",
              properties: ["Exists", "Policy"],
              only: { referencedBy: "AWS::CloudTrail::Trail", path: "SnsTopicARN" },
            },
          ],
        },
      );
      expect(saysOf(snapshot, "AWS::SNS::Topic")).toMatchObject({ Exists: false, Policy: null });
      expect(aws.count("ListTopics")).toBe(0);
    },
  );

  it.each([
    [topicArn, "t"],
    ["arn:aws:sns:us-east-1:111111111111:t.fifo", "t.fifo"],
    [`${topicArn}:1`, undefined],
    ["arn:aws:lambda:us-east-1:111111111111:function:f", undefined],
    ["t", undefined],
  ])("%s names the topic %s", (reference, id) => {
    expect(snsTopic.refer?.(reference, { id: "x", account: "111111111111", region: "us-east-1" })?.id).toBe(
      id,
    );
  });
});

describe("the collector of subscriptions", () => {
  it("follows confirmed ones only, and reads their filter", async () => {
    const { snapshot, aws } = await readNeeds([snsTopic, snsSubscription], answers, {
      needs: [
        {
          type: "AWS::SNS::Subscription",
          properties: ["FilterPolicy"],
          only: { referencedBy: "AWS::SNS::Topic", path: "Subscriptions[].SubscriptionArn" },
        },
      ],
    });
    expect(
      aws.calls
        .filter(({ operation }) => operation === "GetSubscriptionAttributes")
        .map(({ input }) => input),
    ).toEqual([{ SubscriptionArn: `${topicArn}:1` }]);
    expect(snapshot.resources.find(({ type }) => type === "AWS::SNS::Subscription")).toMatchObject({
      id: `${topicArn}:1`,
      arn: `${topicArn}:1`,
      properties: {
        FilterPolicy: '{"a":["b"]}',
        FilterPolicyScope: "MessageBody",
        Endpoint: "https://chat.example.com/…",
        RawMessageDelivery: true,
        RedrivePolicy: null,
      },
      observed: { PendingConfirmation: false },
    });
  });

  it.each([
    ["email", "who@example.com", "who@example.com"],
    ["https", "https://user:word@hook.example:8443/key?token=1", "https://hook.example:8443/…"],
    ["http", "not a url", undefined],
    ["sqs", "arn:aws:sqs:us-east-1:111111111111:q", "arn:aws:sqs:us-east-1:111111111111:q"],
    ["https", undefined, undefined],
  ])("%s %s is shown as %s", (protocol, endpoint, shown) => {
    expect(endpointOf(protocol, endpoint)).toBe(shown);
  });
});
