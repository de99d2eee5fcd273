import type { Account } from "../../core/account.js";
import { aboutAccount } from "../../core/judgement.js";
import type { Judgement } from "../../core/judgement.js";
import { notApplicable } from "../../core/verdict.js";
import { judgeBlind } from "../per-resource.js";

/** What is said of the account besides its regions: that there may be more of them; else, where none was judged, why. */
export function judgeHiddenRegions(account: Account, nothing: string | undefined): readonly Judgement[] {
  if (account.blindRegions !== undefined) return judgeBlind(account, [account.blindRegions]);
  return nothing === undefined ? [] : [aboutAccount(account, notApplicable(nothing))];
}
