import type { JsonObject, JsonValue } from "../../core/json.js";
import { isObject } from "../../shared/read-property.js";
import { defineDeclared } from "../mapping.js";
import { isFilled, isOther } from "../shapes.js";

/** What an error of a trail's status is about: the setting, and the errors that are gone with another value. */
const DESTINATIONS: readonly (readonly [setting: string, errors: readonly string[]])[] = [
  ["S3BucketName", ["LatestDeliveryError", "LatestDigestDeliveryError"]],
  ["S3KeyPrefix", ["LatestDeliveryError", "LatestDigestDeliveryError"]],
  ["KMSKeyId", ["LatestDeliveryError", "LatestDigestDeliveryError"]],
  ["CloudWatchLogsLogGroupArn", ["LatestCloudWatchLogsDeliveryError"]],
  ["CloudWatchLogsRoleArn", ["LatestCloudWatchLogsDeliveryError"]],
  ["SnsTopicARN", ["LatestNotificationError"]],
];

/** Trails. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-cloudtrail-trail.html */
export const trail = defineDeclared({
  type: "AWS::CloudTrail::Trail",
  wide: "IsMultiRegionTrail",
  settle: {
    // CloudFormation names the topic by name or ARN; DescribeTrails answers the ARN.
    SnsTopicARN: {
      from: ["SnsTopicName"],
      make: ({ SnsTopicName: topic = null }, { partition, region, account }) =>
        typeof topic !== "string" || topic.startsWith("arn:")
          ? topic
          : `arn:${partition}:sns:${region}:${account}:${topic}`,
    },
    HasCustomEventSelectors: {
      from: ["EventSelectors", "AdvancedEventSelectors"],
      make: ({ EventSelectors, AdvancedEventSelectors }) =>
        isFilled(EventSelectors) || isFilled(AdvancedEventSelectors),
    },
    EventSelectors: {
      from: ["EventSelectors"],
      make: ({ EventSelectors: selectors }) => (isFilled(selectors) ? selectors.map(whole) : null),
    },
    IsLogging: { from: ["IsLogging"], make: ({ IsLogging = null }) => IsLogging, keeps: "unless-given" },
  },
  defaults: {
    IncludeGlobalServiceEvents: true,
    IsMultiRegionTrail: false,
    IsOrganizationTrail: false,
    EnableLogFileValidation: false,
  },
  born: (settled, { takenAt }) =>
    settled["IsLogging"] === true ? delivering(settled, takenAt) : { observed: {} },
  follows: (after, { properties, observed = {} }) =>
    Object.fromEntries(
      DESTINATIONS.filter(([setting]) =>
        isOther(after[setting], properties[setting] ?? observed[setting]),
      ).flatMap(([, errors]) => errors.map((error) => [error, null])),
    ),
});

// A selector of data resources alone takes management events, too.
function whole(selector: JsonValue): JsonValue {
  return isObject(selector) ? { IncludeManagementEvents: true, ReadWriteType: "All", ...selector } : selector;
}

function delivering(
  { CloudWatchLogsLogGroupArn = null }: JsonObject,
  takenAt: string,
): { readonly observed: JsonObject; readonly note: string } {
  return {
    observed: {
      StartLoggingTime: takenAt,
      LatestDeliveryTime: takenAt,
      LatestCloudWatchLogsDeliveryTime: CloudWatchLogsLogGroupArn === null ? null : takenAt,
    },
    note: "new trails deliver: CloudTrail makes none whose bucket, key or role does not let it in",
  };
}
