import type { Command } from "commander";
import { access, open, stat } from "node:fs/promises";
import { join } from "node:path";
import { InvalidArgumentError } from "commander";
import { readDeclaration } from "../index.js";
import { printable } from "../inner.js";
import type { DeclarationRequest, ReadDeclaration, Whose } from "../index.js";
import { collectWord } from "./options.js";
import type { Terminal } from "./terminal.js";
import { DiagnosticsError, UsageError } from "./usage-error.js";

/** The options that name a template or plan, and where it is to live. */
export type DeclarationWords = {
  readonly template: readonly string[];
  readonly parameters: readonly string[];
  readonly stackName?: string;
  readonly stack?: string;
  readonly assembly?: string;
  readonly changeSet?: string;
  readonly planFile?: string;
  readonly source?: string;
  readonly account?: string;
  readonly region: readonly string[];
};

/** Adds the options that name a template or plan; `--region` is the command's own. */
export function addDeclarationOptions(command: Command): Command {
  return command
    .option(
      "--template <file|dir>",
      "a CloudFormation template, or a folder of them, read deep; repeatable",
      collectWord,
      [],
    )
    .option(
      "--parameters <file|key=value>",
      "of the template: CloudFormation's JSON list, a plain map, or one KEY=VALUE; repeatable",
      collectWord,
      [],
    )
    .option("--stack-name <name>", "the stack's name (default: the template's file name)")
    .option("--assembly <dir>", "a CDK assembly, such as cdk.out")
    .option(
      "--change-set <file>",
      "a recorded answer of `aws cloudformation describe-change-set`; --template may name what it deploys",
    )
    .option("--plan-file <file>", "what `terraform show -json` or `tofu show -json` wrote")
    .option("--source <dir>", "the plan's .tf files (default: the plan's folder, if it holds some)")
    .option("--account <id>", "the account in which what is declared will live", readAccount);
}

/** Whether a template or plan was named, or at least something about one. */
export function isDeclared(words: DeclarationWords): boolean {
  const { template, parameters, stackName, assembly, changeSet, planFile, source, account } = words;
  const single = [stackName, assembly, changeSet, planFile, source, account];
  return template.length > 0 || parameters.length > 0 || single.some((word) => word !== undefined);
}

/** Reads the template or plan that was named. @throws UsageError where none or several are, DiagnosticsError where it cannot be read. */
export async function declarationOf(words: DeclarationWords, over?: Whose): Promise<ReadDeclaration> {
  const { template, parameters, stackName, stack, assembly, changeSet, planFile, source, account } = words;
  const [region, ...others] = words.region;
  if (others.length > 0)
    throw new UsageError("--region names where what is declared will live, and can be given once here");
  refuseMixtures(words);
  await needFiles([
    ...template,
    ...[assembly, changeSet, planFile, stack, source].filter((word) => word !== undefined),
  ]);
  const request: DeclarationRequest = {
    templates: template,
    parameters,
    ...(stackName === undefined ? {} : { stackName }),
    ...(stack === undefined ? {} : { stack }),
    ...(assembly === undefined ? {} : { assembly }),
    ...(changeSet === undefined ? {} : { changeSet }),
    ...(planFile === undefined ? {} : { planFile }),
    ...(source === undefined ? {} : { source }),
    ...(account === undefined ? {} : { account }),
    ...(region === undefined ? {} : { region }),
    ...(over === undefined ? {} : { over }),
  };
  const read = await readDeclaration(request);
  if (!read.ok) throw new DiagnosticsError(read.diagnostics);
  return read.value;
}

/** A file or folder as the input that it is: a CDK assembly by its manifest, a plan by its JSON, else templates. */
export async function kindOfInput(path: string): Promise<DeclarationWords> {
  const nothing = { template: [], parameters: [], region: [] };
  await needFiles([path]);
  if (await exists(join(path, "manifest.json"))) return { ...nothing, assembly: path };
  const isPlan = (await stat(path)).isFile() && (await beginsPlan(path));
  return isPlan ? { ...nothing, planFile: path } : { ...nothing, template: [path] };
}

// Both write format_version first.
async function beginsPlan(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(200), 0, 200, 0);
    return /"format_version"\s*:/u.test(buffer.toString("utf8", 0, bytesRead));
  } finally {
    await file.close();
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function refuseMixtures(words: DeclarationWords): void {
  const kinds = kindsOf(words);
  const [kind] = kinds;
  if (kind === undefined)
    throw new UsageError(
      "name what would be deployed: --template FILE, --assembly DIR, --change-set FILE or --plan-file FILE",
    );
  if (kinds.length > 1)
    throw new UsageError(`${kinds.join(" and ")} do not go together: one input at a time`);
  const { template, planFile, parameters, source, stack } = words;
  if (parameters.length > 0 && planFile !== undefined)
    throw new UsageError("--parameters are those of a template; a plan has its values already");
  if (source !== undefined && planFile === undefined)
    throw new UsageError(`--source goes with --plan-file, not with ${kind}`);
  if (stack !== undefined && template.length === 0)
    throw new UsageError(`--stack goes with --template, not with ${kind}`);
}

function kindsOf({ template, assembly, changeSet, planFile }: DeclarationWords): readonly string[] {
  const named = {
    "--template": template.length > 0 && changeSet === undefined,
    "--assembly": assembly !== undefined,
    "--change-set": changeSet !== undefined,
    "--plan-file": planFile !== undefined,
  };
  return Object.entries(named).flatMap(([kind, isNamed]) => (isNamed ? [kind] : []));
}

async function needFiles(files: readonly string[]): Promise<void> {
  for (const file of files)
    await access(file).catch(() => {
      throw new UsageError(`there is no file or folder ${printable(file)}`);
    });
}

/** Tells a person what was taken for granted. */
export function tellDeclared(notes: readonly string[], terminal: Terminal): void {
  for (const note of notes) terminal.err(`watchproof: note: ${printable(note)}\n`);
}

function readAccount(word: string): string {
  if (!/^\d{12}$/u.test(word)) throw new InvalidArgumentError("an account is a number of twelve digits.");
  return word;
}
