import type { RequestContext } from "../../languages/iam-policy/question.js";
import { organizationContext } from "./organization.js";
import type { OfOrganization } from "./organization.js";

/** An AWS service that sends messages on behalf of something in an account. */
export type Publisher =
  "cloudwatch" | "alarm-function" | "events" | "s3" | "sns" | "glacier" | "cloudtrail" | "budgets";

/** Who sends: the service, and the alarm, rule, bucket, topic, vault or trail for which it does. */
export type Sender = {
  readonly publisher: Publisher;
  /** The account that owns the alarm, rule, bucket, topic, vault or trail. */
  readonly account: string;
  readonly region?: string;
  readonly arn?: string;
} & OfOrganization;

type Manner = {
  readonly service: string;
  /** What a person calls the sender. */
  readonly noun: string;
  /** Tells topics and their keys nothing about its source, so that a grant under a Condition is none. */
  readonly hidesSource: boolean;
  /** The service may also come as the account that owns the sender. */
  readonly asOwner: boolean;
  /** Sends aws:SourceAccount, as far as AWS says. */
  readonly tellsAccount: boolean;
  /** Sends aws:SourceOwner, which the default policy of a topic asks for. */
  readonly tellsOwner: boolean;
  /** Reaches topics, queues and functions of its own region only. */
  readonly staysInRegion: boolean;
  /** Whether it publishes to FIFO topics; unknown where AWS does not say. */
  readonly toFifoTopics: "yes" | "no" | "unknown";
};

/**
 * How each service publishes to topics, queues and functions. Sources: CloudWatch, EventBridge, S3 and S3 Glacier user guides on
 * their targets; SNS Developer Guide, "aws:SourceAccount versus aws:SourceOwner", "Fanout to Amazon SQS queues".
 */
export const publishers: Readonly<Record<Publisher, Manner>> = {
  cloudwatch: {
    service: "cloudwatch.amazonaws.com",
    noun: "CloudWatch alarm",
    hidesSource: false,
    asOwner: false,
    tellsAccount: true,
    tellsOwner: true,
    staysInRegion: true,
    toFifoTopics: "yes",
  },
  "alarm-function": {
    service: "lambda.alarms.cloudwatch.amazonaws.com",
    noun: "CloudWatch alarm",
    hidesSource: false,
    asOwner: false,
    tellsAccount: true,
    tellsOwner: false,
    staysInRegion: true,
    toFifoTopics: "no",
  },
  events: {
    service: "events.amazonaws.com",
    noun: "EventBridge rule",
    hidesSource: true,
    asOwner: false,
    tellsAccount: true,
    tellsOwner: false,
    staysInRegion: true,
    toFifoTopics: "unknown",
  },
  s3: {
    service: "s3.amazonaws.com",
    noun: "bucket",
    hidesSource: false,
    asOwner: false,
    tellsAccount: true,
    tellsOwner: false,
    staysInRegion: true,
    toFifoTopics: "no",
  },
  sns: {
    service: "sns.amazonaws.com",
    noun: "topic",
    hidesSource: false,
    asOwner: false,
    tellsAccount: false,
    tellsOwner: false,
    staysInRegion: false,
    toFifoTopics: "no",
  },
  glacier: {
    service: "glacier.amazonaws.com",
    noun: "vault",
    hidesSource: false,
    asOwner: true,
    tellsAccount: true,
    tellsOwner: true,
    staysInRegion: false,
    toFifoTopics: "unknown",
  },
  cloudtrail: {
    service: "cloudtrail.amazonaws.com",
    noun: "trail",
    hidesSource: false,
    asOwner: false,
    tellsAccount: true,
    tellsOwner: false,
    staysInRegion: false,
    toFifoTopics: "unknown",
  },
  budgets: {
    service: "budgets.amazonaws.com",
    noun: "budget",
    hidesSource: false,
    asOwner: false,
    tellsAccount: true,
    tellsOwner: false,
    staysInRegion: false,
    toFifoTopics: "unknown",
  },
};

/** The service principal of a sender. */
export function serviceOf({ publisher }: Sender): string {
  return publishers[publisher].service;
}

/** What a sender's requests are known to carry; `hidesSource` where they may carry nothing about their source. */
export function contextOf(sender: Sender, hidesSource = false): RequestContext {
  const always: RequestContext = {
    "aws:SecureTransport": ["true"],
    "aws:PrincipalIsAWSService": ["true"],
    "aws:PrincipalServiceName": [serviceOf(sender)],
    "aws:PrincipalOrgID": null,
    "aws:PrincipalOrgPaths": null,
    "aws:PrincipalAccount": null,
  };
  if (hidesSource) return always;
  const { tellsAccount, tellsOwner } = publishers[sender.publisher];
  return {
    ...always,
    ...(tellsAccount ? { "aws:SourceAccount": [sender.account], ...organizationContext(sender) } : {}),
    ...(sender.arn === undefined ? {} : { "aws:SourceArn": [sender.arn] }),
    "aws:SourceOwner": tellsOwner ? [sender.account] : null,
  };
}
