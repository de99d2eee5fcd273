import type { Finding } from "../core/report.js";
import type { Waiver } from "../core/waiver.js";
import { daysBetween } from "../shared/calendar.js";
import { matchesGlob } from "../shared/glob.js";

/** Whether a waiver is about a finding, whatever its verdict and the day. */
export function waiverMatches({ rule, subject, account, region }: Waiver, finding: Finding): boolean {
  return (
    (account === undefined || account === finding.account) &&
    (region === undefined || region === finding.region) &&
    matchesGlob(rule, finding.rule) &&
    (matchesGlob(subject, finding.subject.id) ||
      (finding.subject.arn !== undefined && matchesGlob(subject, finding.subject.arn)))
  );
}

/** Whether a waiver holds on a day: it has not ended, and does not end further ahead than is allowed. */
export function waiverHolds(
  { expires }: Pick<Waiver, "expires">,
  today: string,
  maxDays: number,
): "holds" | "expired" | "too-far" {
  const days = daysBetween(today, expires);
  if (days < 0) return "expired";
  return days > maxDays ? "too-far" : "holds";
}
