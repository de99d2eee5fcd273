import type { Account } from "../../core/account.js";
import type { Verdict } from "../../core/verdict.js";
import { concerned } from "../detection/candidates.js";
import type { Part } from "../detection/detection.js";
import { ruleWords } from "../detection/remedy-words.js";
import { detectionVerdict } from "../detection/verdict.js";

/** What is judged: an account, in some regions, and what counts as somebody. */
export type Routed = {
  readonly account: Account;
  readonly regions: readonly string[];
  readonly options: { readonly indirect?: "unknown" | "yes" | "no" };
};

/** Whether rules bring every demanded event to somebody; `marks` are words by which a rule shows that it was meant to. */
export function routingVerdict(
  account: Account,
  parts: readonly Part[],
  marks: readonly string[] = [],
): Verdict {
  const demand = parts.map((part) => part.demand);
  const shown = parts.map((part) => ({ demand: part.demand, chains: concerned(part.chains, demand, marks) }));
  return detectionVerdict({
    account,
    parts,
    shown,
    everyRegion: false,
    words: () =>
      ruleWords(
        account,
        demand.flatMap(({ regions }) => regions),
        {},
      ),
    nothing: "no EventBridge rule there is enabled and matches",
  });
}
