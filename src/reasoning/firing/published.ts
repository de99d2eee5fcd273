type Sets = readonly (readonly string[])[];

const CHANNEL = "Channel";
const ENDPOINT = "OriginEndpoint";
const GROUP = "ChannelGroup";

/** Each set alone, and with every other set added. */
function withEach(sets: Sets, added: Sets): Sets {
  return sets.flatMap((set) => [set, ...added.map((more) => [...set, ...more])]);
}

const V1_PLACES: Sets = [[], [CHANNEL], [CHANNEL, ENDPOINT], ["PackagingConfiguration"]];
const V2_PLACES: Sets = [[], [GROUP], [GROUP, CHANNEL], [GROUP, CHANNEL, ENDPOINT]];
const V2_INGEST: Sets = [[], [GROUP], [GROUP, CHANNEL], [GROUP, CHANNEL, "IngestEndpoint"]];
const INGEST: Sets = [[CHANNEL], [CHANNEL, "IngestEndpoint"], ...V2_INGEST];
const EGRESS: Sets = [...V1_PLACES, ...withEach(V2_PLACES, [["RequestType"]])];
const S3_REQUEST: Sets = [["BucketName", "FilterId"]];
const S3_STORAGE: Sets = [["BucketName", "StorageType"]];

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

/**
 * The sets of dimension names under which a metric ("namespace name") is published.
 * Sources: MediaPackage user guides (v1, v2) "Monitoring with CloudWatch metrics", S3 user guide "Amazon S3 metrics and dimensions".
 */
export const PUBLISHED: Readonly<Record<string, Sets>> = {
  "AWS/MediaPackage ActiveInput": [["IngestEndpoint", ENDPOINT]],
  "AWS/MediaPackage EgressBytes": EGRESS,
  "AWS/MediaPackage EgressResponseTime": EGRESS,
  "AWS/MediaPackage EgressRequestCount": [
    ...withEach(V1_PLACES, [["StatusCodeRange"]]),
    ...withEach(V2_PLACES, [["RequestType"], ["StatusCode"], ["RequestType", "StatusCode"]]),
  ],
  "AWS/MediaPackage IngressBytes": INGEST,
  "AWS/MediaPackage IngressResponseTime": INGEST,
  "AWS/MediaPackage IngressRequestCount": withEach(V2_INGEST, [["StatusCode"]]),
  "AWS/S3 BucketSizeBytes": S3_STORAGE,
  "AWS/S3 NumberOfObjects": S3_STORAGE,
  ...Object.fromEntries(S3_REQUEST_METRICS.map((metric) => [`AWS/S3 ${metric}`, S3_REQUEST])),
};
