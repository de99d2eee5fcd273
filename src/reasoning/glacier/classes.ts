import type { Account } from "../../core/account.js";
import type { JsonArray, JsonObject, JsonValue } from "../../core/json.js";
import type { Need } from "../../core/need.js";
import type { Resource } from "../../core/resource.js";
import { doubtful, holding, refuted, someClaim } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { claimOf } from "../../shared/read-claim.js";
import { isArray, isObject, readList, readObject } from "../../shared/read-property.js";
import { rememberByObject } from "../../shared/remember.js";
import { explainBlind } from "../../shared/text/unreadable-text.js";

const STORAGE = "AWS::S3::StorageMetric";

/** The bucket properties that tell of Glacier storage classes. */
export const glacierClassProperties = ["LifecycleConfiguration", "IntelligentTieringConfigurations"] as const;

/** What must be read to know whether a bucket holds objects of Glacier storage classes. */
export const glacierClassNeeds: readonly Need[] = [
  { type: "AWS::S3::Bucket", properties: glacierClassProperties },
  { type: STORAGE, properties: ["Dimensions"] },
];

/** Which classes are asked about: any, or those whose objects must be restored before they can be read. */
export type GlacierClasses = "any" | "restored";

/** The storage types under which CloudWatch counts the bytes of Glacier storage classes. Source: S3 user guide, "Amazon S3 metrics and dimensions". */
export const glacierStorageTypes: readonly string[] = [
  "GlacierStorage",
  "GlacierStagingStorage",
  "GlacierObjectOverhead",
  "GlacierS3ObjectOverhead",
  "DeepArchiveStorage",
  "DeepArchiveObjectOverhead",
  "DeepArchiveS3ObjectOverhead",
  "DeepArchiveStagingStorage",
  "GlacierInstantRetrievalStorage",
  "GlacierInstantRetrievalSizeOverhead",
  "GlacierIRSizeOverhead",
  "IntelligentTieringAAStorage",
  "IntelligentTieringDAAStorage",
  "IntAAObjectOverhead",
  "IntAAS3ObjectOverhead",
  "IntDAAObjectOverhead",
  "IntDAAS3ObjectOverhead",
];

const instantTypes: readonly string[] = [
  "GlacierInstantRetrievalStorage",
  "GlacierInstantRetrievalSizeOverhead",
  "GlacierIRSizeOverhead",
];
const archiveTiers: readonly unknown[] = ["ARCHIVE_ACCESS", "DEEP_ARCHIVE_ACCESS"];

const storageClasses: Readonly<Record<GlacierClasses, readonly unknown[]>> = {
  any: ["GLACIER", "DEEP_ARCHIVE", "GLACIER_IR"],
  restored: ["GLACIER", "DEEP_ARCHIVE"],
};
const storageTypes: Readonly<Record<GlacierClasses, readonly string[]>> = {
  any: glacierStorageTypes,
  restored: glacierStorageTypes.filter((type) => !instantTypes.includes(type)),
};

/**
 * Whether a bucket holds, or will hold, objects of Glacier storage classes: an enabled lifecycle rule moves them there,
 * an enabled Intelligent-Tiering configuration archives them, or CloudWatch counts their bytes. One sign is enough; it
 * is refuted only where all three were read.
 */
export function holdsGlacierClasses(
  account: Account,
  bucket: Resource,
  classes: GlacierClasses = "any",
): Claim {
  return someClaim(
    [byLifecycle(bucket, classes), byTiering(bucket), byStorage(account, bucket, classes)],
    "",
  );
}

function byLifecycle(bucket: Resource, classes: GlacierClasses): Claim {
  return claimOf(readObject(bucket, "LifecycleConfiguration"), "LifecycleConfiguration", (configuration) => {
    const rules = configuration === undefined ? [] : configuration["Rules"];
    if (!isArray(rules) || !rules.every(isObject))
      return doubtful("undecidable", "its lifecycle rules are not understood");
    const targets = rules.filter(({ Status: status }) => status === "Enabled").flatMap(targetsOf);
    return targets.some((target) => storageClasses[classes].includes(target))
      ? holding
      : refuted("no lifecycle rule moves objects to a Glacier class");
  });
}

// CloudFormation has a singular form of each list, too.
const transitionLists = [
  "Transitions",
  "Transition",
  "NoncurrentVersionTransitions",
  "NoncurrentVersionTransition",
];

function targetsOf(rule: JsonObject): readonly (JsonValue | undefined)[] {
  return transitionLists.flatMap((name) => itemsOf(rule[name])).map(({ StorageClass: target }) => target);
}

// The objects of both archive tiers must be restored.
function byTiering(bucket: Resource): Claim {
  return claimOf(
    readList(bucket, "IntelligentTieringConfigurations"),
    "IntelligentTieringConfigurations",
    (configurations = []) => {
      const enabled = configurations.filter(isObject).filter(({ Status: status }) => status !== "Disabled");
      const tiers = enabled
        .flatMap(({ Tierings: tierings }) => itemsOf(tierings))
        .map(({ AccessTier: tier }) => tier);
      return tiers.some((tier) => archiveTiers.includes(tier))
        ? holding
        : refuted("Intelligent-Tiering archives nothing");
    },
  );
}

function byStorage(account: Account, bucket: Resource, classes: GlacierClasses): Claim {
  const { blind } = account.list(STORAGE);
  if (
    storageTypesIn(account)
      .get(bucket.id)
      ?.some((type) => storageTypes[classes].includes(type)) === true
  )
    return holding;
  const hidden = blind.find(({ region }) => region === bucket.region || region === "global");
  if (hidden !== undefined)
    return doubtful(
      hidden.kind,
      `the storage metrics of ${hidden.region} could not be listed: ${explainBlind(hidden)}`,
    );
  // Series are listed where the run looks: of a bucket elsewhere nothing was asked.
  if (!account.regions.includes(bucket.region))
    return doubtful("not-collected", `the storage metrics of ${bucket.region} are not in this snapshot`);
  return refuted("CloudWatch counts no bytes of a Glacier class in it");
}

/** The storage types of which CloudWatch counts bytes, by the bucket's name. */
const storageTypesIn = rememberByObject((account: Account): ReadonlyMap<string, readonly string[]> => {
  const found = new Map<string, readonly string[]>();
  for (const series of account.list(STORAGE).resources) {
    const types = dimensionValues(series, "StorageType");
    for (const bucket of dimensionValues(series, "BucketName"))
      found.set(bucket, [...(found.get(bucket) ?? []), ...types]);
  }
  return found;
});

function dimensionValues(series: Resource, wanted: string): readonly string[] {
  const dimensions = readList(series, "Dimensions");
  const pairs = dimensions.kind === "set" ? dimensions.value.filter(isObject) : [];
  return pairs.flatMap(({ Name, Value }) => (Name === wanted && typeof Value === "string" ? [Value] : []));
}

function itemsOf(value: JsonValue | undefined): readonly JsonObject[] {
  const list: JsonArray = isArray(value) ? value : isObject(value) ? [value] : [];
  return list.filter(isObject);
}
