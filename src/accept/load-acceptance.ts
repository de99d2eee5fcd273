import type { Baseline } from "../core/baseline.js";
import type { Loaded } from "../core/diagnostic.js";
import type { Rule } from "../core/rule.js";
import type { Waiving } from "../core/waiver.js";
import { loadBaseline } from "../loaders/load-baseline.js";
import { loadWaivers } from "../loaders/load-waivers.js";

/** What a run accepts, as `check` takes it. */
export type Acceptance = {
  /** Failures that are accepted until a day. */
  readonly waiving?: Waiving;
  /** Failures that were known before. */
  readonly baseline?: Baseline;
};

/** The files, where there are any; paths relative to the current folder. */
export type AcceptanceFiles = {
  readonly waivers?: string | undefined;
  readonly baseline?: string | undefined;
};

/** What waivers hold by: the day, how many days ahead one may end, and every rule that could be named. */
export type WaiverTerms = Omit<Waiving, "waivers"> & { readonly rules: readonly Rule[] };

/** Loads waivers and baseline; or tells every problem of both. Never throws. */
export async function loadAcceptance(
  { waivers: waiverFile, baseline: baselineFile }: AcceptanceFiles,
  { rules, ...terms }: WaiverTerms,
): Promise<Loaded<Acceptance>> {
  const waivers = waiverFile === undefined ? undefined : await loadWaivers(waiverFile, { rules });
  const baseline = baselineFile === undefined ? undefined : await loadBaseline(baselineFile);
  const problems = [waivers, baseline].flatMap((loaded) =>
    loaded === undefined || loaded.ok ? [] : loaded.diagnostics,
  );
  if (problems.length > 0) return { ok: false, diagnostics: problems };
  return {
    ok: true,
    value: {
      ...(waivers?.ok === true ? { waiving: { waivers: waivers.value, ...terms } } : {}),
      ...(baseline?.ok === true ? { baseline: baseline.value } : {}),
    },
  };
}
