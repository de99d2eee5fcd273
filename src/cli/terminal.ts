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
  /** Columns of stderr, if it is a terminal. */
  readonly statusWidth?: number;
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
    out: (text) =>
      new Promise((resolve) =>
        stdout.write(text, () => {
          resolve();
        }),
      ),
    err: (text) => void stderr.write(text),
    isWatched: isTerminal(stderr) && env["CI"] === undefined,
    ...(hasColumns(stdout) ? { width: stdout.columns } : {}),
    ...(hasColumns(stderr) ? { statusWidth: stderr.columns } : {}),
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

// A terminal that nobody has told its size says 0: `script`, some containers.
function hasColumns(stream: WriteStream | NodeJS.WriteStream): stream is WriteStream {
  return isTerminal(stream) && stream.columns > 0;
}

function isTerminal(stream: { readonly isTTY?: boolean }): stream is WriteStream {
  return stream.isTTY === true;
}
