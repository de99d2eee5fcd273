// REST requests that are named by method and path: {x} is one path label, {x+} takes slashes too.
const TABLE = {
  mediapackage: `
    GET /channels ListChannels
    GET /channels/{Id} DescribeChannel
    GET /origin_endpoints ListOriginEndpoints
    GET /origin_endpoints/{Id} DescribeOriginEndpoint
    GET /harvest_jobs ListHarvestJobs
    GET /tags/{ResourceArn+} ListTagsForResource`,
  "mediapackage-vod": `
    GET /packaging_groups ListPackagingGroups
    GET /packaging_groups/{Id} DescribePackagingGroup
    GET /packaging_configurations ListPackagingConfigurations
    GET /assets ListAssets
    GET /tags/{ResourceArn+} ListTagsForResource`,
  mediapackagev2: `
    GET /channelGroup ListChannelGroups
    GET /channelGroup/{ChannelGroupName} GetChannelGroup
    GET /channelGroup/{ChannelGroupName}/channel ListChannels
    GET /channelGroup/{ChannelGroupName}/channel/{ChannelName} GetChannel
    GET /channelGroup/{ChannelGroupName}/channel/{ChannelName}/policy GetChannelPolicy
    GET /channelGroup/{ChannelGroupName}/channel/{ChannelName}/originEndpoint ListOriginEndpoints
    GET /channelGroup/{ChannelGroupName}/channel/{ChannelName}/originEndpoint/{OriginEndpointName} GetOriginEndpoint
    GET /channelGroup/{ChannelGroupName}/channel/{ChannelName}/originEndpoint/{OriginEndpointName}/policy GetOriginEndpointPolicy
    GET /channelGroup/{ChannelGroupName}/harvestJob ListHarvestJobs
    GET /tags/{ResourceArn+} ListTagsForResource`,
  glacier: `
    GET /{accountId}/vaults ListVaults
    GET /{accountId}/vaults/{vaultName} DescribeVault
    GET /{accountId}/vaults/{vaultName}/notification-configuration GetVaultNotifications
    GET /{accountId}/vaults/{vaultName}/access-policy GetVaultAccessPolicy
    GET /{accountId}/vaults/{vaultName}/lock-policy GetVaultLock
    GET /{accountId}/vaults/{vaultName}/tags ListTagsForVault
    GET /{accountId}/vaults/{vaultName}/jobs ListJobs
    GET /{accountId}/policies/data-retrieval GetDataRetrievalPolicy
    GET /{accountId}/provisioned-capacity ListProvisionedCapacity`,
  trustedadvisor: `
    GET /v1/checks ListChecks
    GET /v1/recommendations ListRecommendations
    GET /v1/recommendations/{recommendationIdentifier+}/resources ListRecommendationResources
    GET /v1/recommendations/{recommendationIdentifier+} GetRecommendation
    GET /v1/organization-recommendations ListOrganizationRecommendations`,
  lambda: `
    GET /2015-03-31/functions/{FunctionName}/configuration GetFunctionConfiguration
    GET /2015-03-31/functions/{FunctionName}/policy GetPolicy`,
  account: `
    POST /listRegions ListRegions
    POST /getRegionOptStatus GetRegionOptStatus
    POST /getAlternateContact GetAlternateContact
    POST /getContactInformation GetContactInformation
    POST /getAccountInformation GetAccountInformation`,
  securityhub: `
    POST /findings/import BatchImportFindings`,
};

const pattern = (template) =>
  new RegExp(
    "^" +
      template.replace(/\{(\w+)(\+?)\}/g, (_, name, greedy) => `(?<${name}>${greedy ? ".+" : "[^/]+"})`) +
      "/?$",
  );

const routes = new Map(
  Object.entries(TABLE).map(([service, lines]) => [
    service,
    lines
      .trim()
      .split("\n")
      .map((line) => line.trim().split(" "))
      .map(([method, template, operation]) => ({ method, operation, path: pattern(template) })),
  ]),
);

/** Whether the service speaks REST JSON here. */
export const isRestJson = (service) => routes.has(service);

/** The operation and the path's labels, or undefined for a path that nobody named. */
export function findRoute(service, method, path) {
  for (const route of routes.get(service) ?? []) {
    const match = route.method === method ? route.path.exec(path) : null;
    if (match) return { operation: route.operation, labels: { ...match.groups } };
  }
  return undefined;
}

// S3: sub-resource → the operation of a GET; the second name is asked with an id.
const S3_READS = {
  logging: ["GetBucketLogging"],
  lifecycle: ["GetBucketLifecycleConfiguration"],
  metrics: ["ListBucketMetricsConfigurations", "GetBucketMetricsConfiguration"],
  notification: ["GetBucketNotificationConfiguration"],
  publicAccessBlock: ["GetPublicAccessBlock"],
  policyStatus: ["GetBucketPolicyStatus"],
  policy: ["GetBucketPolicy"],
  versioning: ["GetBucketVersioning"],
  encryption: ["GetBucketEncryption"],
  requestPayment: ["GetBucketRequestPayment"],
  acl: ["GetBucketAcl"],
  location: ["GetBucketLocation"],
  tagging: ["GetBucketTagging"],
  "object-lock": ["GetObjectLockConfiguration"],
  inventory: ["ListBucketInventoryConfigurations", "GetBucketInventoryConfiguration"],
  analytics: ["ListBucketAnalyticsConfigurations", "GetBucketAnalyticsConfiguration"],
  "intelligent-tiering": [
    "ListBucketIntelligentTieringConfigurations",
    "GetBucketIntelligentTieringConfiguration",
  ],
  ownershipControls: ["GetBucketOwnershipControls"],
  replication: ["GetBucketReplication"],
};

/** The S3 operation of a request, and its bucket and key. */
export function identifyS3(method, path, query) {
  const [, bucket, ...rest] = path.split("/");
  const key = rest.join("/");
  const params = { ...(bucket && { Bucket: bucket }), ...(key && { Key: key }) };
  if (!bucket) return { operation: "ListBuckets", params };
  if (method === "HEAD") return { operation: key ? "HeadObject" : "HeadBucket", params };
  if (method !== "GET") return { operation: undefined, params };
  const subResource = Object.keys(S3_READS).find((name) => query.has(name));
  if (!subResource) return { operation: key ? "GetObject" : "ListObjectsV2", params };
  const [all, one] = S3_READS[subResource];
  return { operation: query.has("id") && one ? one : all, params };
}
