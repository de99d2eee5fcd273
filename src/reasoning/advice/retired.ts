/** A Trusted Advisor check that AWS withdrew, and the check that took its place. */
export type RetiredCheck = {
  readonly id: string;
  readonly name: string;
  readonly since: string;
  readonly successor: { readonly id: string; readonly name: string };
};

/**
 * Checks whose ids AWS answers with an error since. Source: AWS Support user guide, "Change log for AWS Trusted
 * Advisor", July 22, 2025.
 */
const retired: readonly RetiredCheck[] = [
  {
    id: "vjafUGJ9H0",
    name: "AWS CloudTrail Logging",
    since: "2025-07-22",
    successor: { id: "c25hn9x03v", name: "AWS CloudTrail Management Event(s) Logging" },
  },
  {
    id: "BueAdJ7NrP",
    name: "Amazon S3 Bucket Logging",
    since: "2025-07-22",
    successor: { id: "c1fd6b96l4", name: "Amazon S3 Access Logs Enabled" },
  },
];

/** What became of a check id; undefined for one that is not known to be withdrawn. */
export function retiredCheck(id: string): RetiredCheck | undefined {
  return retired.find((check) => check.id === id);
}
