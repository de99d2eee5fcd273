import { Command, CommanderError } from "commander";
import { PluginError, SourceError, StoreError, renderDiagnostics, version } from "../index.js";
import { printable, withoutCommands } from "../inner.js";
import type { CommandContext, CommandExit } from "./command-context.js";
import { auditCommand } from "./commands/audit.js";
import { baselineCommand } from "./commands/baseline.js";
import { checkCommand } from "./commands/check.js";
import { collectCommand } from "./commands/collect.js";
import { diffCommand } from "./commands/diff.js";
import { explainCommand } from "./commands/explain.js";
import { historyCommand } from "./commands/history.js";
import { initCommand } from "./commands/init.js";
import { listCommand } from "./commands/list.js";
import { newCommand } from "./commands/new.js";
import { notifyCommand } from "./commands/notify.js";
import { testCommand } from "./commands/test.js";
import { permissionsCommand } from "./commands/permissions.js";
import { validateCommand } from "./commands/validate.js";
import { waiveCommand } from "./commands/waive.js";
import { fixCommand } from "./commands/fix.js";
import { predictCommand } from "./commands/predict.js";
import { whatIfCommand } from "./commands/what-if.js";
import { processTerminal } from "./terminal.js";
import type { Terminal } from "./terminal.js";
import { DiagnosticsError, UsageError } from "./usage-error.js";

/** Runs the command line of this process and sets its exit code. */
export async function main(): Promise<void> {
  const terminal = processTerminal();
  const exitCode = worse(await runCommand(process.argv.slice(2), terminal), terminal);
  // Idle connections would keep the process alive; everything asked for has been written.
  process.exit(exitCode);
}

// What was asked for and could not be written is no success, whatever the verdict.
function worse(exitCode: CommandExit, { trouble, err }: Terminal): CommandExit {
  const lost = trouble();
  if (lost === undefined) return exitCode;
  err(`watchproof: stdout cannot be written: ${lost}\n`);
  return 2;
}

/** Runs one command; the exit code says how it went. Whatever goes wrong becomes a message, never a stack trace. */
export async function runCommand(words: readonly string[], terminal: Terminal): Promise<CommandExit> {
  const outcome: { exitCode: CommandExit } = { exitCode: 0 };
  const quiet = withoutCommandsOn(terminal);
  try {
    await buildProgram(quiet, (exitCode) => {
      outcome.exitCode = exitCode;
    }).parseAsync(words, { from: "user" });
    return outcome.exitCode;
  } catch (error) {
    return explain(error, quiet);
  }
}

// What goes to stderr is for people alone, so that nothing in it is a command to whatever runs this process.
function withoutCommandsOn(terminal: Terminal): Terminal {
  return {
    ...terminal,
    err: (text) => {
      terminal.err(withoutCommands(text));
    },
  };
}

function buildProgram(terminal: Terminal, finish: CommandContext["finish"]): Command {
  const context = { terminal, finish };
  const program = new Command("watchproof")
    .description(
      "Proof that your AWS accounts are being watched: checks of logging and monitoring, with evidence.",
    )
    .version(version, "-V, --version")
    .addCommand(checkCommand(context))
    .addCommand(auditCommand(context))
    .addCommand(whatIfCommand(context))
    .addCommand(predictCommand(context))
    .addCommand(fixCommand(context))
    .addCommand(collectCommand(context))
    .addCommand(validateCommand(context))
    .addCommand(testCommand(context))
    .addCommand(listCommand(context))
    .addCommand(explainCommand(context))
    .addCommand(diffCommand(context))
    .addCommand(notifyCommand(context))
    .addCommand(historyCommand(context))
    .addCommand(waiveCommand(context))
    .addCommand(baselineCommand(context))
    .addCommand(permissionsCommand(context))
    .addCommand(initCommand(context))
    .addCommand(newCommand(context))
    .addHelpText(
      "after",
      "\nExit codes: 0 clean, 1 open failures, 2 wrong usage or nothing judged, 3 something could not be judged.",
    );
  for (const command of [
    program,
    ...program.commands,
    ...program.commands.flatMap(({ commands }) => commands),
  ]) {
    command
      .exitOverride()
      .showSuggestionAfterError()
      .configureOutput({
        writeOut: (text) => void terminal.out(text),
        writeErr: (text) => {
          terminal.err(harmless(text));
        },
      });
  }
  return program;
}

function explain(error: unknown, terminal: Terminal): CommandExit {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof DiagnosticsError)
    terminal.err(renderDiagnostics(error.diagnostics, { color: terminal.hasColor && terminal.isWatched }));
  else if (
    error instanceof UsageError ||
    error instanceof SourceError ||
    error instanceof StoreError ||
    error instanceof PluginError
  )
    terminal.err(`watchproof: ${harmless(error.message)}\n`);
  else if (isSystemError(error)) terminal.err(`watchproof: ${harmless(systemWords(error))}\n`);
  else
    terminal.err(
      `watchproof: this is a mistake of ours, please report it: ${harmless(error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`,
    );
  return 2;
}

// Words of a command line may come from a branch's name, and messages from AWS.
function harmless(text: string): string {
  return text.split("\n").map(printable).join("\n");
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "code" in error && "syscall" in error;
}

function systemWords({ code, path = "a file" }: NodeJS.ErrnoException): string {
  const words: Readonly<Record<string, string>> = {
    ENOENT: "there is no such file or folder",
    EACCES: "permission denied",
    EISDIR: "is a folder",
    ENOTFILE: "is not a file but a device, a pipe or a socket; leave the file away to write to stdout",
    ENOTDIR: "is not a folder",
    ENOSPC: "the disk is full",
    EROFS: "the file system is read-only",
  };
  return `${path}: ${words[code ?? ""] ?? code ?? "cannot be used"}`;
}
