import type { Clock } from "../../../src/sources/clock.js";

/** A clock that jumps to the next thing that is waited for, as soon as nothing else can happen. */
export function virtualClock(random: () => number = () => 0.5): Clock {
  const timers = new Set<{ readonly at: number; readonly wake: () => void }>();
  let now = 0;
  let isJumping = false;
  const jump = (): void => {
    isJumping = false;
    const [next] = [...timers].sort((a, b) => a.at - b.at);
    if (next === undefined) return;
    now = Math.max(now, next.at);
    next.wake();
    prepare();
  };
  const prepare = (): void => {
    if (isJumping || timers.size === 0) return;
    isJumping = true;
    setImmediate(jump);
  };
  return {
    now: () => now,
    random,
    sleep: (milliseconds, signal) =>
      new Promise((resolve) => {
        const timer = {
          at: now + milliseconds,
          wake: () => {
            timers.delete(timer);
            resolve();
          },
        };
        if (signal?.aborted === true) {
          resolve();
          return;
        }
        timers.add(timer);
        signal?.addEventListener("abort", timer.wake, { once: true });
        prepare();
      }),
  };
}
