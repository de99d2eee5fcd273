import type { ExitCode } from "../index.js";
import type { Terminal } from "./terminal.js";

/** What a command is given: where to write, and how to say how it went. */
export type CommandContext = { readonly terminal: Terminal; readonly finish: (exitCode: ExitCode) => void };
