import type { ExitCode } from "../index.js";
import type { Terminal } from "./terminal.js";

/** How a command ends: a verdict, or by the signal that stopped it (128 and the signal's number). */
export type CommandExit = ExitCode | 130 | 143;

/** What a command is given: where to write, and how to say how it went. */
export type CommandContext = {
  readonly terminal: Terminal;
  readonly finish: (exitCode: CommandExit) => void;
};
