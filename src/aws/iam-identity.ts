import type { Identity } from "../core/collector.js";
import { parseArn } from "../shared/aws/arn.js";
import { leaderRegion } from "../shared/aws/partitions.js";

/** Who a role or a policy is that an ARN names, its path left out of the id; AWS's own policies are read by whoever asks. */
export function iamIdentity(
  kind: "role" | "policy",
  reference: string,
  from: Identity,
): Identity | undefined {
  const arn = parseArn(reference);
  if (arn?.service !== "iam" || !arn.resource.startsWith(`${kind}/`)) return undefined;
  return {
    id: arn.resource.split("/").at(-1) ?? arn.resource,
    arn: reference,
    account: arn.account === "aws" ? from.account : arn.account,
    region: leaderRegion(arn.partition),
  };
}
