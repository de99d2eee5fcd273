import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/core/json.js";
import type { Resource } from "../../../src/core/resource.js";
import type { Verdict } from "../../../src/core/verdict.js";
import { eventRuleRoutes } from "../../../src/evaluators/event-rule/routes.js";
import { parseEventPattern } from "../../../src/languages/event-pattern/event-pattern.js";
import { eventPatternQuestion } from "../../../src/languages/event-pattern/match.js";
import { exactly } from "../../../src/languages/partial-record/partial-record.js";
import { holding } from "../../../src/shared/claim.js";
import { chainOf } from "../../../src/reasoning/detection/chain.js";
import { decideDetection } from "../../../src/reasoning/detection/detection.js";
import { mediapackageEvents } from "../../../src/reasoning/routing/mediapackage-events.js";
import type { MediapackageKind } from "../../../src/reasoning/routing/mediapackage.js";
import cases from "../../languages/data/mediapackage-patterns.json" with { type: "json" };
import {
  accountOf,
  home,
  ireland,
  rule,
  thing,
  topic,
  topicArn,
  trail,
  virginia,
} from "../../reasoning/detection/account.js";

const sending = { account: home, partition: "aws", region: "us-west-2" };
const live1 = {
  channelArn: exactly(`arn:aws:mediapackage:us-west-2:${home}:channels/c0ffee`),
  channelId: exactly("live1"),
  endpoints: [
    { arn: exactly(`arn:aws:mediapackage:us-west-2:${home}:origin_endpoints/e1`), id: exactly("hls1") },
    { arn: exactly(`arn:aws:mediapackage:us-west-2:${home}:origin_endpoints/e2`), id: exactly("dash1") },
  ],
};

describe("the worked patterns, decided on all documented notifications of a channel", () => {
  it.each(cases)("$id $types: $why", ({ types, patterns, missed }) => {
    const chains = patterns.map((text) => {
      const parsed = parseEventPattern(text);
      if (!parsed.ok) throw new Error(parsed.message);
      const link = {
        name: "rule",
        ref: text,
        id: text,
        claim: holding,
        passes: eventPatternQuestion(parsed.pattern),
        evidence: () => [],
      } as const;
      return chainOf([link], () => holding);
    });
    const demand = mediapackageEvents(sending, types as MediapackageKind[], [live1]);
    expect(decideDetection(demand.map((one) => ({ demand: one, chains }))).status).toBe(
      missed.length === 0 ? "heard" : "slips",
    );
  });
});

const channel = (id = "live1", region: string = virginia): Resource =>
  thing("AWS::MediaPackage::Channel", id, {
    arn: `arn:aws:mediapackage:${region}:${home}:channels/${id}-guid`,
    region,
    facts: { Id: id },
  });
const endpoint = (id = "hls1", ChannelId = "live1"): Resource =>
  thing("AWS::MediaPackage::OriginEndpoint", id, {
    arn: `arn:aws:mediapackage:${virginia}:${home}:origin_endpoints/${id}-guid`,
    facts: { Id: id, ChannelId },
  });
const vault = thing("AWS::Glacier::Vault", "v", {
  arn: `arn:aws:glacier:${virginia}:${home}:vaults/v`,
  facts: { VaultName: "v" },
});
const media = { source: ["aws.mediapackage"] };

type Options = Parameters<typeof eventRuleRoutes.evaluate>[1];
type World = Parameters<typeof accountOf>[1];
const judgements = (
  resources: readonly Resource[],
  options: Options = { events: "mediapackage" },
  world: World = {},
): readonly { readonly id: string; readonly verdict: Verdict }[] =>
  eventRuleRoutes
    .evaluate(accountOf(resources, world), options)
    .map(({ subject, verdict }) => ({ id: subject.id, verdict }));
const first = (...args: Parameters<typeof judgements>): Verdict => judgements(...args)[0]!.verdict;
const told = (verdict: Verdict): string =>
  `${verdict.status} ${verdict.message} ${(verdict.notes ?? []).join()}`;

const target = (facts: JsonObject): { readonly facts: JsonObject } => ({
  facts: { Targets: [{ Id: "1", Arn: topicArn(), ...facts }] },
});
const lambda = `arn:aws:lambda:${virginia}:${home}:function:f`;
const statement = (more: JsonObject = {}): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: "sns:Publish",
        Resource: "*",
        ...more,
      },
    ],
  });
const defaultPolicy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: "sns:Publish",
      Resource: "*",
      Condition: { StringEquals: { "AWS:SourceOwner": home } },
    },
  ],
});
const filtered = (facts: JsonObject): readonly Resource[] =>
  topic().map((one) =>
    one.type === "AWS::SNS::Subscription" ? { ...one, properties: { ...one.properties, ...facts } } : one,
  );
const key = (more: JsonObject): Resource =>
  thing("AWS::KMS::Key", "k1", {
    arn: `arn:aws:kms:${virginia}:${home}:key/k1`,
    facts: {
      KeyManager: "CUSTOMER",
      KeyState: "Enabled",
      KeyPolicy: JSON.stringify({
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "events.amazonaws.com" },
            Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
            Resource: "*",
            ...more,
          },
        ],
      }),
    },
  });
const role = `arn:aws:iam::${home}:role/publisher`;

type Row = readonly [
  title: string,
  says: RegExp,
  resources: readonly Resource[],
  options?: Options | undefined,
  world?: World,
];
const base = [channel(), endpoint()];

const targets: readonly Row[] = [
  [
    "T01 a disabled rule",
    /^fail .*DISABLED/u,
    [rule("r", media, { facts: { State: "DISABLED" } }), ...topic()],
  ],
  [
    "T02 the state with all management events is enabled",
    /^pass/u,
    [rule("r", media, { facts: { State: "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS" } }), ...topic()],
  ],
  ["T03 no target", /^fail .*has no target/u, [rule("r", media, { facts: { Targets: [] } })]],
  [
    "T04 nobody confirmed",
    /^fail .*none of its 1 subscription is confirmed/u,
    [rule("r", media), ...topic("soc", { confirmed: false })],
  ],
  [
    "T05 the topic is gone",
    /^fail .*topic does not exist/u,
    [rule("r", media), ...topic("soc", { observed: { Exists: false } })],
  ],
  [
    "T06 the default topic policy",
    /^fail .*does not support/u,
    [rule("r", media), ...topic("soc", { facts: { Policy: defaultPolicy } })],
  ],
  [
    "T07 a role suffices",
    /^pass .*publishes with the role/u,
    [rule("r", media, target({ RoleArn: role })), ...topic("soc", { facts: { Policy: defaultPolicy } })],
  ],
  [
    "T08 the key that AWS manages",
    /^fail .*managed by AWS/u,
    [rule("r", media), ...topic("soc", { facts: { KmsMasterKeyId: "alias/aws/sns" } })],
  ],
  [
    "T09 a key under a condition",
    /^fail .*its key/u,
    [
      rule("r", media),
      key({ Condition: { StringEquals: { "aws:SourceAccount": home } } }),
      ...topic("soc", { facts: { KmsMasterKeyId: `arn:aws:kms:${virginia}:${home}:key/k1` } }),
    ],
  ],
  [
    "a key without a condition",
    /^pass/u,
    [
      rule("r", media),
      key({}),
      ...topic("soc", { facts: { KmsMasterKeyId: `arn:aws:kms:${virginia}:${home}:key/k1` } }),
    ],
  ],
  [
    "T10 a filter on attributes",
    /^fail .*drops it/u,
    [rule("r", media), ...filtered({ FilterPolicy: '{"severity":["high"]}' })],
  ],
  [
    "T11 a filter on the body",
    /^pass/u,
    [
      rule("r", media),
      ...filtered({ FilterPolicy: '{"source":["aws.mediapackage"]}', FilterPolicyScope: "MessageBody" }),
    ],
  ],
  [
    "T12 a filter on the body, of which InputPath leaves the detail",
    /^fail .*drops it/u,
    [
      rule("r", media, target({ InputPath: "$.detail" })),
      ...filtered({ FilterPolicy: '{"source":["aws.mediapackage"]}', FilterPolicyScope: "MessageBody" }),
    ],
  ],
  [
    "T13 a constant text",
    /^pass .*sends a constant text/u,
    [rule("r", media, target({ Input: '{"text":"MediaPackage alert"}' })), ...topic()],
  ],
  ["T14 a function", /^unknown/u, [rule("r", media, target({ Arn: lambda }))]],
  [
    "T15 one target of two",
    /^pass/u,
    [
      rule("r", media, {
        facts: {
          Targets: [
            { Id: "1", Arn: `arn:aws:logs:${virginia}:${home}:log-group:events` },
            { Id: "2", Arn: topicArn() },
          ],
        },
      }),
      ...topic(),
    ],
  ],
  [
    "a log group alone",
    /^fail .*log group by itself/u,
    [rule("r", media, target({ Arn: `arn:aws:logs:${virginia}:${home}:log-group:events` }))],
  ],
  [
    "T16 a bus of another account",
    /^unknown/u,
    [rule("r", media, target({ Arn: `arn:aws:events:${virginia}:999999999999:event-bus/central` }))],
  ],
  [
    "T17 a rule on a custom bus",
    /^fail .*default bus only/u,
    [rule("r", media, { facts: { EventBusName: "custom" } }), ...topic()],
  ],
  [
    "T18 a schedule",
    /^fail/u,
    [rule("r", null, { facts: { ScheduleExpression: "rate(5 minutes)" } }), ...topic()],
  ],
  [
    "T19 a bus of the new kind",
    /^unknown/u,
    [
      rule("r", media, {
        facts: {
          ManagedBy: "events.amazonaws.com",
          Targets: [{ Id: "1", Arn: `arn:aws:events:${virginia}:${home}:event-busv2/b/1` }],
        },
      }),
    ],
  ],
  ["T20 no dead-letter queue", /^pass/u, [rule("r", media), ...topic()]],
  [
    "an incident",
    /^pass/u,
    [rule("r", media, target({ Arn: `arn:aws:ssm-incidents::${home}:response-plan/p` }))],
  ],
  [
    "a conditional grant",
    /^fail .*Condition/u,
    [
      rule("r", media),
      ...topic("soc", {
        facts: { Policy: statement({ Condition: { ArnLike: { "aws:SourceArn": "arn:aws:events:*" } } }) },
      }),
    ],
  ],
];

const mediapackage: readonly Row[] = [
  [
    "two rules share the work",
    /^pass/u,
    [
      ...base,
      rule("a", { ...media, "detail-type": ["MediaPackage Input Notification"] }),
      rule("b", { ...media, "detail-type": [{ "anything-but": "MediaPackage Input Notification" }] }),
      ...topic(),
    ],
  ],
  [
    "harvest jobs are forgotten",
    /^fail nobody hears of MediaPackage HarvestJob Notification/u,
    [
      ...base,
      rule("a", {
        ...media,
        "detail-type": ["MediaPackage Input Notification", "MediaPackage Key Provider Notification"],
      }),
      ...topic(),
    ],
  ],
  ["an account without MediaPackage", /^not-applicable/u, []],
  ["rules that may not be listed", /^unknown/u, base, undefined, { denied: ["AWS::Events::Rule"] }],
  [
    "rules that may not be listed, and one that does",
    /^pass/u,
    [...base, rule("a", media), ...topic()],
    undefined,
    { denied: ["AWS::Events::Rule"] },
  ],
  ["channels that may not be listed", /^unknown/u, [], undefined, { denied: ["AWS::MediaPackage::Channel"] }],
  [
    "endpoints that may not be listed, with a rule for all",
    /^pass/u,
    [channel(), rule("a", media), ...topic()],
    undefined,
    { denied: ["AWS::MediaPackage::OriginEndpoint"] },
  ],
  [
    "endpoints that may not be listed, with a rule for some",
    /^unknown/u,
    [
      channel(),
      rule("a", { ...media, resources: [`arn:aws:mediapackage:${virginia}:${home}:channels/live1-guid`] }),
      ...topic(),
    ],
    undefined,
    { denied: ["AWS::MediaPackage::OriginEndpoint"] },
  ],
  [
    "a rule for today's channel is noted",
    /^pass .*made later/u,
    [
      channel(),
      rule("a", { ...media, resources: [`arn:aws:mediapackage:${virginia}:${home}:channels/live1-guid`] }),
      ...topic(),
    ],
  ],
  [
    "video on demand",
    /^fail .*MediaPackage Input Notification/u,
    [
      thing("AWS::MediaPackage::PackagingGroup", "g", { facts: {} }),
      rule("a", { ...media, resources: [{ prefix: "arn:aws:mediapackage:" }] }),
      ...topic(),
    ],
  ],
  [
    "harvest jobs of v2",
    /^fail .*MediaPackageV2 HarvestJob Notification/u,
    [thing("AWS::MediaPackageV2::ChannelGroup", "g", { facts: {} }), rule("a", media), ...topic()],
  ],
  [
    "all generations by prefix",
    /^pass/u,
    [
      ...base,
      thing("AWS::MediaPackageV2::ChannelGroup", "g", { facts: {} }),
      thing("AWS::MediaPackage::PackagingGroup", "g", { facts: {} }),
      rule("a", { source: [{ prefix: "aws.mediapackage" }] }),
      ...topic(),
    ],
  ],
];

const glacier: Options = { events: "glacier" };
const vaults = { source: ["aws.glacier"] };
const bucket = (
  configuration: JsonObject | null = { EventBridgeConfiguration: { EventBridgeEnabled: true } },
  storage = "GLACIER",
): Resource =>
  thing("AWS::S3::Bucket", "archive", {
    arn: "arn:aws:s3:::archive",
    facts: {
      NotificationConfiguration: configuration,
      IntelligentTieringConfigurations: null,
      LifecycleConfiguration: { Rules: [{ Status: "Enabled", Transitions: [{ StorageClass: storage }] }] },
    },
  });
const ofAccount: World = { collected: { "AWS::S3::Bucket": { listed: "account", properties: {} } } };
const restores: Options = { events: "s3-restore" };
const toRestores = { source: ["aws.s3"], "detail-type": ["Object Restore Completed"] };

const others: readonly Row[] = [
  ["calls of vaults", /^pass/u, [vault, trail(), rule("g", vaults), ...topic()], glacier],
  [
    "calls of vaults without a trail",
    /^fail .*no trail records/u,
    [vault, rule("g", vaults), ...topic()],
    glacier,
  ],
  [
    "calls of vaults, some of them",
    /^fail .*AbortVaultLock|^fail .*CreateVault/u,
    [vault, trail(), rule("g", { ...vaults, detail: { eventName: [{ prefix: "Delete" }] } }), ...topic()],
    glacier,
  ],
  [
    "reads of vaults by a rule that gets none",
    /^fail .*ENABLED does not get read-only/u,
    [vault, trail(), rule("g", vaults), ...topic()],
    { ...glacier, reads: true },
  ],
  [
    "reads of vaults",
    /^pass/u,
    [
      vault,
      trail(),
      rule("g", vaults, { facts: { State: "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS" } }),
      ...topic(),
    ],
    { ...glacier, reads: true },
  ],
  ["no vault", /^not-applicable/u, [trail(), rule("g", vaults), ...topic()], glacier],
  ["restores", /^pass/u, [bucket(), rule("s", toRestores), ...topic()], restores],
  [
    "restores of a bucket that sends nothing",
    /^fail .*does not send its events to EventBridge/u,
    [bucket(null), rule("s", toRestores), ...topic()],
    restores,
  ],
  [
    "restores of another bucket",
    /^fail .*Object Restore Completed/u,
    [bucket(), rule("s", { ...toRestores, detail: { bucket: { name: ["other"] } } }), ...topic()],
    restores,
  ],
  [
    "restores from one class of two",
    /^fail/u,
    [bucket(), rule("s", { ...toRestores, detail: { "source-storage-class": ["GLACIER"] } }), ...topic()],
    restores,
  ],
  [
    "small restores only",
    /^fail/u,
    [
      bucket(),
      rule("s", { ...toRestores, detail: { object: { size: [{ numeric: ["<", 1000] }] } } }),
      ...topic(),
    ],
    restores,
  ],
  [
    "a class that needs no restore",
    /^not-applicable/u,
    [bucket(undefined, "GLACIER_IR"), ...topic()],
    restores,
  ],
  [
    "a bucket whose region was refused",
    /^unknown .*grant s3:GetBucketLocation/u,
    [{ ...bucket(), region: "unknown" }, rule("s", toRestores), ...topic()],
    restores,
    ofAccount,
  ],
  [
    "a bucket of a region not looked at",
    /^not-applicable none of the buckets/u,
    [{ ...bucket(), region: ireland }, rule("s", toRestores), ...topic()],
    restores,
    ofAccount,
  ],
  [
    "restores that S3 itself asks for",
    /^pass/u,
    [bucket(), rule("s", { ...toRestores, detail: { requester: ["s3.amazonaws.com"] } }), ...topic()],
    restores,
  ],
  [
    "yellow and red checks",
    /^pass/u,
    [rule("ta", { source: ["aws.trustedadvisor"], detail: { status: ["ERROR", "WARN"] } }), ...topic()],
    { events: "trusted-advisor" },
  ],
  [
    "red checks only",
    /^fail/u,
    [rule("ta", { source: ["aws.trustedadvisor"], detail: { status: ["ERROR"] } }), ...topic()],
    { events: "trusted-advisor" },
  ],
  [
    "checks, and us-east-1 not looked at",
    /^not-applicable/u,
    [],
    { events: "trusted-advisor" },
    { regions: [ireland] },
  ],
  ["health", /^pass/u, [rule("h", { source: ["aws.health"] }), ...topic()], { events: "health" }],
  [
    "health, issues only",
    /^fail/u,
    [rule("h", { source: ["aws.health"], detail: { eventTypeCategory: ["issue"] } }), ...topic()],
    { events: "health" },
  ],
  [
    "events of the options",
    /^pass/u,
    [rule("c", { source: ["my.app"] }), ...topic()],
    { "service-events": [{ source: "my.app", "detail-type": ["Done"] }] },
  ],
  [
    "events of the options, in part",
    /^fail/u,
    [rule("c", { source: ["my.app"], detail: { state: ["ok"] } }), ...topic()],
    {
      "service-events": [{ source: "my.app", "detail-type": ["Done"], detail: { state: ["ok", "failed"] } }],
    },
  ],
  [
    "calls of the options",
    /^pass/u,
    [trail(), rule("c", { detail: { eventName: ["DeleteVault"] } }), ...topic()],
    { calls: [{ source: "glacier.amazonaws.com", names: ["DeleteVault"] }] },
  ],
];

const onChannel = targets.map(([title, says, resources]): Row => [title, says, [...base, ...resources]]);

describe.each([
  ["targets", onChannel],
  ["MediaPackage", mediapackage],
  ["other events", others],
] as const)("event-rule-routes: %s", (_, rows) => {
  it.each(
    rows.map(([title, says, resources, options, world]) => ({ title, says, resources, options, world })),
  )("$title: $says", ({ says, resources, options, world }) => {
    expect(told(first(resources, options, world))).toMatch(says);
  });
});

describe("event-rule-routes: subjects and words", () => {
  it("each region with MediaPackage is judged by its own rules", () => {
    const both = judgements([...base, channel("irish", ireland), rule("a", media), ...topic()], undefined, {
      regions: [ireland, virginia],
    });
    expect(Object.fromEntries(both.map(({ id, verdict }) => [id, verdict.status]))).toEqual({
      [ireland]: "fail",
      [virginia]: "pass",
    });
  });

  it("a failure shows the event and what the nearest rule says of it", () => {
    const verdict = first([
      ...base,
      rule("a", { ...media, detail: { event: ["MaxIngestStreamsError"] } }),
      ...topic(),
    ]);
    expect(verdict).toMatchObject({
      status: "fail",
      witness: {
        source: "aws.mediapackage",
        "detail-type": "MediaPackage Input Notification",
        detail: { event: "InputSwitchEvent" },
        brokenLink:
          'rule a: does not match MediaPackage Input Notification of aws.mediapackage in us-east-1: detail.event is "InputSwitchEvent"; the pattern accepts "MaxIngestStreamsError"',
      },
    });
  });
});
