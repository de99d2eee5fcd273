import type { Clock } from "./clock.js";

/** The queue of one operation in one region: lets requests go at the rate that AWS documents, or at the lower one that it shows. */
export type Lane = {
  /** Resolves when the next request may go. */
  turn(signal?: AbortSignal): Promise<void>;
  /** AWS took a request. */
  taken(): void;
  /** AWS throttled a request that was sent at `sentAt`. */
  throttled(sentAt: number): void;
  /** AWS has taken nothing but throttled for longer than the patience. */
  starves(): boolean;
};

/** `rate`: requests per second, and as many at once. `patience`: milliseconds. */
export type LaneOptions = { readonly rate: number; readonly patience: number; readonly clock: Clock };

const slowest = 0.5;

/** A token bucket as a virtual schedule, which slows down by half when throttled, and speeds up little by little when not. */
export function createLane({ rate, patience, clock }: LaneOptions): Lane {
  let pace = rate;
  let next = -Infinity;
  let slowedAt = -Infinity;
  let throttledSince: number | undefined;
  return {
    async turn(signal) {
      const now = clock.now();
      const interval = 1000 / pace;
      const credit = pace < rate ? 0 : (Math.max(1, rate) - 1) * interval;
      const wait = next - credit - now;
      next = Math.max(next, now) + interval;
      // Nobody waits for a turn in a lane that will have starved by then.
      const longest = throttledSince === undefined ? Infinity : throttledSince + patience - now;
      if (wait > 0 && longest > 0) await clock.sleep(Math.min(wait, longest), signal);
    },
    taken() {
      throttledSince = undefined;
      pace = Math.min(rate, pace + rate / 50);
    },
    throttled(sentAt) {
      const now = clock.now();
      throttledSince ??= now;
      // Requests that were under way together are throttled together; that is one reason to slow down, not many.
      if (sentAt < slowedAt) return;
      slowedAt = now;
      pace = Math.max(Math.min(slowest, rate), pace / 2);
      next = Math.max(next, now + (0.5 + clock.random()) * (1000 / pace));
    },
    starves: () => throttledSince !== undefined && clock.now() - throttledSince >= patience,
  };
}
