import { unknown } from "../../../core/verdict.js";
import type { Verdict } from "../../../core/verdict.js";
import { judgeWatch } from "../../../reasoning/cover/person.js";
import { remedyFor } from "../../../reasoning/cover/remedy-alarm.js";
import { coverVerdict } from "../../../reasoning/cover/verdict.js";
import type { MetricAnswer } from "../../../reasoning/cover/verdict.js";
import type { Watch, Watchers } from "../../../reasoning/cover/watch.js";
import type { Options } from "./options.js";

type Subject = { readonly name: string; readonly chosen: Options };

/** The verdict about a subject by the answers for each of its metrics; a failure comes with the alarms that would mend it, where all can be named. */
export function verdictOf(
  watchers: Watchers,
  answers: readonly MetricAnswer[],
  { name, chosen }: Subject,
): Verdict {
  const remedy = (failing: readonly MetricAnswer[]): ReturnType<typeof remedyFor> => {
    const watches = failing.flatMap((answer) => (answer.kind === "watched" ? [answer.watched.watch] : []));
    return watches.length < failing.length
      ? undefined
      : remedyFor(watchers.world, { subject: name, watches, options: watchers.options });
  };
  return coverVerdict(answers, { subject: name, need: chosen.need ?? "every", remedy });
}

/** What the alarms of the account say about each watch. */
export function answersTo(watchers: Watchers, watches: readonly Watch[]): readonly MetricAnswer[] {
  return watches.map((watch) => ({ kind: "watched", watched: judgeWatch(watchers, watch) }));
}

/** The verdict about a subject by its watches; undefined stands for one whose dimensions have no value. */
export function judgeWatches(
  watchers: Watchers,
  watches: readonly (Watch | undefined)[],
  subject: Subject,
): Verdict {
  const whole = watches.filter((watch) => watch !== undefined);
  if (whole.length < watches.length)
    return unknown("undecidable", `a dimension of the demanded metrics has no value for ${subject.name}`);
  return verdictOf(watchers, answersTo(watchers, whole), subject);
}
