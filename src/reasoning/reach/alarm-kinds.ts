import type { Account } from "../../core/account.js";
import { aboutAccount } from "../../core/judgement.js";
import type { Judgement } from "../../core/judgement.js";
import type { Resource } from "../../core/resource.js";
import { notApplicable } from "../../core/verdict.js";
import type { Verdict } from "../../core/verdict.js";
import type { AlarmKind } from "./alarm-world.js";
import { ALARM_TYPES } from "./alarm-world.js";
import { judgeEach } from "../per-resource.js";

/** One judgement per alarm of some kinds, as `judgeEach` gives for one type; absence is said once. undefined: the alarm is not concerned. */
export function judgeAlarms(
  account: Account,
  kinds: readonly AlarmKind[],
  judge: (alarm: Resource) => Verdict | undefined,
): readonly Judgement[] {
  const each = kinds.flatMap((kind) =>
    judgeEach(account, { type: ALARM_TYPES[kind], noun: "alarm", absence: "not-applicable", judge }),
  );
  const judged = each.filter(({ verdict }) => verdict.status !== "not-applicable");
  if (judged.length > 0) return oncePerPlace(judged);
  const isEmpty = kinds.every((kind) => account.list(ALARM_TYPES[kind]).resources.length === 0);
  return [
    aboutAccount(
      account,
      notApplicable(
        isEmpty ? "this account has no alarm" : "none of the alarms of this account is concerned",
      ),
    ),
  ];
}

// One refused call hides alarms of every kind: each place is said to be hidden once.
function oncePerPlace(judgements: readonly Judgement[]): readonly Judgement[] {
  const seen = new Set<string>();
  return judgements.filter(({ subject }) => {
    if (subject.kind === "resource") return true;
    const isNew = !seen.has(subject.id);
    seen.add(subject.id);
    return isNew;
  });
}
