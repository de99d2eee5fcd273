/** The partition of a region: aws, aws-cn, aws-us-gov, … */
export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  if (region.startsWith("us-gov-")) return "aws-us-gov";
  if (region.startsWith("eusc-")) return "aws-eusc";
  return "aws";
}

const leaders: Readonly<Record<string, string>> = {
  "aws-cn": "cn-north-1",
  "aws-us-gov": "us-gov-west-1",
  "aws-eusc": "eusc-de-east-1",
};

/** The region in which a partition's global services live: us-east-1 and its kin. */
export function leaderRegion(partition: string): string {
  return leaders[partition] ?? "us-east-1";
}

const suffixes: Readonly<Record<string, string>> = {
  "aws-cn": "amazonaws.com.cn",
  "aws-eusc": "amazonaws.eu",
};

/** What the names of a partition's service hosts end in: amazonaws.com and its kin. */
export function hostSuffix(partition: string): string {
  return suffixes[partition] ?? "amazonaws.com";
}
