import type { JsonObject, JsonValue } from "../../core/json.js";
import { notificationOf } from "../../shared/aws/bucket-notification.js";
import { isArray, isObject } from "../../shared/read-property.js";
import { defineAttachment } from "../mapping.js";
import { isFilled, kept } from "../shapes.js";

const LISTS = ["TopicConfigurations", "QueueConfigurations", "LambdaConfigurations"];

/** Notifications as snapshots have them; null where there are none. */
export function notificationShape(configuration: JsonValue): JsonValue {
  if (!isObject(configuration)) return null;
  const bridge = configuration["EventBridgeConfiguration"];
  const isOn =
    isObject(bridge) && bridge["EventBridgeEnabled"] !== false && bridge["EventBridgeEnabled"] !== "false";
  const shape: JsonObject = {
    ...Object.fromEntries(
      LISTS.flatMap((name) => {
        const list = configuration[name];
        return isFilled(list) ? [[name, list]] : [];
      }),
    ),
    ...(isOn ? { EventBridgeConfiguration: { EventBridgeEnabled: true } } : {}),
  };
  return Object.keys(shape).length === 0 ? null : shape;
}

/**
 * CDK's own resource for notifications, in the API's shape. It replaces all there are, or, where the bucket is not
 * the app's, adds its own.
 */
export const cdkNotifications = defineAttachment({
  type: "Custom::S3BucketNotifications",
  to: "AWS::S3::Bucket",
  at: "BucketName",
  property: "NotificationConfiguration",
  how: "replace",
  from: ["NotificationConfiguration", "Managed"],
  make({ NotificationConfiguration: configuration, Managed }, { owner }) {
    const own = isObject(configuration) ? kept(notificationOf(configuration)) : null;
    const isManaged = Managed !== false && Managed !== "false";
    return isManaged ? own : joined(owner.properties["NotificationConfiguration"] ?? null, own);
  },
});

function joined(there: JsonValue, own: JsonValue): JsonValue {
  if (!isObject(there)) return own;
  if (!isObject(own)) return there;
  const lists = LISTS.flatMap((name) => {
    const all = [...listIn(there, name), ...listIn(own, name)];
    const texts = new Map(all.map((entry) => [JSON.stringify(entry), entry]));
    return texts.size === 0 ? [] : [[name, [...texts.values()]] as const];
  });
  return { ...there, ...own, ...Object.fromEntries(lists) };
}

function listIn(source: JsonObject, name: string): readonly JsonValue[] {
  const list = source[name];
  return isArray(list) ? list : [];
}
