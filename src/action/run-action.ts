import { mkdtemp, readFile, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { runCommand } from "../cli/main.js";
import type { Terminal } from "../cli/terminal.js";
import { loadReport } from "../index.js";
import { printable } from "../inner.js";
import type { ExitCode, Report } from "../index.js";
import { commandWords } from "./command-words.js";
import { readInputs } from "./read-inputs.js";
import type { Inputs } from "./read-inputs.js";
import { writeOutputs, writeSummary } from "./runner-files.js";
import { errorCommand, silence } from "./workflow-command.js";

/** What the action is given: the runner's variables, a folder for files that outlive the step, and where commands and the log go. */
export type Surroundings = {
  readonly env: NodeJS.ProcessEnv;
  readonly temporary: string;
  readonly write: (text: string) => Promise<void>;
};

/** The output `verdict`. */
const verdicts = { 0: "passed", 1: "failed", 2: "not-judged", 3: "undecided" } satisfies Record<
  ExitCode,
  string
>;

/** The names of all outputs; a test holds action.yml equal to them. */
export const outputNames = [
  "exit-code",
  "verdict",
  "report",
  "sarif",
  "passed",
  "failed",
  "unknown",
  "errors",
  "not-applicable",
  "waived",
  "known",
] as const;

type Outputs = Readonly<Partial<Record<(typeof outputNames)[number], string>>>;

/** Runs one step of a workflow: `check` with the action's inputs; annotations, job summary and outputs follow from its report. */
export async function runAction({ env, temporary, write }: Surroundings): Promise<ExitCode> {
  const read = readInputs(env);
  const problems = "problems" in read ? read.problems : await enter(read.inputs, env);
  if ("problems" in read || problems.length > 0) {
    for (const problem of problems) await write(errorCommand(problem));
    await writeOutputs(env["GITHUB_OUTPUT"], verdictOutputs(2));
    return 2;
  }
  const folder = await mkdtemp(join(temporary, "watchproof-"));
  const { exitCode, said } = await runCheck(read.inputs, { folder, write });
  const report = await loadReport(join(folder, "report.json"));
  if (exitCode === 2) await write(errorCommand(said));
  if (report.ok) await tell(read.inputs, { env, folder, write });
  else if (read.inputs.switches.summary) await writeSummary(env["GITHUB_STEP_SUMMARY"], mistakeSummary(said));
  await writeOutputs(env["GITHUB_OUTPUT"], {
    ...verdictOutputs(exitCode),
    ...(report.ok ? reportOutputs(report.value, read.inputs, folder) : {}),
  });
  return exitCode;
}

/** Goes to the working directory, or says what is wrong with it. */
async function enter({ text }: Inputs, env: NodeJS.ProcessEnv): Promise<readonly string[]> {
  const wanted = text["working-directory"] ?? ".";
  const folder = resolve(env["GITHUB_WORKSPACE"] ?? ".", wanted);
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder)
    return [
      `input working-directory: "${wanted}" is no folder of the workspace; is there a step with actions/checkout before this one?`,
    ];
  process.chdir(folder);
  return [];
}

type Place = { readonly folder: string; readonly write: Surroundings["write"] };

// Everything goes to one stream: the runner reads two of them side by side, and what is said on the other could come when commands work again.
async function runCheck(
  inputs: Inputs,
  { folder, write }: Place,
): Promise<{ readonly exitCode: ExitCode; readonly said: string }> {
  const said: string[] = [];
  const pending: Promise<void>[] = [];
  const terminal: Terminal = {
    out: write,
    err: (text) => {
      said.push(text);
      pending.push(write(text));
    },
    trouble: () => undefined,
    isWatched: false,
    hasColor: false,
  };
  // The report comes last: where it is, the others have been written, too.
  const own = [
    ...ownFormats(inputs).map(([format, file]) => `${format}=${join(folder, file)}`),
    `json=${join(folder, "report.json")}`,
  ];
  const { begin, end } = silence();
  await write(begin);
  const exitCode = await runCommand(commandWords(inputs, own), terminal);
  await Promise.all(pending);
  await write(end);
  // Only an audit ends by a signal.
  return { exitCode: exitCode === 130 || exitCode === 143 ? 2 : exitCode, said: said.join("") };
}

function ownFormats({ switches }: Inputs): readonly (readonly [format: string, file: string])[] {
  return [
    ...(switches.annotations ? [["github", "annotations.txt"] as const] : []),
    ...(switches.summary ? [["markdown", "summary.md"] as const] : []),
  ];
}

async function tell(
  { switches }: Inputs,
  { env, folder, write }: Place & Pick<Surroundings, "env">,
): Promise<void> {
  if (switches.annotations) await write(await readFile(join(folder, "annotations.txt"), "utf8"));
  if (switches.summary)
    await writeSummary(env["GITHUB_STEP_SUMMARY"], await readFile(join(folder, "summary.md"), "utf8"));
}

// An indented block is code to Markdown, whatever it holds.
function mistakeSummary(said: string): string {
  const lines = said
    .trimEnd()
    .split("\n")
    .map((line) => `    ${printable(line)}`);
  return `# Watchproof: not judged\n\n${lines.join("\n")}\n`;
}

function verdictOutputs(exitCode: ExitCode): Outputs {
  return { "exit-code": exitCode.toString(), verdict: verdicts[exitCode] };
}

function reportOutputs({ summary }: Report, { text }: Inputs, folder: string): Outputs {
  return {
    report: text.report === undefined ? join(folder, "report.json") : resolve(text.report),
    ...(text.sarif === undefined ? {} : { sarif: resolve(text.sarif) }),
    passed: summary.pass.toString(),
    failed: summary.fail.toString(),
    unknown: summary.unknown.toString(),
    errors: summary.error.toString(),
    "not-applicable": summary["not-applicable"].toString(),
    waived: summary.waived.toString(),
    known: summary.known.toString(),
  };
}
