import type { Judgement } from "../../../core/judgement.js";
import { fail, unknown } from "../../../core/verdict.js";
import type { Verdict } from "../../../core/verdict.js";
import { customWatch } from "../../../reasoning/cover/custom.js";
import { distanceTo } from "../../../reasoning/cover/verdict.js";
import type { Watchers } from "../../../reasoning/cover/watch.js";
import { judgeEach } from "../../../reasoning/per-resource.js";
import { answersTo, judgeWatches, verdictOf } from "./answers.js";
import { delayOf } from "./options.js";
import type { Options } from "./options.js";

/** Judges the rule's own metrics for each resource of a type. */
export function judgeResources(watchers: Watchers, chosen: Options, type: string): readonly Judgement[] {
  const { account } = watchers.world;
  return judgeEach(account, {
    type,
    absence: "not-applicable",
    judge: (resource) => {
      const watches = (chosen.metrics ?? []).map((option) =>
        customWatch(account, option, { region: resource.region, maxDelay: delayOf(chosen), resource }),
      );
      return judgeWatches(watchers, watches, { name: resource.id, chosen });
    },
  });
}

/** Judges the rule's own metrics for the account: in each region that the rule names, else in any one that is looked at. */
export function judgeAccount(watchers: Watchers, chosen: Options): Verdict {
  const { account } = watchers.world;
  const regions = account.regions.filter((region) => chosen.regions?.includes(region) ?? true);
  const perRegion = regions.map((region) => judgeRegion(watchers, chosen, region));
  const wanted =
    chosen.regions === undefined
      ? (["pass", "unknown", "fail"] as const)
      : (["fail", "unknown", "pass"] as const);
  const decided = wanted
    .map((status) => nearest(perRegion.filter(({ verdict }) => verdict.status === status)))
    .find((verdict) => verdict !== undefined);
  if (decided === undefined) return fail("none of the regions that the rule names is looked at");
  return decided.status === "fail" && chosen.regions === undefined && account.blindRegions !== undefined
    ? unknown(
        account.blindRegions.kind,
        `${decided.message}, as far as can be seen: the enabled regions could not be listed`,
      )
    : decided;
}

/** The verdict about one region, and how far it is from a pass. */
type Regional = { readonly verdict: Verdict; readonly distance: number };

function judgeRegion(watchers: Watchers, chosen: Options, region: string): Regional {
  const { need = "every", metrics = [] } = chosen;
  const watches = metrics.map((option) =>
    customWatch(watchers.world.account, option, { region, maxDelay: delayOf(chosen) }),
  );
  const whole = watches.filter((watch) => watch !== undefined);
  const answers = answersTo(watchers, whole);
  const subject = { name: region, chosen };
  return whole.length < watches.length
    ? { verdict: judgeWatches(watchers, watches, subject), distance: 0 }
    : { verdict: verdictOf(watchers, answers, subject), distance: distanceTo({ need }, answers) };
}

// Any region would do: the one that is nearest to a pass says what is missing.
function nearest(regional: readonly Regional[]): Verdict | undefined {
  return regional.toSorted((a, b) => a.distance - b.distance)[0]?.verdict;
}
