import type { CommandExit } from "./command-context.js";

/** A stop that a person or a scheduler asks for. `exitCode` is set once one was asked for. */
export type Stop = { readonly signal: AbortSignal; exitCode(): CommandExit | undefined; release(): void };

const codes = { SIGINT: 130, SIGTERM: 143 } as const satisfies Readonly<Record<string, CommandExit>>;
type StopSignal = keyof typeof codes;

/** Listens for SIGINT and SIGTERM: the first aborts and is told, the second ends the process at once. */
export function stopOnSignals(tell: () => void): Stop {
  const controller = new AbortController();
  const asked: { by?: StopSignal } = {};
  const stop = (by: StopSignal): void => {
    if (asked.by !== undefined) process.exit(codes[by]);
    asked.by = by;
    tell();
    controller.abort(new Error(`stopped by ${by}`));
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  return {
    signal: controller.signal,
    exitCode: () => (asked.by === undefined ? undefined : codes[asked.by]),
    release() {
      process.off("SIGINT", stop);
      process.off("SIGTERM", stop);
    },
  };
}
