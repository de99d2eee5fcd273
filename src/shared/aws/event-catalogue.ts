import { byText } from "../order.js";
import { accessByVerb } from "./call-access.js";
import { knownCalls } from "./known-calls.js";

/** An event name and the values that its `readOnly` can take; both where AWS does not document it. */
export type CataloguedEvent = { readonly name: string; readonly readOnly: readonly boolean[] };

/**
 * The known events of one source. Where `complete` is false, AWS logs more than is listed. `byItself`: the names that the
 * service records without a call of that name, too, with eventType AwsServiceEvent.
 */
export type EventCatalogue = {
  readonly eventSource: string;
  readonly complete: boolean;
  readonly events: readonly CataloguedEvent[];
  readonly byItself?: readonly string[];
};

const words = (text: string): readonly string[] => text.split(" ");

function catalogue(
  eventSource: string,
  {
    read,
    write,
    either = "",
    complete,
  }: { readonly read: string; readonly write: string; readonly either?: string; readonly complete: boolean },
): EventCatalogue {
  const events = [
    ...words(read).map((name) => ({ name, readOnly: [true] })),
    ...words(write).map((name) => ({ name, readOnly: [false] })),
    ...words(either)
      .filter((name) => name !== "")
      .map((name) => ({ name, readOnly: [true, false] })),
  ];
  return { eventSource, complete, events: events.sort((a, b) => byText(a.name, b.name)) };
}

/**
 * Management events by source. Event names are the services' operations; `readOnly` follows their IAM access level.
 * Sources: S3 Glacier developer guide "audit-logging", MediaPackage user guides "logging-using-cloudtrail", Service
 * Authorization Reference. InitiateJob is an IAM write that leads to a read; no record of it is public, so both values count.
 */
const management: readonly EventCatalogue[] = [
  catalogue("glacier.amazonaws.com", {
    read: "DescribeJob DescribeVault GetDataRetrievalPolicy GetJobOutput GetVaultAccessPolicy GetVaultLock GetVaultNotifications ListJobs ListMultipartUploads ListParts ListProvisionedCapacity ListTagsForVault ListVaults",
    write:
      "AbortMultipartUpload AbortVaultLock AddTagsToVault CompleteMultipartUpload CompleteVaultLock CreateVault DeleteArchive DeleteVault DeleteVaultAccessPolicy DeleteVaultNotifications InitiateMultipartUpload InitiateVaultLock PurchaseProvisionedCapacity RemoveTagsFromVault SetDataRetrievalPolicy SetVaultAccessPolicy SetVaultNotifications UploadArchive UploadMultipartPart",
    either: "InitiateJob",
    complete: true,
  }),
  catalogue("mediapackage.amazonaws.com", {
    read: "DescribeChannel DescribeHarvestJob DescribeOriginEndpoint ListChannels ListHarvestJobs ListOriginEndpoints ListTagsForResource",
    write:
      "ConfigureLogs CreateChannel CreateHarvestJob CreateOriginEndpoint DeleteChannel DeleteOriginEndpoint RotateChannelCredentials RotateIngestEndpointCredentials TagResource UntagResource UpdateChannel UpdateOriginEndpoint",
    complete: true,
  }),
  catalogue("mediapackage-vod.amazonaws.com", {
    read: "DescribeAsset DescribePackagingConfiguration DescribePackagingGroup ListAssets ListPackagingConfigurations ListPackagingGroups ListTagsForResource",
    write:
      "ConfigureLogs CreateAsset CreatePackagingConfiguration CreatePackagingGroup DeleteAsset DeletePackagingConfiguration DeletePackagingGroup TagResource UntagResource UpdatePackagingGroup",
    complete: true,
  }),
  catalogue("mediapackagev2.amazonaws.com", {
    read: "GetChannel GetChannelGroup GetChannelPolicy GetHarvestJob GetOriginEndpoint GetOriginEndpointPolicy ListChannelGroups ListChannels ListHarvestJobs ListOriginEndpoints ListTagsForResource",
    write:
      "CancelHarvestJob CreateChannel CreateChannelGroup CreateHarvestJob CreateOriginEndpoint DeleteChannel DeleteChannelGroup DeleteChannelPolicy DeleteOriginEndpoint DeleteOriginEndpointPolicy PutChannelPolicy PutOriginEndpointPolicy ResetChannelState ResetOriginEndpointState TagResource UntagResource UpdateChannel UpdateChannelGroup UpdateOriginEndpoint",
    complete: true,
  }),
];

/**
 * Data events by resource type. None is complete: an event name that is not listed may still be a data event.
 * Sources: S3 user guide "cloudtrail-logging-s3-info"; Lambda and DynamoDB developer guides, "logging-using-cloudtrail".
 */
const data: Readonly<Record<string, EventCatalogue>> = {
  "AWS::S3::Object": {
    ...catalogue("s3.amazonaws.com", {
      read: "GetObject GetObjectAcl GetObjectAttributes GetObjectLegalHold GetObjectRetention GetObjectTagging GetObjectTorrent HeadBucket HeadObject ListMultipartUploads ListObjectVersions ListObjects ListParts SelectObjectContent",
      write:
        "AbortMultipartUpload CompleteMultipartUpload CopyObject CreateMultipartUpload DeleteObject DeleteObjectTagging DeleteObjects PostObject PutObject PutObjectAcl PutObjectLegalHold PutObjectRetention PutObjectTagging RestoreObject UploadPart UploadPartCopy",
      complete: false,
    }),
    // DeleteObjects records each key that it deletes. https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html
    byItself: ["DeleteObject"],
  },
  // Whether an Invoke is a read is not in the facts that this table rests on.
  "AWS::Lambda::Function": {
    eventSource: "lambda.amazonaws.com",
    complete: false,
    events: [{ name: "Invoke", readOnly: [true, false] }],
  },
  "AWS::DynamoDB::Table": catalogue("dynamodb.amazonaws.com", {
    read: "BatchGetItem GetItem Query Scan",
    write: "BatchWriteItem DeleteItem PutItem UpdateItem",
    complete: false,
  }),
};

/** The management events of a source, A–Z; undefined where they are not catalogued. */
export function managementCatalogue(eventSource: string): EventCatalogue | undefined {
  return management.find((known) => known.eventSource === eventSource);
}

/** The data events of a resource type, A–Z; undefined where they are not catalogued. */
export function dataCatalogue(resourceType: string): EventCatalogue | undefined {
  return Object.hasOwn(data, resourceType) ? data[resourceType] : undefined;
}

/**
 * The values that `readOnly` of a management event can take: as catalogued, else as its verb says. undefined: it has one of
 * both, and which is not known.
 */
export function accessOf(eventSource: string, name: string): readonly boolean[] | undefined {
  const catalogued = managementCatalogue(eventSource)?.events.find((event) => event.name === name);
  if (catalogued !== undefined) return catalogued.readOnly;
  const known = knownCalls.find((call) => call.eventSource === eventSource && call.eventName === name);
  if (known !== undefined) return [known.readOnly];
  const access = accessByVerb(name);
  return access === undefined ? undefined : [access === "read"];
}
