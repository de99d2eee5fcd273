import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { inFolder, root, runCli } from "../support/run-cli.js";

/** The built entry point that action.yml names. */
export const entry = join(root, "dist/action/index.js");

/** What a step came to: its log, what it set, what the job's page shows. `files` reads a file of the workspace. */
export type Step = {
  readonly exitCode: number | null;
  readonly log: string;
  readonly stderr: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly workspace: string;
};

export type StepOptions = {
  readonly files?: Readonly<Record<string, string>>;
  /** More of the runner's environment, or something else in its place. */
  readonly env?: Readonly<Record<string, string>>;
  /** The file that runs, if not the built one. */
  readonly entry?: string;
};

/** Runs the action as a runner does, with these inputs, in a workspace that holds the example account and two rules; `look` sees the step before the workspace goes. */
export async function runStep(
  inputs: Readonly<Record<string, string>>,
  { files = {}, env = {}, entry: file = entry }: StepOptions,
  look: (step: Step) => void | Promise<void>,
): Promise<void> {
  const given = Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [
      `INPUT_${name.toUpperCase().replaceAll(" ", "_")}`,
      value,
    ]),
  );
  await inFolder(
    { ...(await account()), "runner/output": "", "runner/summary": "", ...files },
    async (workspace) => {
      const at = (name: string): string => join(workspace, "runner", name);
      const runner = {
        GITHUB_ACTIONS: "true",
        CI: "true",
        GITHUB_WORKSPACE: workspace,
        GITHUB_OUTPUT: at("output"),
        GITHUB_STEP_SUMMARY: at("summary"),
        RUNNER_TEMP: at(""),
      };
      const { exitCode, stdout, stderr } = await runCli([], {
        cwd: workspace,
        env: { ...runner, ...given, ...env },
        command: [process.execPath, file],
      });
      const outputs = parseOutputs(await readFile(at("output"), "utf8"));
      await look({
        exitCode,
        log: stdout,
        stderr,
        outputs,
        summary: await readFile(at("summary"), "utf8"),
        workspace,
      });
    },
  );
}

/** Reads GITHUB_OUTPUT as the runner does: NAME<<DELIMITER, the value's lines, DELIMITER. @throws where it is malformed or sets a name twice. */
export function parseOutputs(text: string): Readonly<Record<string, string>> {
  const outputs: Record<string, string> = {};
  const lines = text.split("\n");
  while (lines.length > 1) {
    const [, name = "", delimiter] = /^([^<]+)<<(.+)$/u.exec(lines.shift() ?? "") ?? [];
    const end = delimiter === undefined ? -1 : lines.indexOf(delimiter);
    if (end < 0 || Object.hasOwn(outputs, name))
      throw new Error(`the runner would refuse these outputs: ${text}`);
    outputs[name] = lines.slice(0, end).join("\n");
    lines.splice(0, end + 1);
  }
  return outputs;
}

/** The lines of a log that the runner looks at: those outside the lines that switch commands off and on. @throws where they are not switched on again. */
export function heard(log: string): readonly string[] {
  const [, before = "", token = "", after = ""] =
    /^([\s\S]*?)^::stop-commands::(.+)\n([\s\S]*)$/mu.exec(log) ?? [];
  if (token === "") return log.trimEnd().split("\n");
  const lines = after.split("\n");
  const ends = lines.flatMap((line, at) => (line.includes(token) ? [at] : []));
  if (ends.length !== 1 || lines[ends[0] ?? -1] !== `::${token}::`)
    throw new Error(`commands are not switched on again, once: ${log}`);
  return [...before.split("\n"), ...lines.slice((ends[0] ?? 0) + 1)].filter((line) => line !== "");
}

async function account(): Promise<Readonly<Record<string, string>>> {
  const names = {
    "account.json": "account.json",
    "rules/validated.yaml": "validated.yaml",
    "rules/logging.yaml": "logging.yaml",
  };
  const texts = await Promise.all(
    Object.entries(names).map(
      async ([to, from]) => [to, await readFile(join(root, "test/cli/accepting", from), "utf8")] as const,
    ),
  );
  return Object.fromEntries(texts);
}
