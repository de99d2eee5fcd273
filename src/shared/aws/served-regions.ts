/**
 * Which regions a service is served in. A region of this table that does not list a service is not called and not
 * judged for it; a region newer than the table is treated as serving everything, so that nothing is overlooked.
 *
 * As of 2026-11-20. Sources: botocore 1.43.11 endpoints.json, AWS General Reference, CloudTrail User Guide "cloudtrail-lake-supported-regions".
 */
const commercial = [
  "af-south-1",
  "ap-east-1",
  "ap-east-2",
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-northeast-3",
  "ap-south-1",
  "ap-south-2",
  "ap-southeast-1",
  "ap-southeast-2",
  "ap-southeast-3",
  "ap-southeast-4",
  "ap-southeast-5",
  "ap-southeast-6",
  "ap-southeast-7",
  "ca-central-1",
  "ca-west-1",
  "eu-central-1",
  "eu-central-2",
  "eu-north-1",
  "eu-south-1",
  "eu-south-2",
  "eu-west-1",
  "eu-west-2",
  "eu-west-3",
  "il-central-1",
  "me-central-1",
  "me-south-1",
  "mx-central-1",
  "sa-east-1",
  "us-east-1",
  "us-east-2",
  "us-west-1",
  "us-west-2",
];
const china = ["cn-north-1", "cn-northwest-1"];
const government = ["us-gov-east-1", "us-gov-west-1"];

/** Every region that the table knows. */
export const knownRegions: readonly string[] = [...commercial, ...china, ...government];

/** Regions that every new account has; the others are opted in to. Source: AWS Account Management reference, "Regions and zones". */
export const defaultRegions: Readonly<Record<string, readonly string[]>> = {
  aws: [
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ca-central-1",
    "eu-central-1",
    "eu-north-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
  ],
  "aws-cn": china,
  "aws-us-gov": government,
  "aws-eusc": ["eusc-de-east-1"],
};

const mediapackage = [
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-northeast-3",
  "ap-south-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "ap-southeast-4",
  "ca-central-1",
  "eu-central-1",
  "eu-north-1",
  "eu-west-1",
  "eu-west-2",
  "eu-west-3",
  "sa-east-1",
  "us-east-1",
  "us-east-2",
  "us-west-1",
  "us-west-2",
];
const noLake = [
  "ap-east-2",
  "ap-southeast-5",
  "ap-southeast-6",
  "ap-southeast-7",
  "ca-west-1",
  "mx-central-1",
  ...china,
];

const everywhereBut = (...others: readonly string[]): readonly string[] =>
  knownRegions.filter((region) => !others.includes(region));

const served: Readonly<Record<string, readonly string[]>> = {
  bedrock: everywhereBut("ap-east-1", ...china),
  cloudfront: everywhereBut(...government),
  inspector2: everywhereBut("ap-southeast-6"),
  macie2: everywhereBut(
    ...["ap-east-2", "ap-south-2", "ap-southeast-3", "ap-southeast-4", "ap-southeast-5", "ap-southeast-6"],
    ...["ap-southeast-7", "ca-west-1", "eu-central-2", "eu-south-2", "me-central-1", "mx-central-1"],
    ...china,
    ...government,
  ),
  "redshift-serverless": everywhereBut("me-south-1"),
  "cloudtrail-lake": knownRegions.filter((region) => !noLake.includes(region)),
  glacier: [
    "af-south-1",
    "ap-east-1",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ca-central-1",
    "eu-central-1",
    "eu-north-1",
    "eu-south-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "me-south-1",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
    ...china,
    ...government,
  ],
  mediapackage,
  "mediapackage-vod": [...mediapackage, "ap-south-2", "me-central-1"],
  mediapackagev2: [...mediapackage, "ap-south-2", "ap-southeast-5", "me-central-1"],
};

/** Whether a service is, or may be, offered in a region. An unknown service or region counts as served. */
export function isServed(service: string, region: string): boolean {
  const regions = served[service];
  return regions === undefined || regions.includes(region) || !knownRegions.includes(region);
}
