/** A claim's answer where something may be unreadable or not decidable. */
export type Truth = "yes" | "no" | "unknown";

/** Whether all hold: one "no" decides, whatever is unknown. */
export function allOf(truths: Iterable<Truth>): Truth {
  let all: Truth = "yes";
  for (const truth of truths) {
    if (truth === "no") return "no";
    if (truth === "unknown") all = "unknown";
  }
  return all;
}

/** Whether one holds at least: one "yes" decides, whatever is unknown. */
export function anyOf(truths: Iterable<Truth>): Truth {
  let any: Truth = "no";
  for (const truth of truths) {
    if (truth === "yes") return "yes";
    if (truth === "unknown") any = "unknown";
  }
  return any;
}

/** The answer to the opposite claim. */
export function opposite(truth: Truth): Truth {
  if (truth === "unknown") return "unknown";
  return truth === "yes" ? "no" : "yes";
}

/** A known answer. */
export function truthOf(holds: boolean): Truth {
  return holds ? "yes" : "no";
}
