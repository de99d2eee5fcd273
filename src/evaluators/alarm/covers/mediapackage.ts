import type { Judgement } from "../../../core/judgement.js";
import type { Resource } from "../../../core/resource.js";
import type { Verdict } from "../../../core/verdict.js";
import {
  generations,
  mediapackageLimits,
  mediapackageMetrics,
  mediapackageWatches,
} from "../../../reasoning/cover/mediapackage.js";
import type { Generation, MediapackageMetric } from "../../../reasoning/cover/mediapackage.js";
import type { Watchers } from "../../../reasoning/cover/watch.js";
import { judgeEach } from "../../../reasoning/per-resource.js";
import { verdictOf, answersTo } from "./answers.js";
import { delayOf } from "./options.js";
import type { Options } from "./options.js";

/** Judges the key metrics of each MediaPackage channel and packaging configuration. */
export function judgeMediapackage(watchers: Watchers, chosen: Options): readonly Judgement[] {
  const { account } = watchers.world;
  const judgements = generations.flatMap((generation) =>
    judgeEach(account, {
      type: generation.type,
      noun: generation.noun,
      absence: "not-applicable",
      judge: (resource) => judgeChannel(watchers, resource, { generation, chosen }),
    }),
  );
  // That there is none of one generation is only worth saying where there is none of any.
  const [absent] = judgements.filter(({ verdict }) => verdict.status === "not-applicable");
  const others = judgements.filter(({ verdict }) => verdict.status !== "not-applicable");
  return others.length > 0 || absent === undefined
    ? others
    : [
        {
          ...absent,
          verdict: {
            status: "not-applicable",
            message: "this account has no MediaPackage channel or packaging configuration",
          },
        },
      ];
}

function judgeChannel(
  watchers: Watchers,
  resource: Resource,
  { generation, chosen }: { readonly generation: Generation; readonly chosen: Options },
): Verdict | undefined {
  const metrics = mediapackageMetrics.filter(
    (name): name is MediapackageMetric => chosen.only?.includes(name) ?? true,
  );
  const limits = { ...mediapackageLimits, ...chosen.limits };
  const watches = mediapackageWatches(watchers.world.account, resource, {
    generation,
    demand: { metrics, limits, maxDelay: delayOf(chosen) },
  });
  return watches.length === 0
    ? undefined
    : verdictOf(watchers, answersTo(watchers, watches), { name: resource.id, chosen });
}
