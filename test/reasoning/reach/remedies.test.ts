import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/core/json.js";
import type { Resource } from "../../../src/core/resource.js";
import type { Remediation } from "../../../src/core/verdict.js";
import { bucketNotifications } from "../../../src/evaluators/bucket/notifications.js";
import { lay } from "../../../src/forecasts/lay.js";
import { topicPrivacy } from "../../../src/reasoning/access-log/publicness.js";
import { privateTopicRemedy } from "../../../src/reasoning/reach/remedy-topic-policy.js";
import { targetRemedy } from "../../../src/reasoning/reach/remedy-target.js";
import { stateOf, viewAccount } from "../../../src/shared/view-account.js";
import { account, accountId, resource } from "../../support/build.js";

const arn = `arn:aws:sns:us-east-1:${accountId}:pager`;
const open: JsonObject = {
  Sid: "open",
  Effect: "Allow",
  Principal: "*",
  Action: "sns:Publish",
  Resource: arn,
};
const partner: JsonObject = {
  Sid: "own",
  Effect: "Allow",
  Principal: { AWS: `arn:aws:iam::${accountId}:role/app` },
  Action: "sns:Publish",
  Resource: arn,
};
const topic = (statements: readonly JsonObject[], part: Partial<Resource> = {}): Resource =>
  resource({
    type: "AWS::SNS::Topic",
    id: "pager",
    arn,
    properties: { KmsMasterKeyId: null },
    observed: {
      Exists: true,
      Policy: JSON.stringify({ Version: "2012-10-17", Statement: statements }),
      Subscriptions: [{ SubscriptionArn: `${arn}:1`, Protocol: "email", Endpoint: null, Owner: accountId }],
      SubscriptionsConfirmed: 1,
    },
    ...part,
  });
const alarm = resource({ type: "AWS::CloudWatch::Alarm", id: "errors" });
const rule = resource({ type: "AWS::Events::Rule", id: "calls" });
const policyOf = (remedy: Remediation | undefined): { readonly Statement: readonly JsonObject[] } =>
  JSON.parse((remedy?.changes?.[0]?.observed?.["Policy"] ?? "null") as string) as {
    Statement: readonly JsonObject[];
  };

describe("the remedy for a public topic", () => {
  const remedy = (one: Resource, by: readonly Resource[]): Remediation | undefined =>
    privateTopicRemedy(account({ resources: [one] }), {
      topic: one,
      by,
      isPrivate: (other) => topicPrivacy(other, { accounts: [accountId] }),
    });

  it("gives EventBridge a statement without a condition, and CloudWatch one with", () => {
    const { Statement: statements } = policyOf(remedy(topic([open]), [alarm, rule]));
    expect(statements.map(({ Principal, Condition }) => [Principal, Condition])).toEqual([
      [{ Service: "cloudwatch.amazonaws.com" }, { StringEquals: { "aws:SourceAccount": accountId } }],
      [{ Service: "events.amazonaws.com" }, undefined],
    ]);
  });

  it("keeps all statements that open nothing, and names each service that publishes today", () => {
    const deny = {
      ...open,
      Sid: "tls",
      Effect: "Deny",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    };
    const vault = resource({ type: "AWS::Glacier::Vault", id: "v" });
    const found = remedy(topic([partner, open, deny]), [vault]);
    expect(policyOf(found).Statement.slice(0, 2)).toEqual([partner, deny]);
    expect(policyOf(found).Statement[2]?.["Principal"]).toEqual({ Service: "glacier.amazonaws.com" });
    expect(found?.cli).toContain(`--topic-arn ${arn} `);
  });

  it("is none for another account's topic, or a policy that is not understood", () => {
    expect(remedy(topic([open], { account: "999988887777" }), [alarm])).toBeUndefined();
    expect(remedy(topic([], { observed: { Policy: "{" } }), [alarm])).toBeUndefined();
  });
});

describe("the remedy for an alarm's target", () => {
  const sender = {
    publisher: "cloudwatch",
    account: accountId,
    region: "us-east-1",
    arn: `arn:aws:cloudwatch:us-east-1:${accountId}:alarm:errors`,
  } as const;
  const remedy = (resources: readonly Resource[], to = arn): Remediation | undefined =>
    targetRemedy(account({ resources }), { arn: to, sender });

  it("makes a topic again that is gone", () => {
    const gone = topic([], { observed: { Exists: false } });
    expect(remedy([gone])?.cli).toMatch(/^aws sns create-topic --name pager --region us-east-1\n/u);
  });

  it("lets CloudWatch publish where the policy does not, and keeps what it says", () => {
    expect(policyOf(remedy([topic([partner])])).Statement).toEqual([
      partner,
      expect.objectContaining({ Principal: { Service: "cloudwatch.amazonaws.com" } }),
    ]);
  });

  it("proves nothing where a Deny stands against it, but says what is wrong", () => {
    const deny = { ...open, Effect: "Deny", Principal: { Service: "cloudwatch.amazonaws.com" } };
    const found = remedy([topic([deny])]);
    expect(found?.text).toContain("deny it nowhere");
    expect(found).not.toHaveProperty("changes");
  });

  it("speaks of the key where the key is what is wrong", () => {
    const encrypted = topic([{ ...open, Condition: { StringEquals: { "AWS:SourceOwner": accountId } } }], {
      properties: { KmsMasterKeyId: "alias/aws/sns" },
    });
    expect(remedy([encrypted])?.cli).toContain("--attribute-name KmsMasterKeyId");
  });

  it("asks the owner of another account's topic, and another region's topic for nothing", () => {
    const foreign = `arn:aws:sns:us-east-1:999988887777:pager`;
    expect(
      remedy([topic([], { arn: foreign, account: "999988887777", observed: { Exists: false } })], foreign)
        ?.text,
    ).toContain("belongs to account 999988887777");
    const far = `arn:aws:sns:eu-west-1:${accountId}:pager`;
    const found = remedy([topic([open], { arn: far, region: "eu-west-1" })], far);
    expect(found?.text).toContain("point the action to a topic in us-east-1");
  });

  it("lets the alarm invoke a function, and knows nothing of other targets", () => {
    const lambda = `arn:aws:lambda:us-east-1:${accountId}:function:f`;
    expect(remedy([], lambda)?.cli).toContain(`--function-name ${lambda} `);
    expect(remedy([], `arn:aws:ssm:us-east-1:${accountId}:opsitem:1`)).toBeUndefined();
  });
});

describe("the remedy for a bucket that tells nobody of restores", () => {
  const queue = { Event: "s3:ObjectCreated:*", Queue: "arn:aws:sqs:us-east-1:1:q" };
  const filtered = {
    Event: "s3:ObjectRemoved:*",
    Function: "f",
    Filter: { S3Key: { Rules: [{ Name: "prefix", Value: "a/" }] } },
  };
  const bucket = (set: JsonObject | null): Resource =>
    resource({
      type: "AWS::S3::Bucket",
      id: "archive",
      arn: "arn:aws:s3:::archive",
      properties: { NotificationConfiguration: set },
      observed: { OwnedByAccount: true },
    });
  const admits = { ...open, Principal: { Service: "s3.amazonaws.com" } };
  const judged = (resources: readonly Resource[]) => {
    const state = account({ resources });
    const [judgement] = bucketNotifications.evaluate(state, { demand: "restore", buckets: "all" });
    const verdict = judgement?.verdict;
    const remedy = verdict?.status === "fail" ? verdict.remediation : undefined;
    const after = viewAccount(lay(stateOf(state)!.snapshot, remedy?.changes ?? []));
    const [then] = bucketNotifications.evaluate(after, { demand: "restore", buckets: "all" });
    return { remedy, then: then?.verdict.status };
  };

  it("carries over every other notification, in the API's words, and is proven", () => {
    const { remedy, then } = judged([
      bucket({
        QueueConfigurations: [queue],
        LambdaConfigurations: [filtered],
        EventBridgeConfiguration: { EventBridgeEnabled: false },
      }),
      topic([admits]),
    ]);
    const given = JSON.parse(/'(\{.*\})'/u.exec(remedy?.cli ?? "")?.[1] ?? "null") as JsonObject;
    expect(given).toEqual({
      TopicConfigurations: [{ TopicArn: arn, Events: ["s3:ObjectRestore:Completed"] }],
      QueueConfigurations: [{ QueueArn: queue.Queue, Events: [queue.Event] }],
      LambdaFunctionConfigurations: [
        {
          LambdaFunctionArn: "f",
          Events: [filtered.Event],
          Filter: { Key: { FilterRules: [{ Name: "prefix", Value: "a/" }] } },
        },
      ],
    });
    expect(then).toBe("pass");
  });

  it("leaves the topic open where none is known to take it", () => {
    const { remedy, then } = judged([bucket(null), topic([])]);
    expect(remedy?.cli).toContain('"TopicArn":"TOPIC_ARN"');
    expect(remedy).not.toHaveProperty("changes");
    expect(then).toBe("fail");
  });

  it("is the rule's own where a notification of restores is there, and only its target is dead", () => {
    const dead = { Event: "s3:ObjectRestore:*", Topic: arn };
    const { remedy } = judged([bucket({ TopicConfigurations: [dead] }), topic([])]);
    expect(remedy).toBeUndefined();
  });
});
