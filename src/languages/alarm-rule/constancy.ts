import type { Truth } from "../../shared/truth.js";
import type { RuleReading } from "./evaluate.js";
import { evaluateNetwork, loadRuleNetwork, searchAssignment } from "./network.js";
import type { LookUpAlarm, RuleNetwork } from "./network.js";

/** Nothing can be said of a rule, and why. `tooComplex`: a limit was reached. */
export type Undecided = { readonly kind: "unknown"; readonly why: string; readonly tooComplex?: true };

/** What a composite's state does over all states of its leaves: always ALARM, never ALARM, or it depends. */
export type Constancy = { readonly kind: "always" | "never" | "varies" } | Undecided;

/** A rule with too many states to try. */
export const TOO_LARGE: Undecided = {
  kind: "unknown",
  why: "the rule is too large to decide for every state of its alarms",
  tooComplex: true,
};

/** Decides whether a rule is ever, or always, true, over all states of the alarms below it. */
export function constancyOf(rule: string, lookUp: LookUpAlarm): Constancy {
  const loaded = loadRuleNetwork(rule, lookUp);
  if (loaded.kind === "unknown") return loaded;
  const kinds = loaded.network.readings.map((reading) => constancyUnder(loaded.network, reading));
  const [first] = kinds;
  if (first === undefined || first === "unknown") return undecidedIn(loaded.network);
  return kinds.every((kind) => kind === first)
    ? { kind: first }
    : { kind: "unknown", why: "AWS does not say how this rule is read: add parentheses" };
}

/** The same for one way to read the rule. */
export function constancyUnder(
  network: RuleNetwork,
  reading: RuleReading,
): "always" | "never" | "varies" | "unknown" {
  const can = (wanted: Truth): Truth => {
    const answer = searchAssignment(network, new Map(), (leafState) => {
      const truth = evaluateNetwork(network, reading, leafState);
      if (truth === "unknown") return "unknown";
      return truth === wanted ? "yes" : "no";
    });
    return typeof answer === "string" ? answer : "yes";
  };
  const [fires, rests] = [can("yes"), can("no")];
  if (fires === "yes" && rests === "yes") return "varies";
  if (fires === "no") return "never";
  return rests === "no" ? "always" : "unknown";
}

/** Why a network was not decided: the first alarm that could not be read, else its size. */
export function undecidedIn(network: RuleNetwork): Undecided {
  const [first] = network.unknown;
  return first === undefined ? TOO_LARGE : { kind: "unknown", why: `${first[0]}: ${first[1]}` };
}
