import type { Blind } from "../../core/account.js";
import type { Unreadable } from "../../core/resource.js";

/** Why something could not be read, and what to grant: "AccessDenied; grant cloudtrail:GetTrailStatus in us-east-1". */
export function explainUnreadable({ reason, action, region }: Unreadable): string {
  if (action === undefined) return reason;
  const where = region === undefined || region === "global" ? "" : ` in ${region}`;
  return isRefusal(reason) ? `${reason}; grant ${action}${where}` : `${reason} from ${action}${where}`;
}

/** Why a list is not there: "AccessDenied; grant sns:ListTopics in us-east-1", or "the snapshot does not hold it". */
export function explainBlind(blind: Blind): string {
  if (blind.kind === "not-collected") return "the snapshot does not hold it";
  return explainUnreadable(blind);
}

/** Whether an error's name says that permission is missing, so that a grant mends it. */
export function isRefusal(reason: string): boolean {
  return /denied|unauthorized|notauthorized|forbidden|authorizationerror/i.test(reason);
}
