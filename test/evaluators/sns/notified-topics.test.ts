import { describe, expect, it } from "vitest";
import type { Resource } from "../../../src/core/resource.js";
import { notifiedTopicDemand as notifiedTopics } from "../../../src/evaluators/sns/notified-topics.js";
import { alarm, archive, home, people, refused, REGION, rule, state, thing, TOPIC } from "../alarm/state.js";
import type { Parts } from "../alarm/state.js";

type Options = Parameters<typeof notifiedTopics.evaluate>[1];
const confirmed: Options = { demand: "confirmed" };
const judge = (parts: Parts, options: Options = confirmed): readonly (readonly [string, string])[] =>
  notifiedTopics.evaluate(state(parts), options).map(({ subject, verdict }) => [subject.id, verdict.status]);
const policy = (statement: object): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: ["sns:Publish", "sns:Subscribe"], Resource: "*", ...statement }],
  });

describe("which topics are judged", () => {
  it.each<[string, Resource]>([
    ["an alarm", alarm("a", {})],
    ["an alarm, when it is over", alarm("a", { AlarmActions: null, OKActions: [TOPIC] })],
    ["a rule", rule("r", { source: ["aws.s3"] })],
    ["a disabled rule", rule("r", { source: ["aws.s3"] }, { State: "DISABLED" })],
    [
      "a vault",
      thing("AWS::Glacier::Vault", "v", { NotificationConfiguration: { SNSTopic: TOPIC, Events: [] } }),
    ],
    [
      "a bucket",
      archive("b", {
        NotificationConfiguration: { TopicConfigurations: [{ Topic: TOPIC, Event: "s3:ObjectRestore:*" }] },
      }),
    ],
    ["a trail", thing("AWS::CloudTrail::Trail", "t", {}, { observed: { SnsTopicARN: TOPIC } })],
  ])("one that %s notifies", (_title, by) => {
    expect(judge({ resources: [by, ...people()] })).toEqual([["ops", "pass"]]);
  });

  it("each once, whatever names it, and none that nobody names", () => {
    expect(
      judge({
        resources: [
          alarm("a", {}),
          alarm("b", {}),
          rule("r", {}),
          ...people(),
          ...people({}, { arn: `${TOPIC}-unused` }),
        ],
      }),
    ).toEqual([["ops", "pass"]]);
  });

  it("not one that is gone: that is the fault of what names it", () => {
    expect(judge({ resources: [alarm("a", {}), ...people({ Exists: false })] })).toEqual([
      [home, "not-applicable"],
    ]);
  });

  it("one of another account, as far as it can be read", () => {
    const arn = `arn:aws:sns:${REGION}:999999999999:theirs`;
    expect(judge({ resources: [alarm("a", { AlarmActions: [arn] })] })).toEqual([["theirs", "unknown"]]);
  });

  it("and a list that was refused may hide more", () => {
    expect(
      judge({
        resources: [alarm("a", {}), ...people()],
        gaps: [refused("AWS::Events::Rule", "eu-west-1"), refused("AWS::CloudWatch::Alarm", "eu-west-1")],
      }),
    ).toEqual([
      ["ops", "pass"],
      ["eu-west-1", "unknown"],
    ]);
  });

  it("as may a bucket whose notifications could not be read", () => {
    const { properties } = archive("b");
    expect(
      judge({
        resources: [
          {
            ...archive("b"),
            properties,
            unreadable: { NotificationConfiguration: { reason: "AccessDenied" } },
          },
        ],
      }),
    ).toEqual([["b", "unknown"]]);
  });
});

describe("what is demanded", () => {
  const onTopic = (options: Options, topic: readonly Resource[]): string =>
    judge({ resources: [alarm("a", {}), ...topic] }, options)[0]![1];
  it.each<[string, string, Options, readonly Resource[]]>([
    [
      "a pending subscription",
      "fail",
      confirmed,
      people({ Subscriptions: [{ SubscriptionArn: "PendingConfirmation", Protocol: "email" }] }),
    ],
    ["no subscription", "fail", confirmed, people({ Subscriptions: [] })],
    [
      "one of two confirmed",
      "pass",
      confirmed,
      people({
        Subscriptions: [{ SubscriptionArn: "PendingConfirmation" }, { SubscriptionArn: `${TOPIC}:1` }],
      }),
    ],
    [
      "subscriptions that could not be listed",
      "unknown",
      confirmed,
      people({}, { unreadable: { Subscriptions: { reason: "AccessDenied" } } }),
    ],
    [
      "of which the topic tells the number",
      "pass",
      confirmed,
      people({ SubscriptionsConfirmed: 2 }, { unreadable: { Subscriptions: { reason: "AccessDenied" } } }),
    ],
    ["no key", "fail", { demand: "encrypted" }, people()],
    ["a key", "pass", { demand: "encrypted" }, people({}, { properties: { KmsMasterKeyId: "alias/ops" } })],
    ["everybody may publish", "fail", { demand: "private" }, people({ Policy: policy({ Principal: "*" }) })],
    ["AWS services may publish", "pass", { demand: "private" }, people()],
    [
      "everybody of this account may publish",
      "pass",
      { demand: "private" },
      people({
        Policy: policy({ Principal: { AWS: "*" }, Condition: { StringEquals: { "AWS:SourceOwner": home } } }),
      }),
    ],
    [
      "another account may subscribe",
      "fail",
      { demand: "private" },
      people({ Policy: policy({ Principal: { AWS: "999999999999" } }) }),
    ],
    [
      "an organization that is not known",
      "unknown",
      { demand: "private" },
      people({
        Policy: policy({ Principal: "*", Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } }),
      }),
    ],
    [
      "a policy that could not be read",
      "unknown",
      { demand: "private" },
      people({}, { unreadable: { Policy: { reason: "AccessDenied" } } }),
    ],
  ])("%s: %s", (_title, ...[status, options, topic]) => {
    expect(onTopic(options, topic)).toBe(status);
  });

  it("this account's own organization is no outsider", () => {
    const organization = thing(
      "AWS::Organizations::Organization",
      home,
      {},
      { observed: { OrganizationId: "o-1" } },
    );
    expect(
      onTopic({ demand: "private" }, [
        ...people({
          Policy: policy({ Principal: "*", Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } }),
        }),
        organization,
      ]),
    ).toBe("pass");
  });

  it("the key that AWS manages is a key, with a note", () => {
    const [judged] = notifiedTopics.evaluate(
      state({
        resources: [alarm("a", {}), ...people({}, { properties: { KmsMasterKeyId: "alias/aws/sns" } })],
      }),
      { demand: "encrypted" },
    );
    expect(judged!.verdict).toMatchObject({
      status: "pass",
      notes: [expect.stringContaining("never arrives") as string],
    });
  });
});
