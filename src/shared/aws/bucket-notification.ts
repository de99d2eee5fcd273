import { unlessEmpty } from "./names.js";

type Shape = { readonly [name: string]: unknown };

/** One notification as S3's API has it: a target, its events, a filter of the objects' keys. */
type Notification = {
  readonly Events?: readonly string[] | undefined;
  readonly Filter?:
    { readonly Key?: { readonly FilterRules?: readonly unknown[] | undefined } | undefined } | undefined;
};

/** Notifications of a bucket as S3's API has them. */
export type BucketNotifications = {
  readonly TopicConfigurations?:
    readonly (Notification & { readonly TopicArn?: string | undefined })[] | undefined;
  readonly QueueConfigurations?:
    readonly (Notification & { readonly QueueArn?: string | undefined })[] | undefined;
  readonly LambdaFunctionConfigurations?:
    readonly (Notification & { readonly LambdaFunctionArn?: string | undefined })[] | undefined;
  readonly EventBridgeConfiguration?: object | undefined;
};

/** Event notifications in CloudFormation's shape, one configuration an event; undefined where there are none. */
export function notificationOf({
  TopicConfigurations,
  QueueConfigurations,
  LambdaFunctionConfigurations,
  EventBridgeConfiguration,
}: BucketNotifications): Shape | undefined {
  const shape = {
    ...named(
      "TopicConfigurations",
      TopicConfigurations?.flatMap(({ TopicArn, ...rest }) => perEvent(rest, { Topic: TopicArn })),
    ),
    ...named(
      "QueueConfigurations",
      QueueConfigurations?.flatMap(({ QueueArn, ...rest }) => perEvent(rest, { Queue: QueueArn })),
    ),
    ...named(
      "LambdaConfigurations",
      LambdaFunctionConfigurations?.flatMap(({ LambdaFunctionArn, ...rest }) =>
        perEvent(rest, { Function: LambdaFunctionArn }),
      ),
    ),
    // S3 answers an empty object where EventBridge is on.
    ...(EventBridgeConfiguration === undefined
      ? {}
      : { EventBridgeConfiguration: { EventBridgeEnabled: true } }),
  };
  return Object.keys(shape).length === 0 ? undefined : shape;
}

function named(name: string, list: readonly Shape[] | undefined): Shape {
  return list === undefined || list.length === 0 ? {} : { [name]: list };
}

function perEvent({ Events = [], Filter }: Notification, target: Shape): readonly Shape[] {
  const rules = unlessEmpty(Filter?.Key?.FilterRules);
  return Events.map((Event) => ({
    Event,
    ...target,
    ...(rules === undefined ? {} : { Filter: { S3Key: { Rules: rules } } }),
  }));
}
