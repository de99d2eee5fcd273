import { loadAcceptance } from "../accept/load-acceptance.js";
import type { Acceptance } from "../accept/load-acceptance.js";
import type { Config } from "../core/config.js";
import type { Diagnostic, Loaded } from "../core/diagnostic.js";
import { dirname, isAbsolute, join } from "node:path";
import { chooseRules } from "./prepare-rules.js";
import type { ChosenRules, PreparedRules, RuleRequest } from "./prepare-rules.js";

/** What a person asked to be judged, by what, and what is accepted. Paths are relative to the current folder. What stands here goes before the config's word. */
export type RunRequest = RuleRequest & {
  /** A file of waivers (YAML). */
  readonly waivers?: string;
  /** A file of known failures (JSON). */
  readonly baseline?: string;
  /** The day by which waivers hold: YYYY-MM-DD, UTC. Default: today, whenever the account was read. */
  readonly today?: string;
};

/**
 * A run that is ready: with a source added it is what `check` takes, `gate` is what `decideGate` takes. Beside that the config that it
 * came with (empty without one), all that can be plugged in, every rule that could be named, and where rules were written.
 */
export type PreparedRun = PreparedRules & Acceptance;

/** Loads the files that a run needs, the config's waivers and baseline among them; or tells every problem at once. Never throws. */
export async function prepareRun({
  waivers,
  baseline,
  today = new Date().toISOString().slice(0, 10),
  ...request
}: RunRequest): Promise<Loaded<PreparedRun>> {
  const chosen = await chooseRules(request);
  if (!chosen.ok) return chosen;
  const { prepared } = chosen.value;
  const { config, known } = prepared;
  const named = { config: request.config, waivers, baseline };
  const files = acceptanceFiles(named, config);
  const accepted = await loadAcceptance(files, {
    today,
    rules: known.rules,
    ...(config.waiverDays === undefined ? {} : { maxDays: config.waiverDays }),
  });
  if (!accepted.ok) return accepted;
  if (prepared.gate.newOnly === true && files.baseline === undefined)
    return { ok: false, diagnostics: [missingBaseline(request, chosen.value)] };
  return { ok: true, value: { ...prepared, ...accepted.value } };
}

/** Which files a request and its config name. */
export type AcceptanceNames = { readonly [File in "config" | "waivers" | "baseline"]: string | undefined };

/** The files that say what a run accepts, relative to the current folder. */
export function acceptanceFiles(
  { config: file, waivers, baseline }: AcceptanceNames,
  config: Config,
): Omit<AcceptanceNames, "config"> {
  return {
    waivers: waivers ?? besideConfig(file, config.waivers),
    baseline: baseline ?? besideConfig(file, config.baseline),
  };
}

/** A path that the config names, relative to the current folder. */
export function besideConfig(config: string | undefined, path: string | undefined): string | undefined {
  return path === undefined || config === undefined || isAbsolute(path) ? path : join(dirname(config), path);
}

// Without a baseline every failure would be new, and the run would say something else than was asked.
function missingBaseline({ gate }: RuleRequest, { located }: ChosenRules): Diagnostic {
  const isNamed = gate?.newOnly === true;
  return {
    code: "no-baseline",
    ...(isNamed ? { file: "--new-only" } : { file: located.file, position: located.placeOf(["newOnly"]) }),
    message: `${isNamed ? "" : "newOnly "}needs a baseline, and none is named`,
    hint: "name one by `baseline: FILE` in the config, or --baseline FILE; `watchproof baseline update` writes it",
  };
}
