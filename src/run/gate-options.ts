import type { Config } from "../core/config.js";
import type { GateOptions, GateThreshold } from "../core/gate.js";
import type { KnownRules } from "../core/rule.js";
import { rulesOf } from "../engine/select-rules.js";

/** What the gate of a run lets through, as a config says it; `words` go before it. A pack's threshold stays: it is more special. */
export function gateOptions(
  config: Config,
  known: KnownRules,
  words: Partial<Omit<GateOptions, "thresholds">> = {},
): GateOptions {
  const { max, packs = {}, maxFail, maxUnknown } = config.gate ?? {};
  return {
    failOn: config.failOn ?? "low",
    allowUnknown: config.allowUnknown ?? false,
    newOnly: config.newOnly ?? false,
    ...(max === undefined ? {} : { max }),
    ...(maxFail === undefined ? {} : { maxFail }),
    ...(maxUnknown === undefined ? {} : { maxUnknown }),
    thresholds: Object.entries(packs).map(([id, { failOn }]) => thresholdOf(id, failOn, known)),
    ...words,
  };
}

function thresholdOf(
  id: string,
  failOn: GateThreshold["failOn"],
  { rules, packs }: KnownRules,
): GateThreshold {
  return {
    failOn,
    rules: packs
      .filter((pack) => pack.id === id)
      .flatMap((pack) => rulesOf(pack, rules))
      .map((rule) => rule.id),
  };
}
