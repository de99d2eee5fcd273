import { setMaxListeners } from "node:events";

/** Time and chance, so that tests can hold both. */
export type Clock = {
  /** Milliseconds; only differences mean something. */
  now(): number;
  /** Resolves after this many milliseconds, or as soon as the signal aborts; never rejects. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** At least 0, below 1. */
  random(): number;
};

/** The machine's own time and chance. */
export const systemClock: Clock = {
  now: () => performance.now(),
  random: Math.random,
  sleep: (milliseconds, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted === true) {
        resolve();
        return;
      }
      const wake = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", wake);
        resolve();
      };
      const timer = setTimeout(wake, milliseconds);
      if (signal === undefined) return;
      // Many requests wait on one signal, which is no leak: Node's warning of one would stand among the lines of a log.
      setMaxListeners(0, signal);
      signal.addEventListener("abort", wake, { once: true });
    }),
};
