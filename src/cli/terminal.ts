import type { WriteStream } from "node:tty";

/** What the command line knows of its surroundings; tests pass their own. */
export type Terminal = {
  readonly out: (text: string) => Promise<void>;
  readonly err: (text: string) => void;
  /** Why stdout could not be written, if it could not. A reader that has gone away (`| head`) is not an error. */
  readonly trouble: () => string | undefined;
  /** Whether stderr is a terminal that a person watches. */
  readonly isWatched: boolean;
  /** Columns of stdout, if it is a terminal. */
  readonly width?: number;
  /** Whether stdout wants colours, before --color is looked at. */
  readonly hasColor: boolean;
};

/** The terminal of this process. */
export function processTerminal(): Terminal {
  const { stdout, stderr, env } = process;
  const seen: { trouble?: string } = {};
  stderr.on("error", () => undefined);
  stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") seen.trouble = error.message;
  });
  return {
    trouble: () => seen.trouble,
    out: (text) => new Promise((resolve) => stdout.write(text, () => { resolve(); })),
    err: (text) => void stderr.write(text),
    isWatched: isTerminal(stderr) && env["CI"] === undefined,
    ...(isTerminal(stdout) ? { width: stdout.columns } : {}),
    hasColor: wantsColor(stdout, env),
  };
}

// https://no-color.org: any non-empty NO_COLOR switches colours off; FORCE_COLOR is Node's own counterpart.
function wantsColor(stdout: WriteStream | NodeJS.WriteStream, env: NodeJS.ProcessEnv): boolean {
  if ((env["NO_COLOR"] ?? "") !== "") return false;
  const forced = env["FORCE_COLOR"];
  if (forced !== undefined) return forced !== "0";
  return isTerminal(stdout) && env["TERM"] !== "dumb";
}

function isTerminal(stream: { readonly isTTY?: boolean }): stream is WriteStream {
  return stream.isTTY === true;
}
