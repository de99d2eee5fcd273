import type { Collector } from "../core/collector.js";
import { parseArn } from "../shared/aws/arn.js";

/** How a resource is named that others name by its name alone, in their own region: "arn:aws:rds:eu-west-1:111122223333:pg:NAME". */
export function referByName(service: string, kind: string): NonNullable<Collector["refer"]> {
  return (reference, { account, region, arn }) => {
    if (reference === "" || reference.startsWith("arn:")) return undefined;
    const partition = parseArn(arn ?? "")?.partition ?? "aws";
    return {
      id: reference,
      arn: `arn:${partition}:${service}:${region}:${account}:${kind}:${reference}`,
      account,
      region,
    };
  };
}
