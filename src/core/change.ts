export type { Change } from "./formats/report.js";

/** What a change's target is known by: its type with its ARN, or where there is none with its region and name. */
export function targetOf({
  type,
  arn,
  region,
  id,
}: {
  readonly type: string;
  readonly arn?: string | undefined;
  readonly region: string;
  readonly id: string;
}): string {
  return JSON.stringify(arn === undefined ? [type, region, id] : [type, arn]);
}
