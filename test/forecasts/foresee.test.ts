import { describe, expect, it } from "vitest";
import { Hole } from "../../src/core/declared.js";
import { foresee } from "../../src/forecasts/foresee.js";
import { openFinder } from "../../src/forecasts/find-resource.js";
import { accountId, resource } from "../support/build.js";
import { declared } from "../support/declare.js";
import { emptyAccount, judgedBy } from "../support/empty-account.js";

const empty = await emptyAccount();
const topicArn = `arn:aws:sns:us-east-1:${accountId}:pager`;
const TOPIC = "AWS::SNS::Topic";
const pager = declared(TOPIC, "Pager", { properties: { TopicName: "pager" } });
const alarm = declared("AWS::CloudWatch::Alarm", "Errors", {
  properties: { AlarmName: "errors", AlarmActions: [topicArn], Namespace: "A", MetricName: "M" },
});
const subscription = declared("AWS::SNS::Subscription", "Mail", {
  properties: { TopicArn: topicArn, Protocol: "email", Endpoint: "a@example.com" },
});

describe("a state foreseen", () => {
  it("is the same where nothing is declared", () => {
    expect(foresee(empty, { resources: [], open: [] })).toEqual({ snapshot: empty, touched: [], notes: [] });
  });

  it("holds what is new, with what AWS sets and what it will show", async () => {
    const { snapshot, touched, notes } = foresee(empty, {
      resources: [alarm, subscription, pager],
      open: [],
    });
    const topic = openFinder(snapshot).find({ type: TOPIC, id: "pager", arn: topicArn, region: "us-east-1" });
    expect(topic?.properties).toEqual({
      TopicName: "pager",
      DisplayName: null,
      KmsMasterKeyId: null,
      FifoTopic: false,
    });
    expect(topic?.observed).toMatchObject({
      Exists: true,
      Owner: accountId,
      SubscriptionsConfirmed: 1,
      SubscriptionsPending: 0,
      Subscriptions: [{ Protocol: "email", Endpoint: "a@example.com", Owner: accountId }],
    });
    expect(touched.map(({ address, kind, type }) => [address, kind, type])).toEqual([
      ["Errors", "new", "AWS::CloudWatch::Alarm"],
      ["Mail", "new", "AWS::SNS::Subscription"],
      ["Mail", "new", TOPIC],
      ["Pager", "new", TOPIC],
    ]);
    expect(notes).toEqual([
      "It is taken for granted that new subscriptions by e-mail or HTTP are confirmed by whoever receives them",
    ]);
    const [finding] = await judgedBy("alarm.reaches-someone", snapshot);
    expect(finding).toMatchObject({ status: "pass", subject: { id: "errors" } });
  });

  it("leaves open what depends on something that nobody knows", async () => {
    const open = {
      ...alarm,
      properties: { ...alarm.properties, AlarmActions: [new Hole("parameter Pager")] },
    };
    const { snapshot } = foresee(empty, { resources: [open], open: [] });
    expect(snapshot.resources[0]?.unreadable).toEqual({
      AlarmActions: { reason: "KnownAfterDeployment", message: "depends on parameter Pager" },
    });
    const [finding] = await judgedBy("alarm.reaches-someone", snapshot);
    expect(finding?.status).toBe("unknown");
  });

  it("keeps a tombstone of what is deleted, whether the state held it or not", async () => {
    const before = foresee(empty, { resources: [alarm, subscription, pager], open: [] }).snapshot;
    const gone = declared(TOPIC, "Pager", {
      action: "delete",
      properties: {},
      before: { id: "pager", ref: topicArn, arn: topicArn },
    });
    const { snapshot, touched } = foresee(before, { resources: [gone], open: [] });
    expect(touched).toEqual([
      {
        address: "Pager",
        declaredType: TOPIC,
        type: TOPIC,
        id: "pager",
        arn: topicArn,
        region: "us-east-1",
        kind: "gone",
      },
    ]);
    const [finding] = await judgedBy("alarm.reaches-someone", snapshot);
    expect(finding).toMatchObject({ status: "fail" });
    expect(finding?.message).toContain("does not exist");
    const [tomb] = foresee(empty, { resources: [gone], open: [] }).snapshot.resources;
    expect(tomb).toMatchObject({ id: "pager", observed: { Exists: false } });
  });

  it("counts what is for others, and lays nothing of it", () => {
    const elsewhere = [
      { ...pager, account: "444455556666" },
      { ...pager, address: "B", account: "444455556666" },
      { ...pager, address: "C", region: "eu-west-3" },
      declared("AWS::IAM::User", "net"),
    ];
    const { snapshot, notes } = foresee(empty, { resources: elsewhere, open: [] });
    expect(snapshot).toEqual(empty);
    expect(notes).toEqual([
      "1 declared resource in eu-west-3, where nobody looked: left out",
      "1 declared resource of a type that this state does not hold: left out",
      "2 declared resources in account 444455556666: left out",
    ]);
  });

  it("says that more could come of what is open, where lists were asked", () => {
    const { snapshot } = foresee(empty, {
      resources: [],
      open: [{ types: ["AWS::Logs::MetricFilter"], cause: "Fn::ForEach::Filters over parameter Names" }],
    });
    expect(snapshot.gaps).toEqual([
      {
        account: accountId,
        type: "AWS::Logs::MetricFilter",
        region: "us-east-1",
        reason: "KnownAfterDeployment",
        message: "undecided: Fn::ForEach::Filters over parameter Names",
      },
    ]);
  });

  it("takes over what exists already, and says so", () => {
    const there = {
      ...empty,
      resources: [
        resource({
          type: "AWS::CloudWatch::Alarm",
          id: "errors",
          arn: `arn:aws:cloudwatch:us-east-1:${accountId}:alarm:errors`,
          properties: { AlarmName: "errors", Namespace: "A", MetricName: "M", Period: 300 },
          observed: { StateValue: "OK" },
        }),
      ],
    };
    const { snapshot, touched, notes } = foresee(there, { resources: [alarm], open: [] });
    expect(snapshot.resources[0]).toMatchObject({
      properties: { Period: null, AlarmActions: [topicArn] },
      observed: { StateValue: "INSUFFICIENT_DATA" },
    });
    expect(touched[0]?.kind).toBe("changed");
    expect(notes).toEqual(["Errors: errors exists already, and is taken over"]);
  });
});
