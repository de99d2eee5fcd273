import { Command, Option } from "commander";
import { loadSnapshot, renderDiagnostics, testRules } from "../../index.js";
import { printableJson, trimToCase } from "../../inner.js";
import type { ExitCode, TestRequest, TestRun } from "../../index.js";
import type { CommandContext } from "../command-context.js";
import { configFile, pluginsOf, prepare } from "../options.js";
import type { Terminal } from "../terminal.js";
import { hasFailed, isIncomplete, testText } from "../test-text.js";
import { runOnChange } from "../test-watch.js";
import { DiagnosticsError, UsageError } from "../usage-error.js";

type TestWords = {
  readonly config?: string;
  readonly filter?: string;
  readonly format: "text" | "json";
  readonly coverage?: boolean;
  readonly fullCoverage?: boolean;
  readonly watch?: boolean;
  readonly fromSnapshot?: string;
  readonly rule?: string;
  readonly subject?: string;
};

const DEFAULT_CONFIG = "watchproof.yaml";
const CLEAR = "\u001b[2J\u001b[3J\u001b[H";

/** `watchproof test`: runs rules against their cases, offline; or makes a case of a snapshot. */
export function testCommand(context: CommandContext): Command {
  return new Command("test")
    .description("run rules against their cases (*.test.yaml), offline")
    .argument(
      "[files...]",
      "case files, rule files with cases beside them, or folders (default: those of the config's rules)",
    )
    .option("--config <file>", `default ./${DEFAULT_CONFIG}, if it is there`)
    .option("--filter <text>", "only cases whose name, or whose rule's id, holds this text")
    .option("--coverage", "show which verdicts and which sides of conditions no case reached")
    .option("--full-coverage", "as --coverage, and what is missing fails the run")
    .option("--watch", "run again when a file changes; q ends it")
    .addOption(new Option("--format <format>", "how").choices(["text", "json"]).default("text"))
    .option("--from-snapshot <file>", "write a case made of a snapshot to stdout, with --rule")
    .option("--rule <id>", "with --from-snapshot: the rule")
    .option(
      "--subject <subject>",
      "with --from-snapshot: only this finding's resource, by id or ARN; a region; or account",
    )
    .addHelpText(
      "after",
      "\nExit codes: 0 all cases came out as expected, 1 some did not, 2 mistakes in files, or no cases.",
    )
    .action((paths: readonly string[], words: TestWords) =>
      words.fromSnapshot === undefined ? run(paths, words, context) : trim(paths, words, context),
    );
}

async function run(
  paths: readonly string[],
  words: TestWords,
  { terminal, finish }: CommandContext,
): Promise<void> {
  if (words.rule !== undefined || words.subject !== undefined)
    throw new UsageError("--rule and --subject go with --from-snapshot; --filter chooses cases");
  const config = await configFile(words.config);
  if (paths.length === 0 && config === undefined)
    throw new UsageError(
      `there are no cases to run: name case files (*.test.yaml) or folders, or a config with rules (--config FILE; there is no ${DEFAULT_CONFIG} here)`,
    );
  const request: TestRequest = {
    paths,
    plugins: await pluginsOf(config),
    ...(config === undefined ? {} : { config }),
    ...(words.filter === undefined ? {} : { filter: words.filter }),
  };
  const once = async (): Promise<readonly string[]> => {
    const result = await testRules(request);
    if (words.watch === true && terminal.width !== undefined) await terminal.out(CLEAR);
    await report(result, words, terminal);
    finish(exitCodeOf(result, words));
    return result.inputs;
  };
  if (words.watch === true) await runOnChange(once, [...paths, ...(config === undefined ? [] : [config])]);
  else await once();
}

async function report(result: TestRun, words: TestWords, terminal: Terminal): Promise<void> {
  const color = terminal.hasColor;
  if (words.format === "json")
    await terminal.out(printableJson(`${JSON.stringify(testJson(result), undefined, 2)}\n`));
  else if (result.files.length > 0)
    await terminal.out(
      testText(result, { color, coverage: words.coverage === true || words.fullCoverage === true }),
    );
  terminal.err(renderDiagnostics(result.diagnostics, { color: color && terminal.isWatched }));
  if (result.files.length > 0 || result.diagnostics.length > 0) return;
  terminal.err(
    `watchproof: no cases were found${words.filter === undefined ? "; case files end in .test.yaml" : ` whose name or rule holds "${words.filter}"`}\n`,
  );
}

function testJson({ files, diagnostics }: TestRun): object {
  const cases = files.flatMap((file) => file.cases);
  const failed = cases.filter(hasFailed).length;
  const summary = {
    files: files.length,
    cases: cases.length,
    passed: cases.length - failed,
    failed,
    incomplete: files.filter(({ coverage }) => isIncomplete(coverage)).length,
    mistakes: diagnostics.length,
  };
  return { format: "watchproof-test/1", summary, files, diagnostics };
}

function exitCodeOf({ files, diagnostics }: TestRun, { fullCoverage }: TestWords): ExitCode {
  if (diagnostics.length > 0 || files.length === 0) return 2;
  const isShort = fullCoverage === true && files.some(({ coverage }) => isIncomplete(coverage));
  return isShort || files.some(({ cases }) => cases.some(hasFailed)) ? 1 : 0;
}

async function trim(
  paths: readonly string[],
  { fromSnapshot = "", rule: id, subject, config }: TestWords,
  { terminal, finish }: CommandContext,
): Promise<void> {
  if (id === undefined) throw new UsageError("--from-snapshot needs --rule: a case is about one rule");
  const { rules, plugins } = await prepare(paths, {
    rule: [id],
    ...(config === undefined ? {} : { config }),
  });
  const [rule, other] = rules;
  if (rule === undefined || other !== undefined)
    throw new UsageError(`--rule ${id}: a case is about one rule, and this names ${rules.length.toString()}`);
  const snapshot = await loadSnapshot(fromSnapshot);
  if (!snapshot.ok) throw new DiagnosticsError(snapshot.diagnostics);
  const text = await trimToCase({
    snapshot: snapshot.value,
    rule,
    plugins,
    ...(subject === undefined ? {} : { subject }),
  });
  if (!text.ok) throw new DiagnosticsError(text.diagnostics);
  await terminal.out(text.value);
  finish(0);
}
