import { expect, it } from "vitest";
import { systemClock } from "../../src/sources/clock.js";

it("lets many wait on one signal without a warning on stderr", async () => {
  const warnings: Error[] = [];
  const note = (warning: Error): void => {
    warnings.push(warning);
  };
  process.on("warning", note);
  const stop = new AbortController();
  const waits = Array.from({ length: 50 }, () => systemClock.sleep(60_000, stop.signal));
  stop.abort();
  await Promise.all(waits);
  await new Promise((resolve) => setImmediate(resolve));
  process.off("warning", note);
  expect(warnings).toEqual([]);
});
