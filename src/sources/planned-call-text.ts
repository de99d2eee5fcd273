import { plural } from "../shared/text/words.js";
import type { PlannedCall } from "./planned-calls.js";

/** How often a call is made: "in each enabled region", "for each AWS::S3::Bucket that is named by AWS::CloudTrail::Trail S3BucketName". */
export function oftenText({ often }: PlannedCall): string {
  if (often.kind === "once") return `once${often.region === undefined ? "" : ` in ${often.region}`}`;
  if (often.kind === "each-region")
    return often.regions === undefined
      ? "in each enabled region"
      : `in ${plural(often.regions.length, "region")}`;
  if (often.kind === "each-region-with") return `in each region with an ${often.of.join(" or ")}`;
  const named = often.only?.map(({ referencedBy, path }) => `${referencedBy} ${path}`).join(", ");
  return `for each ${often.of}${named === undefined ? "" : ` that is named by ${named}`}`;
}
