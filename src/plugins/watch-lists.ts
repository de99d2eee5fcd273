import type { Account, Blind } from "../core/account.js";
import type { Evaluator } from "../core/evaluator.js";
import type { Judgement } from "../core/judgement.js";
import { unknown } from "../core/verdict.js";
import { explainBlind } from "../shared/text/unreadable-text.js";

/** An account as an evaluator sees it that may not think of gaps, and what it has overlooked. */
export type WatchedAccount = {
  readonly account: Account;
  /** Where something could hide in lists that were used without a look at their `blind`. */
  readonly overlooked: () => readonly Blind[];
};

/** Watches which lists are used, and of which of them `blind` is looked at. */
export function watchLists(account: Account): WatchedAccount {
  const used = new Map<string, readonly Blind[]>();
  const considered = new Set<string>();
  const list: Account["list"] = (type) => {
    const { resources, blind } = account.list(type);
    used.set(type, blind);
    return {
      resources,
      get blind() {
        considered.add(type);
        return blind;
      },
    };
  };
  const find: Account["find"] = (type, arnOrId) => {
    const found = account.find(type, arnOrId);
    if (found === undefined) used.set(type, account.list(type).blind);
    return found;
  };
  return {
    account: replaced(account, { list, find }),
    overlooked: () => [...used].flatMap(([type, blind]) => (considered.has(type) ? [] : blind)),
  };
}

// Member by member, since a getter of the id must stay one.
function replaced(account: Account, { list, find }: Pick<Account, "list" | "find">): Account {
  const copy = Object.defineProperties({}, Object.getOwnPropertyDescriptors(account));
  return Object.defineProperties(copy, {
    list: { value: list, enumerable: true },
    find: { value: find, enumerable: true },
    // A copy of an account has its members.
  }) as Account;
}

/** What an evaluator decided, unless it overlooked that a list it used was not complete: then nothing is decided. */
export function withDoubt(judgements: readonly Judgement[], [blind]: readonly Blind[]): readonly Judgement[] {
  if (blind === undefined) return judgements;
  return judgements.map((judgement) => {
    const { verdict } = judgement;
    if (verdict.status === "unknown" || verdict.status === "error") return judgement;
    const { evidence, candidates } = verdict;
    const where = blind.region === "global" ? "" : ` of ${blind.region}`;
    const message = `it cannot be decided: ${blind.type}${where} could not be listed (${explainBlind(blind)})`;
    return {
      ...judgement,
      verdict: unknown(blind.kind, message, {
        ...(evidence === undefined ? {} : { evidence }),
        ...(candidates === undefined ? {} : { candidates }),
      }),
    };
  });
}

/** An evaluator whose verdicts are doubted where they rest on a list that was not complete, and that it took for complete. */
export function doubting(evaluator: Evaluator): Evaluator {
  return {
    ...evaluator,
    evaluate: async (account, given) => {
      const watched = watchLists(account);
      const judgements = await evaluator.evaluate(watched.account, given);
      return withDoubt(judgements, watched.overlooked());
    },
  };
}
