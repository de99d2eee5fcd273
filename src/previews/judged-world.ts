import type { World } from "../core/declared.js";
import type { Finding } from "../core/report.js";
import type { Foreseen } from "../forecasts/foreseen.js";

/** One world of the declaration, laid over the state and judged. */
export type JudgedWorld = {
  readonly world: World;
  readonly given: readonly string[];
  readonly foreseen: Foreseen;
  readonly findings: readonly Finding[];
};
