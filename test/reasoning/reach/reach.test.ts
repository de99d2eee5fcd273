import { acceptsMessage } from "../../../src/languages/filter-policy/filter-policy.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../../../src/core/json.js";
import type { Resource } from "../../../src/core/resource.js";
import { bestReach, reachOf, reachOfAny } from "../../../src/reasoning/reach/reach.js";
import type { Reach } from "../../../src/reasoning/reach/reach.js";
import { alarmMessage, targetMessage } from "../../../src/reasoning/reach/message.js";
import { confirmedClaim } from "../../../src/reasoning/reach/subscription.js";
import { topicTakes } from "../../../src/reasoning/reach/topic.js";
import {
  accountOf,
  defaultPolicy,
  document,
  home,
  listed,
  openPolicy,
  pending,
  resource,
  topic,
  topicArn,
} from "./account.js";
import { t, byAlarm, event, byRule, holding, key, services, encrypted } from "./reach.support.js";
import type { Is, Row } from "./reach.support.js";

describe("a topic reaches somebody", () => {
  const rows: readonly Row[] = [
    ["by a confirmed mail address", holding(topic()), byAlarm, "yes"],
    ["by the default policy from an alarm", holding(topic({ Policy: defaultPolicy("t") })), byAlarm, "yes"],
    [
      "not by the default policy from EventBridge",
      holding(topic({ Policy: defaultPolicy("t") })),
      byRule,
      "no",
      "policy",
    ],
    [
      "by the default policy from EventBridge with a role",
      holding(topic({ Policy: defaultPolicy("t") })),
      { ...byRule, roleArn: "arn:aws:iam::1:role/r" },
      "yes",
    ],
    ["not when it does not exist", holding(topic({ Exists: false })), byAlarm, "no", "target"],
    ["not when nobody listens", holding(topic({ Subscriptions: [] })), byAlarm, "no", "subscription"],
    [
      "not when nobody confirmed",
      holding(topic({ Subscriptions: [pending("a"), pending("b")] })),
      byAlarm,
      "no",
      "subscription",
    ],
    [
      "not by a deleted subscription",
      holding(topic({ Subscriptions: [listed("a", "email", "Deleted")] })),
      byAlarm,
      "no",
      "subscription",
    ],
    [
      "by the one that confirmed",
      holding(topic({ Subscriptions: [pending("b"), listed("a")] })),
      byAlarm,
      "yes",
    ],
    ["not with the key that AWS manages", holding(encrypted("alias/aws/sns")), byAlarm, "no", "key"],
    [
      "with a key that admits the service",
      holding(encrypted("alias/good"), key("good", services)),
      byAlarm,
      "yes",
    ],
    [
      "not from EventBridge with a key under a source account",
      holding(
        encrypted("alias/cond"),
        key("cond", { ...services, Condition: { StringEquals: { "aws:SourceAccount": home } } }),
      ),
      byRule,
      "no",
      "key",
    ],
    [
      "from an alarm with a key under its source account",
      holding(
        encrypted("alias/cond"),
        key("cond", { ...services, Condition: { StringEquals: { "aws:SourceAccount": home } } }),
      ),
      byAlarm,
      "yes",
    ],
    [
      "not with a disabled key",
      holding(encrypted("alias/good"), key("good", services, "Disabled")),
      byAlarm,
      "no",
      "key",
    ],
    ["undecided with a key that nobody read", holding(encrypted("alias/good")), byAlarm, "unknown", "key"],
    [
      "undecided in another account",
      holding(topic({}, { account: "999999999999", refused: ["Policy", "Subscriptions", "Exists"] })),
      byAlarm,
      "unknown",
      "target",
    ],
    [
      "undecided with an unreadable policy",
      holding(topic({}, { refused: ["Policy"] })),
      byAlarm,
      "unknown",
      "policy",
    ],
    [
      "undecided with unreadable subscriptions",
      holding(topic({}, { refused: ["Subscriptions"] })),
      byAlarm,
      "unknown",
      "subscription",
    ],
    [
      "not with unreadable subscriptions of which none is confirmed",
      holding(topic({ SubscriptionsConfirmed: "0" }, { refused: ["Subscriptions"] })),
      byAlarm,
      "no",
      "subscription",
    ],
    [
      "undecided with unreadable subscriptions of which some are confirmed",
      holding(topic({ SubscriptionsConfirmed: 2 }, { refused: ["Subscriptions"] })),
      byAlarm,
      "unknown",
      "subscription",
    ],
    [
      "not when nobody listens, whatever its policy",
      holding(topic({ Subscriptions: [] }, { refused: ["Policy"] })),
      byAlarm,
      "no",
      "subscription",
    ],
    ["undecided when it is not in the snapshot", holding(), byAlarm, "unknown", "target"],
    [
      "not when its whole region was listed without it",
      accountOf([], { listed: ["AWS::SNS::Topic"] }),
      byAlarm,
      "no",
      "target",
    ],
    [
      "undecided when its region could not be listed",
      accountOf([], {
        listed: ["AWS::SNS::Topic"],
        gaps: [{ account: home, type: "AWS::SNS::Topic", region: "us-east-1", reason: "AccessDenied" }],
      }),
      byAlarm,
      "unknown",
      "target",
    ],
    [
      "not from an alarm of another region",
      holding(topic()),
      { ...byAlarm, sender: { ...byAlarm.sender, region: "eu-west-1" } },
      "no",
      "target",
    ],
    [
      "from a trail of another region",
      holding(topic()),
      { sender: { publisher: "cloudtrail", account: home, region: "eu-west-1" } },
      "yes",
    ],
  ];
  test.each(rows.map((row): readonly [fact: string, row: Row] => [row[0], row]))(
    "%s",
    (_fact, [, account, options, is, link]) => {
      const reach = reachOf(account, t, options);
      expect({ is: reach.claim.is, link: reach.witness?.["link"] }).toEqual({ is, link });
    },
  );
});

test("another account's topic that no list could show may exist", () => {
  const account = accountOf([], { listed: ["AWS::SNS::Topic"] });
  expect(reachOf(account, topicArn("t", "us-east-1", "999999999999"), byAlarm).claim).toMatchObject({
    is: "unknown",
    reason: "not-collected",
  });
});

describe("several targets", () => {
  const stop = "arn:aws:automate:us-east-1:ec2:stop";
  const page = `arn:aws:lambda:us-east-1:${home}:function:page`;
  const lonely = holding(topic({ Subscriptions: [] }));
  test("reach somebody when one does", () => {
    expect(reachOfAny(holding(topic()), [stop, page, t], byAlarm)).toMatchObject({
      target: t,
      claim: { is: "yes" },
    });
  });
  test("may reach somebody when one may", () => {
    expect(reachOfAny(lonely, [stop, page, t], byAlarm)).toMatchObject({
      target: page,
      claim: { is: "unknown", reason: "undecidable" },
    });
  });
  test("that reach nobody are told by the one that came nearest", () => {
    expect(reachOfAny(lonely, [stop, t], byAlarm).witness).toEqual({
      target: t,
      link: "subscription",
      because: `${t}: it has no subscription`,
    });
  });
  test("that are none reach nobody", () => {
    expect(reachOfAny(lonely, [], byAlarm)).toMatchObject({
      claim: { is: "no", because: "it has no target" },
      witness: { link: "target" },
    });
    expect(bestReach([]).claim.is).toBe("no");
  });
});

describe("a chain", () => {
  test("shows every link with the values that were read", () => {
    const { links, notes } = reachOf(holding(topic()), t, byAlarm);
    expect(links.map(({ name }) => name)).toEqual(["target", "policy", "key", "subscription"]);
    expect(links[1]?.evidence).toEqual([
      { path: `${t}/Policy`, value: openPolicy, from: "sns:GetTopicAttributes us-east-1" },
    ]);
    expect(notes).toEqual([]);
  });
  test("ends at the broken link", () => {
    expect(reachOf(holding(encrypted("alias/aws/sns")), t, byAlarm).links.map(({ name }) => name)).toEqual([
      "target",
      "policy",
      "key",
    ]);
  });
  test("through a role asks a person to look", () => {
    expect(reachOf(holding(topic()), t, { ...byRule, roleArn: "arn:aws:iam::1:role/r" }).notes).toEqual([
      "publishes with the role arn:aws:iam::1:role/r, whose permissions were not read",
    ]);
  });
  test("without its listeners tells whether the topic takes the message", () => {
    expect(topicTakes(holding(topic({ Subscriptions: [] })), t, byAlarm).is).toBe("yes");
    expect(topicTakes(holding(encrypted("alias/aws/sns")), t, byAlarm).is).toBe("no");
  });
});

test.each<readonly [fact: string, topic: Resource, is: Is]>([
  ["a confirmed queue is confirmed", topic({ Subscriptions: [listed("a", "sqs")] }), "yes"],
  ["a pending address is not", topic({ Subscriptions: [pending("a")] }), "no"],
  ["a count tells it too", topic({ SubscriptionsConfirmed: 1 }, { refused: ["Subscriptions"] }), "yes"],
  [
    "nothing readable leaves it open",
    topic({}, { refused: ["Subscriptions", "SubscriptionsConfirmed"] }),
    "unknown",
  ],
])("%s", (_fact, resourceOf, is) => {
  expect(confirmedClaim(resourceOf).is).toBe(is);
});

describe("the message of a target", () => {
  const whole = { kind: "json", value: event, free: ["detail.message", "id"] } as const;
  test.each<readonly [target: JsonObject, message: JsonValue]>([
    [{}, whole],
    [{ InputPath: "$" }, whole],
    [
      { InputPath: "$.detail" },
      { kind: "json", value: { event: "MaxIngestStreamsError", message: "m" }, free: ["message"] },
    ],
    [{ InputPath: "$.source" }, { kind: "text" }],
    [{ InputPath: "$.id" }, { kind: "unknown" }],
    [{ InputPath: "$.detail.items[0]" }, { kind: "unknown" }],
    [{ Input: '{"text":"alert"}' }, { kind: "json", value: { text: "alert" } }],
    [{ Input: '"alert"' }, { kind: "text" }],
    [{ Input: "…" }, { kind: "text" }],
    [{ Input: "{…}" }, { kind: "unknown" }],
    [{ InputTransformer: { InputTemplate: "<a>" } }, { kind: "unknown" }],
  ])("%j", (target, message) => {
    expect(targetMessage(target, whole)).toEqual(message);
  });
});

test("a composite alarm's message has its rule and no trigger", () => {
  const message = alarmMessage(
    resource("AWS::CloudWatch::CompositeAlarm", "c", {
      properties: { AlarmRule: "ALARM(a)", AlarmDescription: null },
    }),
  );
  expect(message).toMatchObject({
    value: { AlarmName: "c", AlarmRule: "ALARM(a)", AlarmDescription: null, NewStateValue: "ALARM" },
  });
  expect(message.kind === "json" && "Trigger" in message.value).toBe(false);
});

describe("laws", () => {
  const entries = fc.array(
    fc.constantFrom<JsonObject>(
      listed("b", "sqs"),
      listed("c"),
      listed("x"),
      pending("d"),
      listed("e", "email", "Deleted"),
      listed("b", "pigeon"),
    ),
    { maxLength: 5 },
  );
  const rank: Readonly<Record<Is, number>> = { no: 0, unknown: 1, yes: 2 };
  const reachWith = (Subscriptions: readonly JsonObject[], more: JsonObject = {}): Reach =>
    reachOf(holding(topic({ ...more, Subscriptions })), t, byAlarm);
  test("a good subscription more never reaches less, and completes an otherwise good chain", () => {
    fc.assert(
      fc.property(entries, fc.constantFrom(openPolicy, document(), "{"), (subscriptions, Policy) => {
        const after = reachWith([...subscriptions, listed("a")], { Policy });
        expect(rank[after.claim.is]).toBeGreaterThanOrEqual(
          rank[reachWith(subscriptions, { Policy }).claim.is],
        );
        if (Policy === openPolicy) expect(after.claim.is).toBe("yes");
      }),
      { numRuns: 200 },
    );
  });
  test("the order of subscriptions changes nothing", () => {
    fc.assert(
      fc.property(
        entries.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
        ),
        ([all, shuffled]) => {
          expect(reachWith(shuffled).claim).toEqual(reachWith(all).claim);
        },
      ),
      { numRuns: 200 },
    );
  });
  test("the order of targets changes nothing, and one more never reaches less", () => {
    const account = holding(topic(), topic({ Subscriptions: [] }, { name: "u" }));
    const targets = fc.subarray([
      t,
      topicArn("u"),
      topicArn("missing"),
      "arn:aws:automate:us-east-1:ec2:stop",
      `arn:aws:lambda:us-east-1:${home}:function:f`,
    ]);
    fc.assert(
      fc.property(
        targets.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
        ),
        targets,
        ([all, shuffled], more) => {
          const before = reachOfAny(account, all, byAlarm);
          expect(reachOfAny(account, shuffled, byAlarm)).toEqual(before);
          expect(rank[reachOfAny(account, [...all, ...more], byAlarm).claim.is]).toBeGreaterThanOrEqual(
            rank[before.claim.is],
          );
        },
      ),
      { numRuns: 200 },
    );
  });
});

test("a message names its region in words, and has a metric or a list of them", () => {
  const alarmOn = (properties: JsonObject): Resource =>
    resource("AWS::CloudWatch::Alarm", "a", { properties });
  const single = alarmOn({ MetricName: "Errors", Namespace: "Audit", Metrics: null });
  const maths = alarmOn({
    MetricName: null,
    Namespace: null,
    Metrics: [{ Id: "e", Expression: "a + b", ReturnData: true }],
  });
  const composite = resource("AWS::CloudWatch::CompositeAlarm", "c", {
    properties: { AlarmRule: "ALARM(a)" },
  });
  const takes = (policy: JsonObject, alarm: Resource): string =>
    acceptsMessage({ policy, scope: "MessageBody", body: alarmMessage(alarm) });
  expect([
    takes({ Region: ["us-east-1"] }, single),
    takes({ Region: ["us-east-1", "eu-west-1"] }, composite),
    takes({ Region: ["US East (N. Virginia)"] }, single),
    takes({ Region: ["us-east-1", "EU (Ireland)"] }, maths),
    takes({ Region: [{ prefix: "US" }] }, single),
  ]).toEqual(["no", "no", "unknown", "unknown", "unknown"]);
  expect([
    takes({ Trigger: { Namespace: ["Audit"] } }, single),
    takes({ Trigger: { Namespace: ["Audit"] } }, maths),
    takes({ Trigger: { Dimensions: { name: ["Channel"] } } }, maths),
    takes({ Trigger: { Namespace: [{ exists: false }] } }, maths),
    takes({ Trigger: { Metrics: { Id: ["e"] } } }, single),
    takes({ Trigger: { Namespace: ["Audit"] } }, composite),
  ]).toEqual(["yes", "no", "no", "yes", "no", "no"]);
});

test.each([
  [home, ""],
  ["999999999999", ", and let the topic's policy, account 999999999999's, allow it as well"],
])("a topic of account %s that refuses: what it takes to read it", (owner, consent) => {
  const arn = topicArn("pager", "us-east-1", owner);
  const refused = { reason: "AuthorizationError", action: "sns:GetTopicAttributes", region: "us-east-1" };
  const unread = resource("AWS::SNS::Topic", "pager", {
    arn,
    account: owner,
    unreadable: { Exists: refused, Policy: refused, KmsMasterKeyId: refused, Subscriptions: refused },
  });
  expect(reachOf(accountOf([unread]), arn, byAlarm).claim).toMatchObject({
    is: "unknown",
    because: `${arn}: whether it exists could not be read: AuthorizationError; grant sns:GetTopicAttributes in us-east-1${consent}`,
  });
});
