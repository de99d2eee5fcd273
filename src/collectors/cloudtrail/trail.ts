import type {
  DescribeTrailsResponse,
  GetEventSelectorsResponse,
  GetInsightSelectorsResponse,
  GetTrailStatusResponse,
  Trail,
} from "@aws-sdk/client-cloudtrail";
import { defineCollector, listCall, readCall } from "../../core/collector.js";
import type { Found, Identity, Operation, Place, Properties } from "../../core/collector.js";
import type { JsonObject } from "../../core/json.js";

const operation = (name: string, ...members: readonly string[]): Operation => ({
  service: "cloudtrail",
  name,
  proof: { members },
});

// Names work in the home region and the trail's own account alone; the ARN works for organization trails too.
const byArn = ({ arn, id }: Identity): JsonObject => ({ Name: arn ?? id });

const statusProperties = [
  "IsLogging",
  "StartLoggingTime",
  "StopLoggingTime",
  "LatestDeliveryTime",
  "LatestDeliveryError",
  "LatestDigestDeliveryTime",
  "LatestDigestDeliveryError",
  "LatestNotificationTime",
  "LatestNotificationError",
  "LatestCloudWatchLogsDeliveryTime",
  "LatestCloudWatchLogsDeliveryError",
] as const;

/**
 * CloudTrail trails. DescribeTrails is the only complete enumeration, and shows the trails homed in the region asked,
 * and shadows: multi-region trails of other regions and organization trails of the management account.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DescribeTrails.html
 */
export const cloudtrailTrail = defineCollector({
  type: "AWS::CloudTrail::Trail",
  summary: "CloudTrail trails, shadows merged: settings, selectors, status",
  list: listCall<DescribeTrailsResponse>({
    operation: operation("DescribeTrails", "trailList"),
    at: "each-region",
    properties: [
      "S3BucketName",
      "S3KeyPrefix",
      "IsMultiRegionTrail",
      "IsOrganizationTrail",
      "IncludeGlobalServiceEvents",
      "EnableLogFileValidation",
      "KMSKeyId",
      "CloudWatchLogsLogGroupArn",
      "CloudWatchLogsRoleArn",
      "SnsTopicARN",
      "HasCustomEventSelectors",
    ],
    found: ({ trailList }, place) => given(trailList, "trailList").map((trail) => foundTrail(trail, place)),
  }),
  reads: [
    readCall<GetTrailStatusResponse>({
      operation: operation("GetTrailStatus", "IsLogging"),
      input: byArn,
      properties: statusProperties,
      read: statusOf,
    }),
    readCall<GetEventSelectorsResponse>({
      operation: operation("GetEventSelectors", "TrailARN"),
      input: ({ arn, id }) => ({ TrailName: arn ?? id }),
      properties: ["EventSelectors", "AdvancedEventSelectors"],
      read: selectorsOf,
    }),
    readCall<GetInsightSelectorsResponse>({
      operation: operation("GetInsightSelectors", "TrailARN"),
      input: ({ arn, id }) => ({ TrailName: arn ?? id }),
      properties: ["InsightSelectors"],
      read: ({ InsightSelectors }) => ({ InsightSelectors: unlessEmpty(InsightSelectors) }),
      notSet: ["InsightNotEnabledException"],
    }),
  ],
  observed: ["SnsTopicARN", "HasCustomEventSelectors", ...statusProperties],
});

function foundTrail(trail: Trail, place: Place): Found {
  const { Name, TrailARN, HomeRegion } = trail;
  // An organization trail seen from a member belongs to the account in its ARN.
  const account = TrailARN?.split(":")[4];
  return {
    id: Name ?? TrailARN?.split("/").pop() ?? "",
    ...(TrailARN === undefined ? {} : { arn: TrailARN }),
    ...(account === undefined ? {} : { account }),
    region: HomeRegion ?? TrailARN?.split(":")[3] ?? place.region,
    properties: settingsOf(trail),
  };
}

function settingsOf({
  S3BucketName,
  S3KeyPrefix,
  IsMultiRegionTrail,
  IsOrganizationTrail,
  IncludeGlobalServiceEvents,
  ...trail
}: Trail): Found["properties"] {
  const {
    LogFileValidationEnabled,
    KmsKeyId,
    CloudWatchLogsLogGroupArn,
    CloudWatchLogsRoleArn,
    SnsTopicARN,
    HasCustomEventSelectors,
  } = trail;
  return {
    S3BucketName,
    S3KeyPrefix,
    IsMultiRegionTrail,
    IsOrganizationTrail,
    IncludeGlobalServiceEvents,
    EnableLogFileValidation: LogFileValidationEnabled,
    KMSKeyId: KmsKeyId,
    CloudWatchLogsLogGroupArn,
    CloudWatchLogsRoleArn,
    SnsTopicARN,
    HasCustomEventSelectors,
  };
}

function statusOf(status: GetTrailStatusResponse): Properties {
  return {
    ...Object.fromEntries(statusProperties.map((name) => [name, status[name]])),
    IsLogging: given(status.IsLogging, "IsLogging"),
  };
}

// Two empty lists mean the default selectors, and so must not come from an answer that says nothing at all.
function selectorsOf({
  TrailARN,
  EventSelectors,
  AdvancedEventSelectors,
}: GetEventSelectorsResponse): Properties {
  if (EventSelectors === undefined && AdvancedEventSelectors === undefined) given(TrailARN, "TrailARN");
  return {
    EventSelectors: unlessEmpty(EventSelectors),
    AdvancedEventSelectors: unlessEmpty(AdvancedEventSelectors),
  };
}

// AWS always sends these members. "No trails" must not be read out of an empty answer.
function given<T>(value: T | undefined, member: string): T {
  if (value === undefined) throw new Error(`it has no ${member}`);
  return value;
}

function unlessEmpty<T>(list: readonly T[] | undefined): readonly T[] | undefined {
  return list?.length === 0 ? undefined : list;
}
