type Sets = readonly (readonly string[])[];

const CHANNEL = "Channel";
const ENDPOINT = "OriginEndpoint";
const GROUP = "ChannelGroup";

/** Each set alone, and with every other set added. */
function withEach(sets: Sets, added: Sets): Sets {
  return sets.flatMap((set) => [set, ...added.map((more) => [...set, ...more])]);
}

const LIVE: Sets = [[CHANNEL], [CHANNEL, ENDPOINT]];
const VOD: Sets = [["PackagingConfiguration"]];
const V2_PLACES: Sets = [[], [GROUP], [GROUP, CHANNEL], [GROUP, CHANNEL, ENDPOINT]];
const V2_INGEST: Sets = [[], [GROUP], [GROUP, CHANNEL], [GROUP, CHANNEL, "IngestEndpoint"]];
const V1_INGEST: Sets = [[], [CHANNEL], [CHANNEL, "IngestEndpoint"]];
// The group alone is not cut by the type of request where bytes and times are measured.
const V2_EGRESS: Sets = [
  [GROUP],
  ...withEach([[], [GROUP, CHANNEL], [GROUP, CHANNEL, ENDPOINT]], [["RequestType"]]),
];
const S3_REQUEST: Sets = [["BucketName", "FilterId"]];
const S3_STORAGE: Sets = [["BucketName", "StorageType"]];
const BY_FUNCTION: Sets = [
  [],
  ["FunctionName"],
  ["FunctionName", "Resource"],
  ["FunctionName", "Resource", "ExecutedVersion"],
];
const BY_OPERATION: Sets = [
  ["TableName", "Operation"],
  ["TableName", "Operation", "StreamLabel"],
];

const S3_REQUEST_METRICS = [
  "AllRequests",
  "GetRequests",
  "PutRequests",
  "DeleteRequests",
  "HeadRequests",
  "PostRequests",
  "SelectRequests",
  "ListRequests",
  "SelectBytesScanned",
  "SelectBytesReturned",
  "BytesDownloaded",
  "BytesUploaded",
  "4xxErrors",
  "5xxErrors",
  "FirstByteLatency",
  "TotalRequestLatency",
];
const SQS_METRICS = [
  "ApproximateAgeOfOldestMessage",
  "ApproximateNumberOfMessagesDelayed",
  "ApproximateNumberOfMessagesNotVisible",
  "ApproximateNumberOfMessagesVisible",
  "NumberOfEmptyReceives",
  "NumberOfMessagesDeleted",
  "NumberOfMessagesReceived",
  "NumberOfMessagesSent",
  "SentMessageSize",
];
const LAMBDA_METRICS = ["Invocations", "Errors", "Throttles", "Duration"];

function forEach(
  namespace: string,
  metrics: readonly string[],
  sets: Sets,
): Readonly<Record<string, readonly Sets[]>> {
  return Object.fromEntries(metrics.map((metric) => [`${namespace} ${metric}`, [sets]]));
}

/**
 * The sets of dimension names under which a metric ("namespace name") is published, one list for each thing that publishes it:
 * MediaPackage's live channels, VOD and version 2 share a namespace, not their series. CloudWatch rolls nothing up.
 * Sources: MediaPackage user guides (v1, v2) "Monitoring with CloudWatch metrics", S3 user guide "Amazon S3 metrics and dimensions",
 * SQS developer guide "Available CloudWatch metrics", Lambda developer guide "Types of metrics", DynamoDB developer guide "Metrics and dimensions".
 */
const PUBLISHED: Readonly<Record<string, readonly Sets[]>> = {
  "AWS/MediaPackage ActiveInput": [[["IngestEndpoint", ENDPOINT]]],
  "AWS/MediaPackage EgressBytes": [[[], ...LIVE], [[], ...VOD], V2_EGRESS],
  "AWS/MediaPackage EgressResponseTime": [LIVE, VOD, V2_EGRESS],
  "AWS/MediaPackage EgressRequestCount": [
    withEach([[], ...LIVE], [["StatusCodeRange"]]),
    withEach([[], ...VOD], [["StatusCodeRange"]]),
    withEach(V2_PLACES, [["RequestType"], ["StatusCode"], ["RequestType", "StatusCode"]]),
  ],
  "AWS/MediaPackage IngressBytes": [V1_INGEST, V2_INGEST],
  "AWS/MediaPackage IngressResponseTime": [V1_INGEST, V2_INGEST],
  "AWS/MediaPackage IngressRequestCount": [withEach(V2_INGEST, [["StatusCode"]])],
  "AWS/S3 BucketSizeBytes": [S3_STORAGE],
  "AWS/S3 NumberOfObjects": [S3_STORAGE],
  ...forEach("AWS/S3", S3_REQUEST_METRICS, S3_REQUEST),
  ...forEach("AWS/SQS", SQS_METRICS, [["QueueName"]]),
  ...forEach("AWS/Lambda", LAMBDA_METRICS, BY_FUNCTION),
  ...forEach("AWS/DynamoDB", ["SuccessfulRequestLatency", "SystemErrors"], BY_OPERATION),
};

/** The published sets of a metric ("namespace name") beside the demanded one: those of whatever publishes that. Undefined where they are not known. */
export function publishedWith(metric: string, names: readonly string[]): Sets | undefined {
  const publishers = Object.hasOwn(PUBLISHED, metric) ? PUBLISHED[metric] : undefined;
  if (publishers === undefined) return undefined;
  const own = publishers.filter((sets) => sets.some((set) => isSameSet(set, names)));
  return (own.length > 0 ? own : publishers).flat();
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name) => b.includes(name));
}
