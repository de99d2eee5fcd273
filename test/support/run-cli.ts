import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root folder. */
export const root = fileURLToPath(new URL("../../", import.meta.url));

/** How a command ended, and what it wrote. */
export type Outcome = {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
};

export type RunOptions = {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Milliseconds until the command is killed; its exit code is then null. */
  readonly timeout?: number;
  /** Runs this instead of the built command; for tests of the runner itself. */
  readonly command?: readonly string[];
};

/** The command under test. WATCHPROOF_BIN names another build of the command, such as an installed package's. */
export const bin = process.env["WATCHPROOF_BIN"] ?? join(root, "dist/cli/bin.js");

/** Runs the built command in a clean environment: PATH, a HOME without credentials, and what `env` says. */
export async function runCli(
  args: readonly string[],
  { env = {}, cwd, timeout = 60_000, command }: RunOptions = {},
): Promise<Outcome> {
  if (command === undefined && !existsSync(bin))
    throw new Error(`${bin} does not exist: npm run build makes it`);
  const [file, ...before] = command ?? [process.execPath, bin];
  if (file === undefined) throw new Error("no command");
  const where = cwd ?? (await temporaryFolder());
  try {
    return await collect(spawnIn(where, { file, args: [...before, ...args], env }), timeout);
  } finally {
    if (cwd === undefined) await rm(where, { recursive: true, force: true });
  }
}

/** A command that runs: what it has written to stderr so far can be waited for, and a signal sent. */
export type RunningCli = {
  readonly outcome: Promise<Outcome>;
  seen(text: string | RegExp): Promise<void>;
  kill(signal: NodeJS.Signals): void;
};

/** Starts the built command in a folder, as `runCli` runs it. */
export function startCli(
  args: readonly string[],
  { env = {}, cwd, timeout = 60_000 }: RunOptions & { readonly cwd: string },
): RunningCli {
  const child = spawnIn(cwd, { file: process.execPath, args: [bin, ...args], env });
  let written = "";
  const outcome = collect(child, timeout);
  return {
    outcome,
    kill: (signal) => void child.kill(signal),
    seen: (text) =>
      new Promise((resolve, reject) => {
        const look = (chunk: Buffer | string): void => {
          written += chunk.toString();
          if (typeof text === "string" ? written.includes(text) : text.test(written)) resolve();
        };
        child.stderr.on("data", look);
        look("");
        child.on("close", () => {
          reject(new Error(`the command ended without writing ${String(text)}:\n${written}`));
        });
      }),
  };
}

/** A new folder in the temporary folder; whoever makes it removes it. */
export async function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), "watchproof-test-"));
}

/** Runs a body with a new folder that holds these files, and removes the folder. */
export async function inFolder<T>(
  files: Readonly<Record<string, string>>,
  body: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await temporaryFolder();
  try {
    for (const [name, text] of Object.entries(files)) await writeIn(folder, name, text);
    return await body(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Writes a file below a folder, with the folders between. */
export async function writeIn(folder: string, name: string, text: string | Uint8Array): Promise<void> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

type Command = {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
};

function spawnIn(cwd: string, { file, args, env }: Command) {
  return spawn(file, args, {
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
    // Without AWS_EC2_METADATA_DISABLED the SDK would look for credentials on the network.
    env: {
      PATH: process.env["PATH"] ?? "",
      HOME: cwd,
      TZ: "America/St_Johns",
      AWS_EC2_METADATA_DISABLED: "true",
      ...env,
    },
  });
}

function collect(child: ReturnType<typeof spawnIn>, timeout: number): Promise<Outcome> {
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
  const killer = setTimeout(() => child.kill("SIGKILL"), timeout);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (exitCode) => {
      clearTimeout(killer);
      resolve({
        exitCode,
        stdout: Buffer.concat(stdout).toString(),
        stderr: Buffer.concat(stderr).toString(),
      });
    });
  });
}
