import { isSilenceAlone } from "./demand.js";
import type { MetricAlarm } from "./alarm.js";
import type { MetricDemand } from "./demand.js";
import { isSignal, matchSource, statisticOf } from "./series.js";
import type { SeriesMatch } from "./series.js";
import type { Firing, Signals } from "./verdict.js";

type Ways = { readonly ways: readonly [Signals, ...Signals[]] };

/** The inputs of an alarm that see the demanded series: the best kind of them first, then the other parts; or why there is none. */
export function findSignals(
  alarm: MetricAlarm,
  demand: MetricDemand,
): Ways | (Firing & { readonly kind: "no" | "unknown" }) {
  const inputs = alarm.ids.flatMap((id) => {
    const source = alarm.queries.get(id);
    return source === undefined || source.kind === "maths"
      ? []
      : [{ id, source, match: matchSource(source, demand) }];
  });
  const seen = inputs.filter(({ match }) => match.kind !== "no");
  const carrying = seen.filter(({ source }) => isSignal(source, demand));
  const [best] = carrying.toSorted(
    (a, b) => PREFERENCE.indexOf(a.match.kind) - PREFERENCE.indexOf(b.match.kind),
  );
  const [stray] = seen;
  if (best !== undefined) {
    const stat = statisticOf(best.source);
    const ids = carrying
      .filter(
        ({ match, source }) =>
          match.kind === best.match.kind && (statisticOf(source) === stat || isSilenceAlone(demand)),
      )
      .map(({ id }) => id);
    return {
      ways: [
        { ids: best.match.kind === "slice" ? [best.id] : ids, stat, match: best.match },
        ...otherParts(carrying, best),
      ],
    };
  }
  if (stray !== undefined)
    return {
      kind: "no",
      why: `its statistic ${statisticOf(stray.source)} does not show the trouble`,
      witness: { statistic: statisticOf(stray.source) },
    };
  return { kind: "no", why: strangersWhy(alarm, demand, inputs) };
}

type Input = {
  readonly id: string;
  readonly source: Parameters<typeof statisticOf>[0];
  readonly match: SeriesMatch;
};

function otherParts(carrying: readonly Input[], best: Input): readonly Signals[] {
  const parts =
    best.match.kind === "slice"
      ? carrying.filter((input) => input !== best && input.match.kind === "slice")
      : [];
  return parts.map(({ id, source, match }) => ({ ids: [id], stat: statisticOf(source), match }));
}

const PREFERENCE: readonly string[] = [
  "own",
  "aggregate",
  "aggregate-overcount",
  "slice",
  "conditional",
  "unknown",
];

// An input of the right name that misses by its dimensions says more than one of another name; so does the series left unused.
function strangersWhy(
  alarm: MetricAlarm,
  demand: MetricDemand,
  inputs: readonly {
    readonly match: SeriesMatch;
    readonly source: { readonly kind: string; readonly metric?: string };
  }[],
): string {
  const unused = [...alarm.queries].find(
    ([id, source]) => !alarm.ids.includes(id) && matchSource(source, demand).kind === "own",
  );
  if (unused !== undefined) return `its result does not use ${unused[0]}`;
  const near =
    inputs.find(({ source }) => source.kind === "insights" || source.metric === demand.metric) ?? inputs[0];
  return near?.match.why ?? "it watches no metric";
}
