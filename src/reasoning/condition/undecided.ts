import type { Reading, Resource } from "../../core/resource.js";
import { explainUnreadable } from "../../shared/text/unreadable-text.js";

/** Thrown inside a condition where it touches what could not be read; it only surfaces if nothing else decides. */
export class UndecidedError extends Error {
  override readonly name = "UndecidedError";
  constructor(
    readonly reason: "unreadable" | "not-collected",
    message: string,
  ) {
    super(message);
  }
}

/** The value of a reading, undefined where AWS says it is not set. @throws UndecidedError for what could not be read. */
export function demand<T>(reading: Reading<T>, resource: Resource, property: string): T | undefined {
  if (reading.kind === "set") return reading.value;
  if (reading.kind === "absent") return undefined;
  if (reading.kind === "not-collected")
    throw new UndecidedError("not-collected", `${property} of ${resource.id} is not in this snapshot`);
  throw new UndecidedError(
    "unreadable",
    `${property} of ${resource.id} could not be read: ${explainUnreadable(reading.because)}`,
  );
}
