import type { Place } from "../core/collector.js";
import { leaderRegion } from "../shared/aws/partitions.js";

/** What WAF is asked for in a region: CloudFront's web ACLs live in the leader region; China has none of CloudFront's, nor have the government's regions. */
export function scopesIn({ account, region }: Place): readonly ("REGIONAL" | "CLOUDFRONT")[] {
  return account.partition === "aws" && region === leaderRegion("aws")
    ? ["REGIONAL", "CLOUDFRONT"]
    : ["REGIONAL"];
}
