import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { mismatches } from "./json-subset.js";
import { root, runCli, temporaryFolder, writeIn } from "./run-cli.js";
import type { Outcome } from "./run-cli.js";
import { splitWords } from "./scenario-file.js";
import type { Scenario, Section } from "./scenario-file.js";
import { startScenarioAws } from "./scenario-aws.js";
import type { ScenarioAws } from "./scenario-aws.js";

/** What a scenario came to: problems for people, and the texts that its golden sections should hold. */
export type ScenarioResult = {
  readonly problems: readonly string[];
  readonly goldens: readonly { readonly section: Section; readonly body: string }[];
};

export type ScenarioOptions = {
  /** Runs this instead of the built command; for tests of the runner itself. */
  readonly command?: readonly string[];
};

type Story = {
  readonly folder: string;
  readonly aws: ScenarioAws;
  readonly options: ScenarioOptions;
  readonly env: Record<string, string>;
  readonly outcomes: Outcome[];
  readonly goldens: { readonly section: Section; readonly body: string }[];
};

/** Runs a scenario in a folder of its own. */
export async function runScenario(
  scenario: Scenario,
  options: ScenarioOptions = {},
): Promise<ScenarioResult> {
  const aws = await startScenarioAws(scenario.sections.find(({ word }) => word === "aws"));
  const story: Story = {
    folder: await temporaryFolder(),
    aws,
    options,
    env: { ...aws.env },
    outcomes: [],
    goldens: [],
  };
  const problems: string[] = [];
  try {
    for (const section of scenario.sections) {
      const found = await stepOf(section)(story, section);
      problems.push(
        ...found.map(
          (problem) => `line ${section.line.toString()}, == ${section.word} ${section.argument}: ${problem}`,
        ),
      );
      if (found.length > 0) problems.push(transcript(story));
    }
    problems.push(...aws.misses().map((miss) => `the simulated AWS has no answer for ${miss}`));
    return { problems, goldens: story.goldens };
  } finally {
    await aws.stop();
    await rm(story.folder, { recursive: true, force: true });
  }
}

type Step = (story: Story, section: Section) => Promise<readonly string[]> | readonly string[];

const steps: Readonly<Record<string, Step>> = {
  aws: () => [],
  file: async ({ folder }, { argument, body }) => {
    await writeIn(folder, argument, body);
    return [];
  },
  // == copy FILE-OF-THE-REPOSITORY as NAME
  copy: async ({ folder }, { argument }) => {
    const [from = "", to = from] = argument.split(" as ");
    await writeIn(folder, to, await readFile(join(root, from)));
    return [];
  },
  env: ({ env }, { argument, body }) => {
    for (const line of [argument, ...body.split("\n")].filter((text) => text.includes("=")))
      env[line.slice(0, line.indexOf("="))] = line.slice(line.indexOf("=") + 1);
    return [];
  },
  run: async ({ folder, env, options, outcomes }, { argument }) => {
    const [name, ...args] = splitWords(argument);
    if (name !== "watchproof") return ["a command begins with watchproof"];
    outcomes.push(
      await runCli(args, {
        cwd: folder,
        env,
        ...(options.command === undefined ? {} : { command: options.command }),
      }),
    );
    return [];
  },
  exit: (story, { argument }) => {
    const { exitCode } = last(story);
    return argument.split(" or ").includes(String(exitCode)) ? [] : [`it was ${String(exitCode)}`];
  },
  stdout: (story, section) => textStep(story, section, last(story).stdout),
  stderr: (story, section) => textStep(story, section, last(story).stderr),
  // == output contains; where it does not matter which of the two it is
  output: (story, section) => textStep(story, section, `${last(story).stdout}${last(story).stderr}`),
  // == json [FILE]; a part of stdout or of a file that the command wrote
  json: async (story, { argument, body }) => {
    const text = argument === "" ? last(story).stdout : await readFile(join(story.folder, argument), "utf8");
    return mismatches(JSON.parse(body), JSON.parse(text));
  },
  // == text FILE; each line below is somewhere in it
  text: async ({ folder }, { argument, body }) =>
    missingLines(body, await readFile(join(folder, argument), "utf8")),
};

function stepOf({ word, line }: Section): Step {
  const step = steps[word];
  if (step === undefined) throw new Error(`line ${line.toString()}: there is no section "== ${word}"`);
  return step;
}

/** What can be said of a text instead of giving the whole of it. */
const textChecks: Readonly<
  Record<
    string,
    (texts: { readonly raw: string; readonly found: string; readonly body: string }) => readonly string[]
  >
> = {
  empty: ({ raw, found }) => (raw === "" ? [] : [`it is not: ${found}`]),
  printable: ({ raw }) => (controlCharacter.test(raw) ? ["it holds control characters"] : []),
  contains: ({ found, body }) => missingLines(body, found),
  lacks: ({ found, body }) =>
    body
      .split("\n")
      .filter((line) => line !== "" && found.includes(line))
      .map((line) => `it holds ${JSON.stringify(line)}`),
};

function textStep(story: Story, section: Section, raw: string): readonly string[] {
  const found = withPlaceholders(raw, story);
  const { argument, body } = section;
  const check = textChecks[argument];
  if (check !== undefined) return check({ raw, found, body });
  const [, run] = /^same as run (\d+)$/.exec(argument) ?? [];
  if (run !== undefined)
    return raw === story.outcomes[Number(run) - 1]?.[section.word === "stdout" ? "stdout" : "stderr"]
      ? []
      : ["it differs"];
  if (argument !== "")
    return [`"${argument}" is not one of: ${Object.keys(textChecks).join(", ")}, same as run N`];
  story.goldens.push({ section, body: found });
  return found.trimEnd() === body.trimEnd()
    ? []
    : [`it differs; UPDATE_GOLDENS=1 writes what was found:\n${found}`];
}

// Newlines and tabs are all that plain text needs.
const controlCharacter = /[^\P{Cc}\n\t]/u;

function missingLines(wanted: string, found: string): readonly string[] {
  return wanted
    .split("\n")
    .filter((line) => line !== "" && !found.includes(line))
    .map((line) => `${JSON.stringify(line)} is missing`);
}

/** Replaces what differs from run to run or from release to release. */
function withPlaceholders(text: string, { folder, aws }: Story): string {
  return text
    .replaceAll(folder, "<folder>")
    .replaceAll(aws.url ?? "<url>", "<url>")
    .replaceAll(root, "<root>/")
    .replace(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, "<time>")
    .replace(/\b[0-9a-f]{32}\b/g, "<id>")
    .replace(/\b\d+\.\d+\.\d+\b(?!\.\d)/g, "<version>");
}

function last({ outcomes }: Story): Outcome {
  const outcome = outcomes.at(-1);
  if (outcome === undefined) throw new Error("an expectation stands before the first == run");
  return outcome;
}

function transcript(story: Story): string {
  const { exitCode, stdout, stderr } = last(story);
  return `  exit ${String(exitCode)}\n  stdout: ${stdout.slice(0, 1500)}\n  stderr: ${stderr.slice(0, 1500)}`;
}
