// Generated from the folders of src/mappings by `npm run generate`. Do not edit.
import { eventDataStore } from "./cloudtrail/event-data-store.js";
import { trail } from "./cloudtrail/trail.js";
import { alarm } from "./cloudwatch/alarm.js";
import { compositeAlarm } from "./cloudwatch/composite-alarm.js";
import { logAlarm } from "./cloudwatch/log-alarm.js";
import { configurationRecorder, recorderStatus } from "./config/configuration-recorder.js";
import { apiDestination } from "./events/api-destination.js";
import { connection } from "./events/connection.js";
import { eventBus, eventBusPolicy, wholeBusPolicy } from "./events/event-bus.js";
import { eventRule, ruleTarget } from "./events/rule.js";
import { vault, vaultLock } from "./glacier/vault.js";
import { key, replicaKey, keyAlias, keyPolicy } from "./kms/key.js";
import { lambdaFunction, lambdaAlias, lambdaVersion, lambdaPermission } from "./lambda/function.js";
import { deliveryDestination } from "./logs/delivery-destination.js";
import { deliverySource } from "./logs/delivery-source.js";
import { logGroup } from "./logs/log-group.js";
import { metricFilter } from "./logs/metric-filter.js";
import { resourcePolicy } from "./logs/resource-policy.js";
import { mediapackageChannel } from "./mediapackage/channel.js";
import { mediapackageOriginEndpoint } from "./mediapackage/origin-endpoint.js";
import { mediapackagePackagingConfiguration } from "./mediapackage/packaging-configuration.js";
import { mediapackagePackagingGroup } from "./mediapackage/packaging-group.js";
import { mediapackagev2OriginEndpoint } from "./mediapackagev2/origin-endpoint.js";
import {
  bucketVersioning,
  bucketMfaDelete,
  bucketLogging,
  bucketLifecycle,
  bucketPublicAccessBlock,
  bucketAcl,
  bucketOwnershipControls,
  bucketNotification,
  bucketObjectLock,
  bucketEncryption,
  bucketRequestPayment,
  bucketMetrics,
  bucketIntelligentTiering,
} from "./s3/bucket-parts.js";
import { bucket, bucketPolicy } from "./s3/bucket.js";
import { cdkNotifications } from "./s3/notification.js";
import { snsSubscription, topicSubscription } from "./sns/subscription.js";
import { topic, topicPolicy, topicInlinePolicy } from "./sns/topic.js";
import { queue, queuePolicy, queueInlinePolicy, queueRedrivePolicy } from "./sqs/queue.js";
import type { AttachmentMapping, DeclaredMapping } from "./mapping.js";

/** Every mapping of a declared type. */
export const DECLARED: readonly DeclaredMapping[] = [
  eventDataStore,
  trail,
  alarm,
  compositeAlarm,
  logAlarm,
  configurationRecorder,
  apiDestination,
  connection,
  eventBus,
  eventRule,
  vault,
  key,
  replicaKey,
  keyAlias,
  lambdaFunction,
  lambdaAlias,
  lambdaVersion,
  deliveryDestination,
  deliverySource,
  logGroup,
  metricFilter,
  resourcePolicy,
  mediapackageChannel,
  mediapackageOriginEndpoint,
  mediapackagePackagingConfiguration,
  mediapackagePackagingGroup,
  mediapackagev2OriginEndpoint,
  bucket,
  snsSubscription,
  topic,
  queue,
];

/** Everything that sets properties of something else. */
export const ATTACHMENTS: readonly AttachmentMapping[] = [
  recorderStatus,
  eventBusPolicy,
  wholeBusPolicy,
  ruleTarget,
  vaultLock,
  keyPolicy,
  lambdaPermission,
  bucketVersioning,
  bucketMfaDelete,
  bucketLogging,
  bucketLifecycle,
  bucketPublicAccessBlock,
  bucketAcl,
  bucketOwnershipControls,
  bucketNotification,
  bucketObjectLock,
  bucketEncryption,
  bucketRequestPayment,
  bucketMetrics,
  bucketIntelligentTiering,
  bucketPolicy,
  cdkNotifications,
  topicSubscription,
  topicPolicy,
  topicInlinePolicy,
  queuePolicy,
  queueInlinePolicy,
  queueRedrivePolicy,
];
